namespace Xunke.Actors.Lessons;

/// <summary>A still of a moment of a lesson, in which nobody can be recognised. It goes with its lesson.</summary>
public sealed class LessonStill
{
    /// <summary>Its name in the list of what was deleted.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>From 1, in the order of the lesson.</summary>
    public required int Number { get; init; }

    /// <summary>When its picture was taken.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A JPEG file, as it was made from the picture in memory.</summary>
    public required byte[] Picture { get; init; }
}
