using Xunke.Actors.Timetable;
using Xunke.Web.Books.Editing;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable.Changing;

/// <summary>Makes changes of the timetable out of what somebody wants, and says what speaks against it.</summary>
internal sealed class ChangePlanner(TimetableBook timetable, SchoolBook book)
{
    private const int LongestReason = 100;
    private const int MostPeriods = 20;

    /// <summary>The changes; null where something is wrong.</summary>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="lesson">The lesson.</param>
    /// <param name="partner">The one that it changes places with; null: none.</param>
    /// <param name="at">When they are made.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public IReadOnlyList<TimetableChange>? Plan(
        WantedChange wanted, PlannedLesson lesson, PlannedLesson? partner, DateTimeOffset at, RowFaults faults)
    {
        SchoolTimetable school = timetable.Of(wanted.SchoolId!);
        string? reason = faults.OptionalName("reason", wanted.Reason, LongestReason);
        if (wanted is { GoesOn: true, LastDay: { } last } && last < wanted.Date)
        {
            faults.Add("lastDay", "不能早于开始日期", "must not be before the first day");
        }

        if (wanted.Kind is not { } kind)
        {
            faults.Add("kind", "请选择怎样调课", "must be chosen");
            return null;
        }

        List<TimetableChange> changes = kind switch
        {
            ChangeKind.Cancelled or ChangeKind.Elsewhere => [Make(lesson, null, null, null, null)],
            ChangeKind.Substituted => [Substitute()],
            _ when partner is not null => Swap(partner),
            _ => [Move()],
        };
        if (faults.None)
        {
            CheckOutcome(school, changes, faults);
        }

        return faults.None ? changes : null;

        TimetableChange Substitute()
        {
            faults.Reference("teacherId", wanted.TeacherId is not null && timetable.Names.Teachers.ContainsKey(wanted.TeacherId));
            CheckRoom();
            return Make(lesson, wanted.TeacherId, wanted.RoomId, null, null);
        }

        TimetableChange Move()
        {
            CheckRoom();
            if (wanted.NewPeriod is { } period)
            {
                faults.Number("newPeriod", period, 1, MostPeriods);
            }

            if (wanted.NewDate is { } date)
            {
                CheckDate(school, lesson, date, wanted.GoesOn, faults);
            }

            return Make(lesson, null, wanted.RoomId, wanted.NewDate, wanted.NewPeriod);
        }

        List<TimetableChange> Swap(PlannedLesson other)
        {
            if (other.EntryId == lesson.EntryId)
            {
                faults.Add("with", "同一门课不用对调", "a lesson is not swapped with itself");
            }

            CheckDate(school, lesson, other.Date, wanted.GoesOn, faults);
            CheckDate(school, other, lesson.Date, wanted.GoesOn, faults);
            return
            [
                Make(lesson, null, null, other.Date, other.Period.Period.Number),
                Make(other, null, null, lesson.Date, lesson.Period.Period.Number),
            ];
        }

        void CheckRoom() => faults.Reference(
            "roomId", wanted.RoomId is null || book.FindRoom(wanted.RoomId)?.SchoolId == wanted.SchoolId);

        TimetableChange Make(PlannedLesson of, string? teacherId, string? roomId, DateOnly? newDate, int? newPeriod)
        {
            bool isMoved = newDate is not null && newDate != of.Date;
            // What is on a single date cannot go on.
            bool goesOn = wanted.GoesOn && school.Entries.Any(entry => entry.Id == of.EntryId && entry.Date is null);
            return new TimetableChange
            {
                Id = Guid.CreateVersion7(at),
                EntryId = of.EntryId,
                SchoolId = wanted.SchoolId!,
                FirstDay = of.Unchanged.Date,
                LastDay = goesOn ? wanted.LastDay : of.Unchanged.Date,
                Kind = kind,
                TeacherId = teacherId,
                RoomId = roomId,
                NewDate = isMoved && !goesOn ? newDate : null,
                NewWeekday = isMoved && goesOn ? Weeks.WeekdayOf(newDate!.Value) : null,
                NewPeriod = newPeriod == of.Period.Period.Number ? null : newPeriod,
                Reason = reason,
                MadeAt = at,
            };
        }
    }

    private static void CheckDate(SchoolTimetable school, PlannedLesson lesson, DateOnly date, bool goesOn, RowFaults faults)
    {
        string? termId = school.Entries.FirstOrDefault(entry => entry.Id == lesson.EntryId)?.TermId;
        Term? term = school.Terms.FirstOrDefault(term => term.Id == termId);
        if (term is null || date < term.FirstDay || date > term.LastDay)
        {
            faults.Add("newDate", "不在这个学期里", "is not in the term of the lesson");
        }
        else if (goesOn && Weeks.SameWeek(date, 1) != Weeks.SameWeek(lesson.Unchanged.Date, 1))
        {
            faults.Add("newDate", "长期调课只能在同一周内换一天", "a lesson that stays moved goes to another day of the same week");
        }
    }

    /// <summary>Whether what is wanted is what comes of it: a holiday or a missing period may speak against it.</summary>
    private static void CheckOutcome(SchoolTimetable school, List<TimetableChange> changes, RowFaults faults)
    {
        SchoolTimetable after = school.With(changes);
        foreach (TimetableChange change in changes)
        {
            PlannedLesson was = school.Find(change.EntryId, change.FirstDay)!;
            PlannedLesson? becomes = after.Find(change.EntryId, change.FirstDay);
            if (becomes is null || (becomes.State == LessonState.Cancelled && change.Kind != ChangeKind.Cancelled))
            {
                faults.Add("newDate", "那天不上课，或没有这一节", "no lessons are held on that day, or it has no such period");
            }
            else if (IsAlike(was, becomes))
            {
                faults.Add("kind", "与现在的安排相同", "is as it is already");
            }
        }
    }

    private static bool IsAlike(PlannedLesson one, PlannedLesson other) =>
        (one.State, one.TeacherId, one.RoomId, one.Date, one.Period.Period.Number)
        == (other.State, other.TeacherId, other.RoomId, other.Date, other.Period.Period.Number);
}
