using Xunke.Actors.Books;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>
/// A school with two classes, 3A in room r1 and 5B in room r2, and six periods from 08:00 on, Monday to Friday. Its term begins on Monday,
/// 7 September 2026, and has 20 weeks.
/// </summary>
internal sealed class MadeUpSchool
{
    public const string TermId = "t1";

    public static readonly DateOnly FirstDay = new(2026, 9, 7);

    private DateTimeOffset _madeAt = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    public Term Term { get; set; } = new()
    {
        Id = TermId,
        Name = "2026-2027 学年第一学期",
        FirstDay = FirstDay,
        LastDay = FirstDay.AddDays(139),
        UncountedWeeks = [],
    };

    public List<DayPlan> DayPlans { get; } = [Plan("district", school: null, [1, 2, 3, 4, 5], 8)];

    public List<CalendarDays> Calendar { get; } = [];

    public List<TimetableEntry> Entries { get; } = [];

    public List<TimetableChange> Changes { get; } = [];

    public List<SchoolClass> Classes { get; } =
    [
        new() { Id = "3a", SchoolId = "s01", Name = "三年级1班", Grade = "三年级", Enrolled = 40, RoomId = "r1" },
        new() { Id = "5b", SchoolId = "s01", Name = "五年级2班", Grade = "五年级", Enrolled = 40, RoomId = "r2" },
    ];

    /// <summary>A date of the term.</summary>
    public static DateOnly Day(int week, int weekday) => FirstDay.AddDays((week - 1) * 7 + weekday - 1);

    /// <summary>Six periods of 40 minutes, one an hour.</summary>
    public static DayPlan Plan(string id, string? school, int[] weekdays, int hour, DateOnly? from = null, DateOnly? to = null) => new()
    {
        Id = id,
        SchoolId = school,
        Name = id,
        Weekdays = [.. weekdays],
        FirstDay = from,
        LastDay = to,
        Periods =
        [
            .. Enumerable.Range(1, 6).Select(number => new Period(
                number, $"第{number}节", PeriodKind.Lesson, new TimeOnly(hour + number - 1, 0), new TimeOnly(hour + number - 1, 40))),
        ],
    };

    public SchoolTimetable Timetable() => new(Rows());

    public TimetableRows Rows() => new("s01", Zone)
    {
        Terms = [Term],
        DayPlans = DayPlans,
        Calendar = Calendar,
        Entries = Entries,
        Changes = Changes,
        Classes = Classes,
    };

    public TimetableEntry Lesson(
        int weekday, int period, string classId = "3a", string teacher = "wang", int rotation = 1, int turns = 1, int firstWeek = 1,
        int? lastWeek = null, string? room = null, DateOnly? date = null, string subject = "chinese")
    {
        var entry = new TimetableEntry
        {
            Id = Guid.NewGuid(),
            TermId = Term.Id,
            SchoolId = "s01",
            Weekday = weekday,
            Period = period,
            FirstWeek = firstWeek,
            LastWeek = lastWeek,
            Rotation = rotation,
            Turns = turns,
            Date = date,
            ClassId = classId,
            SubjectId = subject,
            TeacherId = teacher,
            RoomId = room,
        };
        Entries.Add(entry);
        return entry;
    }

    /// <summary>Each is made later than the ones before.</summary>
    public TimetableChange Change(
        TimetableEntry entry, ChangeKind kind, DateOnly first, bool goesOn = false, string? teacher = null, string? room = null,
        DateOnly? newDate = null, int? newWeekday = null, int? newPeriod = null)
    {
        var change = new TimetableChange
        {
            Id = Guid.NewGuid(),
            EntryId = entry.Id,
            SchoolId = "s01",
            FirstDay = first,
            LastDay = goesOn ? null : first,
            Kind = kind,
            TeacherId = teacher,
            RoomId = room,
            NewDate = newDate,
            NewWeekday = newWeekday,
            NewPeriod = newPeriod,
            MadeAt = _madeAt += TimeSpan.FromHours(1),
        };
        Changes.Add(change);
        return change;
    }

    public CalendarDays Special(
        DayKind kind, DateOnly first, DateOnly? last = null, string? grade = null, DateOnly? follows = null, int? followsWeekday = null,
        string? school = null, string? plan = null)
    {
        var days = new CalendarDays
        {
            Id = $"d{Calendar.Count}",
            SchoolId = school,
            FirstDay = first,
            LastDay = last ?? first,
            Kind = kind,
            Grade = grade,
            FollowsDate = follows,
            FollowsWeekday = followsWeekday,
            DayPlanId = plan,
            Name = "特殊日",
        };
        Calendar.Add(days);
        return days;
    }
}
