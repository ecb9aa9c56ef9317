namespace Xunke.Web.Books.Files;

/// <summary>A lesson of a timetable in the file's own words; nothing of it is matched with the books yet.</summary>
/// <param name="ClassName">Such as "三年级2班".</param>
/// <param name="Weekday">1 (Monday) to 7.</param>
/// <param name="Period">The number of the period in the day, 1 to 20.</param>
/// <param name="Subject">Such as "语文".</param>
/// <param name="Source">Where it was read.</param>
internal sealed record ImportedLesson(string ClassName, int Weekday, int Period, string Subject, FileSource Source)
{
    /// <summary>Most periods in a day.</summary>
    public const int MostPeriods = 20;

    /// <summary>The last week of a term that a file may name.</summary>
    public const int MostWeeks = 60;

    /// <summary>The school, in a file of the whole district; null: not said.</summary>
    public string? School { get; init; }

    /// <summary>The teacher, or several with "、" between; null: not said.</summary>
    public string? Teacher { get; init; }

    /// <summary>The room; null: not said.</summary>
    public string? Room { get; init; }

    /// <summary>The first week of the term in which it is held, from 1; null: the first.</summary>
    public int? FirstWeek { get; init; }

    /// <summary>The last week of the term in which it is held; null: the last.</summary>
    public int? LastWeek { get; init; }

    /// <summary>In which term of the school year it is held, from 1; null: in the one that is imported.</summary>
    public int? Term { get; init; }

    /// <summary>In which weeks of a cycle it is held.</summary>
    public Rotation Rotation { get; init; } = Rotation.Every;
}
