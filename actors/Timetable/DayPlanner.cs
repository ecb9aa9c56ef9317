using System.Collections.Frozen;
using System.Collections.Immutable;
using Xunke.Actors.Books;

namespace Xunke.Actors.Timetable;

/// <summary>Works out the lessons of a date. Thread-safe: it only reads.</summary>
internal sealed class DayPlanner
{
    private readonly SchoolCalendar _calendar;
    private readonly DistrictClock _clock;
    private readonly LessonChanges _changes;
    private readonly FrozenDictionary<string, SchoolClass> _classes;
    private readonly FrozenDictionary<Guid, TimetableEntry> _entries;
    private readonly ILookup<(string Term, int Weekday), TimetableEntry> _weekly;
    private readonly ILookup<DateOnly?, TimetableEntry> _dated;
    private readonly ImmutableArray<TimetableEntry> _moving;
    private readonly FrozenDictionary<string, string?> _gradeOfRoom;

    public DayPlanner(TimetableRows rows, SchoolCalendar calendar, DistrictClock clock)
    {
        _calendar = calendar;
        _clock = clock;
        _changes = new LessonChanges(rows.Changes);
        _classes = rows.Classes.ToFrozenDictionary(one => one.Id);
        _entries = rows.Entries.ToFrozenDictionary(entry => entry.Id);
        _weekly = rows.Entries.Where(entry => entry.Date is null).ToLookup(entry => (entry.TermId, entry.Weekday));
        _dated = rows.Entries.Where(entry => entry.Date is not null).ToLookup(entry => entry.Date);
        _moving = [.. rows.Entries.Where(entry => _changes.MovesWeekday(entry.Id))];
        _gradeOfRoom = rows.Classes.Where(one => one.RoomId is not null).OrderBy(one => one.Id, StringComparer.Ordinal)
            .DistinctBy(one => one.RoomId).ToFrozenDictionary(one => one.RoomId!, one => calendar.GradeOf(one.Grade));
    }

    /// <summary>The room of a lesson without changes; null: none.</summary>
    public static string? RoomOf(TimetableEntry entry, FrozenDictionary<string, SchoolClass> classes) =>
        entry.RoomId ?? (classes.TryGetValue(entry.ClassId, out var one) ? one.RoomId : null);

    public PlannedDay Plan(DateOnly date)
    {
        var work = new Work(this, date);
        foreach (var (grade, day) in work.Days)
        {
            if (day is { Kind: DayKind.Teaching, Term: { } term })
            {
                foreach (var entry in _weekly[(term.Id, day.Weekday)])
                {
                    if (GradeOf(entry) == grade && Weeks.IsIn(entry, day.Week, day.WeeksCounted))
                    {
                        work.AddUsual(entry);
                    }
                }
            }
        }

        foreach (var entry in _dated[date])
        {
            if (!work.DayOf(entry).IsSuspended)
            {
                work.AddUsual(entry);
            }
        }

        foreach (var entry in _moving)
        {
            AddMoved(work, entry);
        }

        foreach (var change in _changes.To(date))
        {
            if (_entries.TryGetValue(change.EntryId, out var entry) && IsOn(entry, change.FirstDay))
            {
                work.AddNamed(entry, change.FirstDay);
            }
        }

        var periods = _gradeOfRoom.ToDictionary(room => room.Key, room => work.Days[room.Value ?? ""].Periods);
        periods[""] = work.Days[""].Periods;
        return new PlannedDay(
            date, _clock.InstantOf(date, TimeOnly.MinValue), _clock.InstantOf(date.AddDays(1), TimeOnly.MinValue), work.Lessons, work.Usual,
            periods);
    }

    /// <summary>A lesson that is on another weekday from some date on keeps its weeks, and rests when the new weekday does.</summary>
    private void AddMoved(Work work, TimetableEntry entry)
    {
        if (entry.Date is { } named)
        {
            work.AddNamed(entry, named);
            return;
        }

        var day = work.DayOf(entry);
        if (day.Kind != DayKind.Teaching || day.Term?.Id != entry.TermId || !Weeks.IsIn(entry, day.Week, day.WeeksCounted))
        {
            return;
        }

        var usual = day.IsMakeUp ? day.Date : Weeks.SameWeek(day.Date, entry.Weekday);
        var lesson = Change(entry, usual);
        if (lesson.NewDate is null && lesson.Weekday == day.Weekday)
        {
            work.Add(entry, usual, lesson);
        }
    }

    /// <summary>Whether a date has a lesson by the timetable, were it not suspended: what is moved away from a holiday is held.</summary>
    private bool IsOn(TimetableEntry entry, DateOnly date)
    {
        if (entry.Date is { } single)
        {
            return single == date;
        }

        var day = _calendar.Unsuspended(date, GradeOf(entry));
        var weekday = day.IsMakeUp ? Change(entry, date).Weekday : entry.Weekday;
        return day.Term?.Id == entry.TermId && day.Weekday == weekday && Weeks.IsIn(entry, day.Week, day.WeeksCounted);
    }

    private ChangedLesson Change(TimetableEntry entry, DateOnly date) => _changes.Apply(entry, RoomOf(entry, _classes), date);

    /// <summary>The grade, where the calendar treats it apart; otherwise empty.</summary>
    private string GradeOf(TimetableEntry entry) =>
        (_classes.TryGetValue(entry.ClassId, out var one) ? _calendar.GradeOf(one.Grade) : null) ?? "";

    /// <summary>The date in the making.</summary>
    private sealed class Work(DayPlanner planner, DateOnly date)
    {
        private readonly HashSet<(Guid Entry, DateOnly Date)> _added = [];

        public Dictionary<string, TeachingDay> Days { get; } =
            planner._calendar.Grades.Append("").ToDictionary(grade => grade, grade => planner._calendar.DayOf(date, grade));

        public List<PlannedLesson> Lessons { get; } = [];

        public List<PlannedLesson> Usual { get; } = [];

        public TeachingDay DayOf(TimetableEntry entry) => Days[planner.GradeOf(entry)];

        /// <summary>A lesson that the date has without changes.</summary>
        public void AddUsual(TimetableEntry entry)
        {
            var lesson = planner.Change(entry, date);
            var stays = entry.Date is not null || lesson.Weekday == DayOf(entry).Weekday;
            var newDate = lesson.NewDate ?? (stays ? date : Weeks.SameWeek(date, lesson.Weekday));
            var isHere = newDate == date && (stays || lesson.NewDate is not null);
            var planned = isHere ? Add(entry, date, lesson) : newDate == date ? null : Plan(entry, date, lesson, newDate);

            // Moved to a period that this day does not have, or to the weekday of a day that follows another, it is not held.
            planned ??= Plan(entry, date, lesson with { State = LessonState.Cancelled, NewDate = newDate }, newDate);
            if (planned is not null)
            {
                Usual.Add(planned);
            }
        }

        /// <summary>A lesson for which somebody has named this date, if that still counts and nothing suspends it.</summary>
        public void AddNamed(TimetableEntry entry, DateOnly usual)
        {
            var lesson = planner.Change(entry, usual);
            if (lesson.NewDate == date && !DayOf(entry).IsSuspended)
            {
                Add(entry, usual, lesson);
            }
        }

        public PlannedLesson? Add(TimetableEntry entry, DateOnly usual, ChangedLesson lesson)
        {
            var planned = Plan(entry, usual, lesson, date);
            if (planned is not null && _added.Add((entry.Id, usual)))
            {
                Lessons.Add(planned);
            }

            return planned;
        }

        private PlannedLesson? Plan(TimetableEntry entry, DateOnly usual, ChangedLesson lesson, DateOnly newDate)
        {
            var isNamed = entry.Date is not null || lesson.NewDate is not null;
            return PeriodOf(entry, newDate, lesson.Period, isNamed) is { } period
                ? new PlannedLesson(
                    entry.Id, entry.ClassId, entry.SubjectId, lesson.TeacherId, lesson.RoomId, newDate, period, lesson.State, lesson.Change,
                    new UnchangedLesson(
                        usual, entry.TeacherId, RoomOf(entry, planner._classes),
                        PeriodOf(entry, usual, entry.Period, entry.Date is not null)))
                : null;
        }

        private PlannedPeriod? PeriodOf(TimetableEntry entry, DateOnly day, int number, bool isNamed) =>
            day == date && DayOf(entry).PeriodOf(number) is { } period ? period
            : day != date || isNamed ? planner._calendar.PeriodOn(day, planner.GradeOf(entry), number)
            : null;
    }
}
