namespace Xunke.Actors.Reviews;

/// <summary>A part of a lesson as its teacher divides it; it lasts until the next begins.</summary>
/// <param name="From">Seconds from the lesson's start.</param>
/// <param name="Name">What the teacher calls it, such as 导入; 1 to 40 characters.</param>
public sealed record Chapter(double From, string Name);

/// <summary>A teacher's own division of a lesson, which stands beside the one that was computed.</summary>
public sealed class LessonChapters
{
    /// <summary>The lesson; it has one.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>The teacher's account.</summary>
    public required string UserName { get; set; }

    /// <summary>In their order, the first from the lesson's start.</summary>
    public required List<Chapter> Chapters { get; set; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
