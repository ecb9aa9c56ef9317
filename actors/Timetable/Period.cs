namespace Xunke.Actors.Timetable;

/// <summary>What a period is for.</summary>
public enum PeriodKind
{
    /// <summary>A lesson (课).</summary>
    Lesson,

    /// <summary>After-school service (课后服务).</summary>
    AfterSchool,

    /// <summary>Neither, such as a morning meeting or a noon break.</summary>
    Other,
}

/// <summary>A period (节次) of a school's day.</summary>
/// <param name="Number">From 1 to 20; timetables name it.</param>
/// <param name="Name">Such as "第1节".</param>
/// <param name="Kind">What it is for.</param>
/// <param name="From">When it begins, on the district's clock.</param>
/// <param name="To">When it ends, later on the same day.</param>
public sealed record Period(int Number, string Name, PeriodKind Kind, TimeOnly From, TimeOnly To);
