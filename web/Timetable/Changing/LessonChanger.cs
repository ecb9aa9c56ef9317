using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Identity;

namespace Xunke.Web.Timetable.Changing;

/// <summary>Makes changes of lessons and takes them back: deeds with a line in the audit trail, in the history, and counting at
/// once.</summary>
internal sealed class LessonChanger(
    TimetableBook timetable, ChangePlanner planner, ChangesBook changes, AuditTrail audit, BookReaders readers, TimeProvider time)
{
    /// <summary>Makes a change, or says what speaks against it. Whoever asks may change the school's books.</summary>
    public async Task<ChangeOutcome> MakeAsync(Caller caller, WantedChange wanted)
    {
        SchoolTimetable school = timetable.Of(wanted.SchoolId!);
        PlannedLesson? partner = wanted.With is { } with ? school.Find(with.EntryId, with.Date) : null;
        if (school.Find(wanted.EntryId, wanted.Date) is not { } lesson || (wanted.With is not null && partner is null))
        {
            return new ChangeOutcome.Unknown();
        }

        var faults = new RowFaults();
        DateTimeOffset now = OnRecord(time.GetUtcNow());
        if (planner.Plan(wanted, lesson, partner, now, faults) is not { } planned)
        {
            return new ChangeOutcome.Wrong(faults.All);
        }

        var taken = new ChangeOutcome.Taken(ChangeTrial.Clashes(school, planned, [.. OthersOf(school, planned)]));
        if (!taken.Clashes.IsEmpty && !(wanted.Anyway && taken.MayGoAnyway))
        {
            return taken;
        }

        ChangeOutcome outcome = await EditAsync(caller, "added", async (deed, step) =>
        {
            foreach (TimetableChange change in planned)
            {
                // The lesson, the teacher or the room may have gone meanwhile.
                ChangeRow row = await changes.CheckAsync(changes.Show(change), faults, deed.Records);
                if (!faults.None)
                {
                    deed.GiveUp();
                    return new ChangeOutcome.Wrong(faults.All);
                }

                changes.Set(deed, step, row.Id!, null, row);
            }

            return new ChangeOutcome.Made([.. planned], step.Id);
        });
        return outcome;
    }

    /// <summary>Takes a change back, with those that were made at once: a swap as a whole.</summary>
    public Task<ChangeOutcome> TakeBackAsync(Caller caller, Guid changeId) => EditAsync(caller, "deleted", async (deed, step) =>
    {
        if (await deed.Records.TimetableChanges.FindAsync(changeId) is not { } known
            || !caller.May(Permission.ManageBooks, known.SchoolId))
        {
            return new ChangeOutcome.Unknown();
        }

        List<TimetableChange> all = await deed.Records.TimetableChanges
            .Where(change => change.SchoolId == known.SchoolId && change.MadeAt == known.MadeAt).ToListAsync();
        foreach (TimetableChange change in all)
        {
            changes.Set(deed, step, change.Id.ToString(), change, null);
        }

        return new ChangeOutcome.Made([.. all], step.Id);
    });

    /// <summary>As it is read again: the history compares what it has kept with what is on record.</summary>
    private static DateTimeOffset OnRecord(DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());

    /// <summary>Other schools at which the teachers have lessons.</summary>
    private IEnumerable<SchoolTimetable> OthersOf(SchoolTimetable school, IReadOnlyList<TimetableChange> planned)
    {
        HashSet<string?> teachers =
        [
            .. planned.Select(change => change.TeacherId),
            .. planned.Select(change => school.Find(change.EntryId, change.FirstDay)?.TeacherId),
        ];
        teachers.Remove(null);
        return timetable.All.Where(other => other.SchoolId != school.SchoolId
            && (other.Entries.Any(entry => teachers.Contains(entry.TeacherId))
                || other.Changes.Any(change => teachers.Contains(change.TeacherId))));
    }

    private async Task<ChangeOutcome> EditAsync(Caller caller, string what, Func<Deed, BookStep, Task<ChangeOutcome>> edit)
    {
        ChangeOutcome outcome = new ChangeOutcome.Unknown();
        await audit.CommitAsync(async deed =>
        {
            outcome = await edit(deed, new BookStep(caller.UserName, OnRecord(time.GetUtcNow())));
            if (outcome is ChangeOutcome.Made made)
            {
                ImmutableArray<TimetableChange> all = made.Changes;
                deed.Tell(caller.UserName, $"books.{what}", $"{changes.Name}: {string.Join(", ", all.Select(change => change.Id))}");
            }
        });
        if (outcome is ChangeOutcome.Made)
        {
            await readers.ReadAgainAsync();
        }

        return outcome;
    }
}
