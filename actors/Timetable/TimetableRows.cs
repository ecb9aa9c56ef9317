using Xunke.Actors.Books;

namespace Xunke.Actors.Timetable;

/// <summary>What the books say about the lessons of one school. Nobody may change the rows afterwards.</summary>
/// <param name="SchoolId">The school.</param>
/// <param name="Zone">The district's time zone.</param>
public sealed record TimetableRows(string SchoolId, TimeZoneInfo Zone)
{
    /// <summary>The terms of the district.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [];

    /// <summary>Day plans of the district and the school; those of other schools are left out.</summary>
    public IReadOnlyList<DayPlan> DayPlans { get; init; } = [];

    /// <summary>Special days of the district and the school; those of other schools are left out.</summary>
    public IReadOnlyList<CalendarDays> Calendar { get; init; } = [];

    /// <summary>The school's timetable.</summary>
    public IReadOnlyList<TimetableEntry> Entries { get; init; } = [];

    /// <summary>The changes of its lessons.</summary>
    public IReadOnlyList<TimetableChange> Changes { get; init; } = [];

    /// <summary>Its classes.</summary>
    public IReadOnlyList<SchoolClass> Classes { get; init; } = [];
}
