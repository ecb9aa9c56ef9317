namespace Xunke.Actors.Timetable;

/// <summary>When the periods of a day are (作息时间). A school's own goes before the district's.</summary>
public sealed class DayPlan
{
    /// <summary>Such as "s01-summer"; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The school; null: every school that has none of its own for the day.</summary>
    public string? SchoolId { get; init; }

    /// <summary>Its name, such as "夏季作息".</summary>
    public required string Name { get; set; }

    /// <summary>The weekdays that it is for, 1 (Monday) to 7; empty: only the days of the calendar that name it.</summary>
    public required List<int> Weekdays { get; set; }

    /// <summary>The first day that it is for; null: always was.</summary>
    public DateOnly? FirstDay { get; set; }

    /// <summary>The last day that it is for; null: for good.</summary>
    public DateOnly? LastDay { get; set; }

    /// <summary>The periods, in their order; they do not overlap.</summary>
    public required List<Period> Periods { get; set; }
}
