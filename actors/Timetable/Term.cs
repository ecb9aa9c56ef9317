namespace Xunke.Actors.Timetable;

/// <summary>A term (学期) of the district. Its first week is the one, Monday to Sunday, that its first day lies in.</summary>
public sealed class Term
{
    /// <summary>Such as "2026-1"; at most 40 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, such as "2026-2027 学年第一学期".</summary>
    public required string Name { get; set; }

    /// <summary>The first day, in the district's time zone.</summary>
    public required DateOnly FirstDay { get; set; }

    /// <summary>The last day.</summary>
    public required DateOnly LastDay { get; set; }

    /// <summary>
    /// Numbers of weeks that rotations do not count, such as a holiday's: after one, odd weeks go on where they were.
    /// </summary>
    public required List<int> UncountedWeeks { get; set; }
}
