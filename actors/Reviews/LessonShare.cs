namespace Xunke.Actors.Reviews;

/// <summary>
/// A link with which a teacher shows an own lesson to one colleague. The first who opens it, signed in, is the one.
/// </summary>
public sealed class LessonShare
{
    /// <summary>Unguessable name; not what the link carries.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of what the link carries, in hex: whoever reads the database cannot use it.</summary>
    public required string Digest { get; init; }

    /// <summary>The lesson.</summary>
    public required Guid LessonId { get; init; }

    /// <summary>The teacher's account.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it ends by itself, for the colleague too.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The colleague's account; null: nobody has opened it yet.</summary>
    public string? UserName { get; set; }

    /// <summary>The colleague's name as it was then.</summary>
    public string? DisplayName { get; set; }
}
