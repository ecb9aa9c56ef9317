namespace Xunke.Actors.Reviews;

/// <summary>What somebody says of a lesson (批注), of one of its moments or of the whole.</summary>
public sealed class Remark
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lesson.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>Account of who says it.</summary>
    public required string UserName { get; init; }

    /// <summary>The name as it was then.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The moment, in seconds from the lesson's start; null: the whole lesson.</summary>
    public double? AtSeconds { get; init; }

    /// <summary>1 to 1,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}
