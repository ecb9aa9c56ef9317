using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;
using Xunke.Web.Identity;

namespace Xunke.Web.Books.Imports;

/// <summary>What an import did.</summary>
/// <param name="Step">Its name in the history, for undoing.</param>
/// <param name="Added">Lessons that were added.</param>
/// <param name="Changed">Lessons that were changed.</param>
/// <param name="Ended">Lessons that were taken away.</param>
/// <param name="NewRows">Classes, subjects and teachers that were put on the books.</param>
internal sealed record ImportDone(Guid Step, int Added, int Changed, int Ended, int NewRows);

/// <summary>Works out what a file would change, and does it: one deed, with one step of the history.</summary>
internal sealed class TimetableImporter(
    IDbContextFactory<RecordsContext> records, ClassTimetableBook timetables, ClassesBook classes, SubjectsBook subjects,
    TeachersBook teachers, AuditTrail audit, BookReaders readers, TimeProvider time)
{
    /// <summary>What the draft would change now.</summary>
    public async Task<TimetableImport> PreviewAsync(ImportDraft draft, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await PreviewAsync(context, draft, tracking: false, cancellationToken);
    }

    /// <summary>Does it.</summary>
    /// <returns>What was done; null: a person has to say something yet, nothing was done.</returns>
    public async Task<ImportDone?> CommitAsync(ImportDraft draft, Caller caller)
    {
        ImportDone? done = null;
        await audit.CommitAsync(async deed =>
        {
            TimetableImport import = await PreviewAsync(deed.Records, draft, tracking: true, CancellationToken.None);
            if (import.IsOpen)
            {
                return;
            }

            var step = new BookStep(caller.UserName, time.GetUtcNow());
            Dictionary<string, string> made = await MakeRowsAsync(deed, step, draft, import);
            foreach (ClassDifference one in import.Classes)
            {
                Write(deed, step, draft, one, made);
            }

            done = new ImportDone(
                step.Id, import.Classes.Sum(one => one.Added.Count), import.Classes.Sum(one => one.Changed.Count),
                import.Classes.Sum(one => one.Ended.Count), made.Count);
            deed.Tell(
                caller.UserName, "books.imported",
                $"timetable {draft.SchoolId} {draft.TermId}: {done.Added} added, {done.Changed} changed, {done.Ended} ended");
        });
        if (done is not null)
        {
            await readers.ReadAgainAsync();
        }

        return done;
    }

    private static async Task<TimetableImport> PreviewAsync(
        RecordsContext context, ImportDraft draft, bool tracking, CancellationToken cancellationToken)
    {
        IQueryable<TimetableEntry> known = context.Timetable.Where(
            entry => entry.SchoolId == draft.SchoolId && entry.TermId == draft.TermId);
        return TimetableImport.Of(
            draft.File.Timetable, await SchoolNames.ReadAsync(context, draft.SchoolId, cancellationToken), draft.Decisions,
            await (tracking ? known : known.AsNoTracking()).ToListAsync(cancellationToken));
    }

    // The marked names of new rows, with the ids that they got.
    private async Task<Dictionary<string, string>> MakeRowsAsync(Deed deed, BookStep step, ImportDraft draft, TimetableImport import)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        int order = await deed.Records.Subjects.MaxAsync(subject => (int?)subject.Order) ?? 0;
        foreach (FoundName name in import.Names.Where(name => name.Answer == NameAnswer.New))
        {
            string id = name.Thing switch
            {
                NamedThing.Class => Add(classes, new ClassRow(
                    null, draft.SchoolId, name.Name, Places.FindGrade(name.Name) ?? name.Name, 0, null)),
                NamedThing.Subject => Add(subjects, new SubjectRow(null, name.Name, name.Name, ++order)),
                _ => Add(teachers, new TeacherRow(null, draft.SchoolId, name.Name, null, [], null)),
            };
            made[Mark(name.Thing, name.Name)] = id;
        }

        // The lessons refer to them.
        await deed.Records.SaveChangesAsync();
        return made;

        string Add<TEntity, TRow>(Book<TEntity, TRow> book, TRow row)
            where TEntity : class
            where TRow : class, IBookRow
        {
            string id = book.MakeId(row);
            book.Set(deed, step, id, null, book.WithIdentity(row, id, null));
            return id;
        }
    }

    private void Write(Deed deed, BookStep step, ImportDraft draft, ClassDifference one, Dictionary<string, string> made)
    {
        if (one.Added.Count + one.Changed.Count + one.Ended.Count == 0)
        {
            return;
        }

        string classId = Id(NamedThing.Class, one.ClassId)!;
        List<TimetableEntry> before = [.. one.Same, .. one.Changed.Select(change => change.Entry), .. one.Ended];
        string? was = timetables.Show(before);
        foreach ((TimetableEntry entry, EntryContent content) in one.Changed)
        {
            (entry.SubjectId, entry.TeacherId, entry.RoomId) =
                (Id(NamedThing.Subject, content.SubjectId)!, Id(NamedThing.Teacher, content.TeacherId), content.RoomId);
        }

        TimetableEntry[] added =
        [
            .. one.Added.Select(wanted => new TimetableEntry
            {
                Id = new Guid(RandomNumberGenerator.GetBytes(16)),
                TermId = draft.TermId,
                SchoolId = draft.SchoolId,
                Weekday = wanted.Time.Weekday,
                Period = wanted.Time.Period,
                FirstWeek = wanted.Time.FirstWeek,
                LastWeek = wanted.Time.LastWeek,
                Rotation = wanted.Time.Rotation,
                Turns = wanted.Time.Turns,
                ClassId = classId,
                SubjectId = Id(NamedThing.Subject, wanted.Content.SubjectId)!,
                TeacherId = Id(NamedThing.Teacher, wanted.Content.TeacherId),
                RoomId = wanted.Content.RoomId,
            }),
        ];
        deed.Records.Timetable.AddRange(added);
        deed.Records.Timetable.RemoveRange(one.Ended);
        step.Add(
            deed, BookHistory.ClassTimetables, ClassTimetableBook.IdOf(classId, draft.TermId), draft.SchoolId, was,
            timetables.Show([.. one.Same, .. one.Changed.Select(change => change.Entry), .. added]));

        string? Id(NamedThing thing, string? id) =>
            id is { Length: > 0 } && id[0] == TimetableImport.New ? made[Mark(thing, id[1..])] : id;
    }

    private static string Mark(NamedThing thing, string name) => $"{thing} {name}";
}
