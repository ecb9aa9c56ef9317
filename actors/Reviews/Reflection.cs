namespace Xunke.Actors.Reviews;

/// <summary>What a teacher thinks of an own lesson afterwards (教学反思).</summary>
public sealed class Reflection
{
    /// <summary>The lesson; it has one.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>The teacher's account.</summary>
    public required string UserName { get; set; }

    /// <summary>At most 10,000 characters.</summary>
    public required string Text { get; set; }

    /// <summary>Whether those who may see the lesson may read it.</summary>
    public required bool IsShared { get; set; }

    /// <summary>When it was last written; who writes over another version is told.</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
