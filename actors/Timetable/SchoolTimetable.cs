using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Xunke.Actors.Timetable;

/// <summary>
/// The timetable of a school as the books have it: what is in a room at an instant, and what should be. It never changes; a change of the
/// books makes a new one. Callable from any thread; the days asked for last are kept.
/// </summary>
public sealed class SchoolTimetable
{
    /// <summary>More than a month's page asks for.</summary>
    private const int MostDays = 48;

    private readonly TimetableRows _rows;
    private readonly DistrictClock _clock;
    private readonly SchoolCalendar _calendar;
    private readonly DayPlanner _planner;
    private readonly Lock _making = new();
    private ImmutableArray<PlannedDay> _days = [];
    private PlannedDay? _latest;

    /// <summary>Puts the rows together.</summary>
    public SchoolTimetable(TimetableRows rows)
    {
        _rows = rows;
        _clock = new DistrictClock(rows.Zone);
        _calendar = new SchoolCalendar(rows, _clock);
        _planner = new DayPlanner(rows, _calendar, _clock);
    }

    /// <summary>The school.</summary>
    public string SchoolId => _rows.SchoolId;

    /// <summary>Whether the school has any day plan: without, no lesson has a time.</summary>
    public bool HasPeriods => _calendar.HasPeriods;

    /// <summary>The terms of the district.</summary>
    public IReadOnlyList<Term> Terms => _rows.Terms;

    /// <summary>The lessons of the timetable, of all terms.</summary>
    public IReadOnlyList<TimetableEntry> Entries => _rows.Entries;

    /// <summary>Their changes.</summary>
    public IReadOnlyList<TimetableChange> Changes => _rows.Changes;

    /// <summary>What a date is.</summary>
    /// <param name="date">In the district's time zone.</param>
    /// <param name="grade">The grade; null: what it is for those that are not apart.</param>
    public TeachingDay DayOf(DateOnly date, string? grade) => _calendar.DayOf(date, grade);

    /// <summary>The date that the district's clock shows.</summary>
    public DateOnly DateOf(DateTimeOffset instant) => _clock.DateOf(instant);

    /// <summary>All lessons of a date after changes, in their order, with those that are cancelled or elsewhere.</summary>
    public ImmutableArray<PlannedLesson> On(DateOnly date) => DayOn(date).Lessons;

    /// <summary>What is in a room at an instant, and what should be.</summary>
    public RoomPlan At(string roomId, DateTimeOffset instant)
    {
        var day = Volatile.Read(ref _latest);
        if (day?.Contains(instant) != true)
        {
            day = DayAt(instant);
            Volatile.Write(ref _latest, day);
        }

        return day.At(roomId, instant);
    }

    /// <summary>What the timetable of a term has twice at once: a teacher, a class or a room; holidays and changes aside.</summary>
    /// <param name="termId">The term; one that is not known has none.</param>
    public ImmutableArray<TimetableConflict> Conflicts(string termId) =>
        _rows.Terms.FirstOrDefault(term => term.Id == termId) is { } term
            ? ConflictFinder.Find(term, _rows.Entries, _rows.Classes.ToFrozenDictionary(one => one.Id))
            : [];

    /// <summary>A lesson by the date that it has without changes, wherever they have put it.</summary>
    /// <returns>Null: that date has no such lesson.</returns>
    public PlannedLesson? Find(Guid entryId, DateOnly usual)
    {
        var moved = _rows.Changes.Where(change => change.EntryId == entryId && change.FirstDay == usual).Select(change => change.NewDate);
        return Enumerable.Range(1, 7).Select(weekday => Weeks.SameWeek(usual, weekday)).Concat(moved.OfType<DateOnly>())
            .Prepend(usual).Distinct().SelectMany(date => On(date))
            .FirstOrDefault(lesson => lesson.EntryId == entryId && lesson.Unchanged.Date == usual);
    }

    /// <summary>The same with further changes: what would come of them.</summary>
    public SchoolTimetable With(IEnumerable<TimetableChange> changes) => new(_rows with { Changes = [.. _rows.Changes, .. changes] });

    /// <summary>
    /// The same with few lessons, quick to ask for a whole term: those that the timetable or a change gives to a class, a teacher or a room
    /// that is wanted. Others' lessons are missing from it.
    /// </summary>
    /// <param name="isWanted">Says whether one of a class, a teacher and a room is.</param>
    public SchoolTimetable Only(Func<string, string?, string?, bool> isWanted)
    {
        var homes = _rows.Classes.ToFrozenDictionary(one => one.Id);
        var changes = _rows.Changes.ToLookup(change => change.EntryId);
        TimetableEntry[] entries =
        [
            .. _rows.Entries.Where(entry => isWanted(entry.ClassId, entry.TeacherId, DayPlanner.RoomOf(entry, homes))
                || changes[entry.Id].Any(change => isWanted(entry.ClassId, change.TeacherId, change.RoomId))),
        ];
        return new SchoolTimetable(_rows with { Entries = entries, Changes = [.. entries.SelectMany(entry => changes[entry.Id])] });
    }

    private PlannedDay DayAt(DateTimeOffset instant)
    {
        var day = DayOn(_clock.DateOf(instant));

        // Where the clock is set back over midnight it shows the end of a date again.
        return instant < day.From ? DayOn(day.Date.AddDays(-1)) : instant >= day.To ? DayOn(day.Date.AddDays(1)) : day;
    }

    private PlannedDay DayOn(DateOnly date) => Find(date) ?? Make(date);

    private PlannedDay? Find(DateOnly date)
    {
        foreach (var day in _days)
        {
            if (day.Date == date)
            {
                return day;
            }
        }

        return null;
    }

    /// <summary>All rooms ask for a new date at once: it is made for the first.</summary>
    private PlannedDay Make(DateOnly date)
    {
        lock (_making)
        {
            if (Find(date) is { } made)
            {
                return made;
            }

            var day = _planner.Plan(date);
            _days = (_days.Length < MostDays ? _days : _days.RemoveAt(0)).Add(day);
            return day;
        }
    }
}
