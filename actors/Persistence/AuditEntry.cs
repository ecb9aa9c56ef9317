namespace Xunke.Actors.Persistence;

/// <summary>One line of the audit trail. Lines are only ever added; each carries the hash of the one before it.</summary>
public sealed class AuditEntry
{
    /// <summary>Number of the line, from 1 without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>When it happened, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Account that did it, or "system".</summary>
    public required string UserName { get; init; }

    /// <summary>What was done, such as "visit.opened".</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as a room's id.</summary>
    public required string Subject { get; init; }

    /// <summary>SHA-256, in lower-case hex, over the previous line's hash and this line's content.</summary>
    public required string Hash { get; init; }
}
