namespace Xunke.Actors.Reviews;

/// <summary>
/// A part of a lesson that somebody cut out and tagged (切片), to talk about it. Nothing is copied: it is from when to when.
/// </summary>
public sealed class LessonSlice
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>Account of who cut it.</summary>
    public required string UserName { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Its beginning, in seconds from the lesson's start.</summary>
    public required double FromSeconds { get; init; }

    /// <summary>Its end.</summary>
    public required double ToSeconds { get; init; }

    /// <summary>What it shows; 1 to 60 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The district's words for what a lesson is made of, such as 导入; up to 5.</summary>
    public required List<string> Tags { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}
