namespace Xunke.Actors.Timetable;

/// <summary>What special days are.</summary>
public enum DayKind
{
    /// <summary>No lessons: a holiday (节假日), or a Sunday in a school that teaches on Sundays.</summary>
    Off,

    /// <summary>Lessons, though the weekday alone would have none or others: a make-up day (调休).</summary>
    Teaching,

    /// <summary>Examinations: the timetable rests.</summary>
    Exam,
}

/// <summary>Days of the calendar (校历) that are not as their weekday. A school's own go before the district's, fewer days before
/// more.</summary>
public sealed class CalendarDays
{
    /// <summary>Unguessable or speaking; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The school; null: all schools.</summary>
    public string? SchoolId { get; init; }

    /// <summary>The first of the days.</summary>
    public required DateOnly FirstDay { get; set; }

    /// <summary>The last of the days; the first, for a single one.</summary>
    public required DateOnly LastDay { get; set; }

    /// <summary>What they are.</summary>
    public required DayKind Kind { get; set; }

    /// <summary>The grade that they are for; null: all grades.</summary>
    public string? Grade { get; set; }

    /// <summary>A teaching day: the date whose timetable it follows, with that date's week; null: not another date's.</summary>
    public DateOnly? FollowsDate { get; set; }

    /// <summary>A teaching day: the weekday that it follows in its own week, 1 to 7; null: its own, or another date's.</summary>
    public int? FollowsWeekday { get; set; }

    /// <summary>When the periods are; null: as on the weekday that is followed.</summary>
    public string? DayPlanId { get; set; }

    /// <summary>What people call them, such as "国庆节".</summary>
    public required string Name { get; set; }
}
