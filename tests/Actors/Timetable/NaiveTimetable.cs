using Xunke.Actors.Books;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>What a lesson is, as far as <see cref="NaiveTimetable"/> tells.</summary>
internal sealed record NaiveLesson(
    Guid Entry, DateOnly Usual, DateOnly Date, int Period, DateTimeOffset From, DateTimeOffset To, string? Teacher, string? Room,
    LessonState State);

/// <summary>
/// The rules of the timetable one by one, for each lesson and each date, without index or cache: slow, and short enough to be checked by
/// reading. All classes of the rows have a room of their own.
/// </summary>
internal sealed class NaiveTimetable(TimetableRows rows, WallClock clock)
{
    /// <summary>The lessons of a year after changes, those that were moved into it from another year as well.</summary>
    public List<NaiveLesson> Lessons(int year)
    {
        List<NaiveLesson> lessons = [];
        foreach (TimetableEntry entry in rows.Entries)
        {
            for (DateOnly date = new(year, 1, 1); date.Year == year; date = date.AddDays(1))
            {
                lessons.AddRange(LessonsOf(entry, date).OfType<NaiveLesson>());
            }

            IEnumerable<DateOnly> others = rows.Changes
                .Where(change => change.EntryId == entry.Id && change.NewDate?.Year == year && change.FirstDay.Year != year)
                .Select(change => change.FirstDay).Distinct();
            lessons.AddRange(others.SelectMany(date => LessonsOf(entry, date)).OfType<NaiveLesson>());
        }

        return lessons;
    }

    /// <summary>
    /// What becomes of the lessons that an entry has on a date by the timetable; null: none, or nothing is left of it. A date that follows
    /// another has that one's lesson, and its own week's may be on another weekday.
    /// </summary>
    private NaiveLesson?[] LessonsOf(TimetableEntry entry, DateOnly usual)
    {
        SchoolClass one = rows.Classes.Single(one => one.Id == entry.ClassId);
        (string? teacher, string? room, int weekday, int period, DateOnly? newDate) =
            (entry.TeacherId, entry.RoomId ?? one.RoomId, entry.Weekday, entry.Period, null as DateOnly?);
        LessonState state = LessonState.Held;
        foreach (TimetableChange change in rows.Changes.OrderBy(change => change.MadeAt).ThenBy(change => change.Id))
        {
            if (change.EntryId != entry.Id || usual < change.FirstDay || usual > change.LastDay)
            {
                continue;
            }

            if (change.Kind is ChangeKind.Substituted or ChangeKind.Moved)
            {
                bool staysOut = state == LessonState.Elsewhere && change.Kind == ChangeKind.Substituted && change.RoomId is null;
                room = change.RoomId ?? (state == LessonState.Elsewhere && !staysOut ? entry.RoomId ?? one.RoomId : room);
                teacher = change.TeacherId ?? teacher;
                state = staysOut ? state : LessonState.Held;
            }
            else if (change.Kind == ChangeKind.Cancelled)
            {
                state = LessonState.Cancelled;
            }
            else
            {
                (state, room) = (LessonState.Elsewhere, null);
            }

            if (change.Kind == ChangeKind.Moved)
            {
                period = change.NewPeriod ?? period;
                if (change.NewDate is not null)
                {
                    newDate = usual == change.FirstDay ? change.NewDate : newDate;
                }
                else if (change.NewWeekday is { } other)
                {
                    (weekday, newDate) = (other, entry.Date is null ? null : InWeek(usual, other));
                }
            }
        }

        return entry.Date is not null ? [entry.Date == usual ? Named(newDate ?? usual) : null]
            : newDate is { } named ? [WouldBe(entry, usual, one.Grade, weekday) ? Named(named) : null]
            : [OfDateThatFollows(), OfWeek()];

        NaiveLesson? Named(DateOnly date) =>
            Row(date, one.Grade) is { Kind: not DayKind.Teaching } ? null
            : Find(PlanOf(date, one.Grade)) is { } found ? Made(date, found)
            : Enumerable.Range(1, 7).Select(day => Find(UsualPlan(date, day))).FirstOrDefault(usually => usually is not null) is { } any
                ? Made(date, any) : null;

        NaiveLesson? OfDateThatFollows() =>
            Follows(usual, one.Grade) is var (week, day) && day == weekday && IsIn(entry, week) ? Held(usual) : null;

        NaiveLesson? OfWeek()
        {
            DateOnly date = InWeek(usual, weekday);
            return Number(usual) == entry.Weekday && Follows(date, one.Grade) is null && IsIn(entry, date) ? Held(date) : null;
        }

        NaiveLesson? Held(DateOnly date) =>
            IsTeaching(date, one.Grade) && Find(PlanOf(date, one.Grade)) is { } found ? Made(date, found) : null;

        Period? Find(DayPlan? plan) => plan?.Periods.Find(one => one.Number == period);

        NaiveLesson Made(DateOnly date, Period found) =>
            new(entry.Id, usual, date, period, clock.First(date, found.From), clock.First(date, found.To), teacher, room, state);
    }

    /// <summary>Whether a lesson that somebody moves to a date was to be on the day before, had nothing suspended it.</summary>
    private bool WouldBe(TimetableEntry entry, DateOnly usual, string grade, int weekday) =>
        IsTeaching(usual, grade) && Follows(usual, grade) is var (week, day) ? day == weekday && IsIn(entry, week)
        : Number(usual) == entry.Weekday && IsIn(entry, usual);

    private bool IsTeaching(DateOnly date, string grade) => Row(date, grade) is null or { Kind: DayKind.Teaching };

    /// <summary>The day, and the weekday, that another day follows; null: a day that is as its own weekday.</summary>
    private (DateOnly Week, int Weekday)? Follows(DateOnly date, string grade)
    {
        CalendarDays? row = Row(date, grade);
        DateOnly week = row is { Kind: DayKind.Teaching } ? row.FollowsDate ?? date : date;
        int weekday = row is { Kind: DayKind.Teaching, FollowsDate: null } ? row.FollowsWeekday ?? Number(week) : Number(week);
        return week == date && weekday == Number(date) ? null : (week, weekday);
    }

    private bool IsIn(TimetableEntry entry, DateOnly date)
    {
        Term? term = rows.Terms.SingleOrDefault(term => date >= term.FirstDay && date <= term.LastDay);
        if (term?.Id != entry.TermId)
        {
            return false;
        }

        // Week by week from the first: where the rotation stands.
        (int week, int turn) = (1, 0);
        for (DateOnly monday = InWeek(term.FirstDay, 1); monday.AddDays(7) <= date; monday = monday.AddDays(7))
        {
            turn = term.UncountedWeeks.Contains(week) ? turn : (turn + 1) % entry.Rotation;
            week++;
        }

        return week >= entry.FirstWeek && !(week > entry.LastWeek) && (entry.Turns & (1 << turn)) != 0;
    }

    private CalendarDays? Row(DateOnly date, string grade)
    {
        List<CalendarDays> all =
            [.. rows.Calendar.Where(row => row.FirstDay <= date && date <= row.LastDay && (row.Grade ?? grade) == grade)];
        List<CalendarDays> own = [.. all.Where(row => row.SchoolId == rows.SchoolId)];
        List<CalendarDays> some = own.Count > 0 ? own : all;
        return some.Where(row => Length(row) == some.Min(Length)).OrderBy(row => row.Grade is null).ThenBy(row => row.FirstDay)
            .ThenBy(row => row.Id, StringComparer.Ordinal).FirstOrDefault();

        static int Length(CalendarDays row) => row.LastDay.DayNumber - row.FirstDay.DayNumber;
    }

    private DayPlan? PlanOf(DateOnly date, string grade) =>
        Row(date, grade)?.DayPlanId is { } named ? rows.DayPlans.Single(plan => plan.Id == named)
        : UsualPlan(date, Follows(date, grade)?.Weekday ?? Number(date));

    private DayPlan? UsualPlan(DateOnly date, int weekday)
    {
        List<DayPlan> all =
            [.. rows.DayPlans.Where(plan => plan.Weekdays.Contains(weekday) && !(date < plan.FirstDay) && !(date > plan.LastDay))];
        return all.Find(plan => plan.SchoolId is not null) ?? all.Find(plan => plan.FirstDay is not null) ?? all.FirstOrDefault();
    }

    private static int Number(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek;

    private static DateOnly InWeek(DateOnly date, int weekday) => date.AddDays(weekday - Number(date));
}
