namespace Xunke.Actors.Audit;

/// <summary>One line of the audit trail. Lines are only ever added; each carries the hash of the one before it.</summary>
public sealed class AuditEntry
{
    /// <summary>The account named for what the server does by itself.</summary>
    public const string System = "system";

    /// <summary>Number of the line, from 1 without gaps.</summary>
    public required long Id { get; init; }

    /// <summary>When it happened, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Account that did it, or <see cref="System"/>.</summary>
    public required string UserName { get; init; }

    /// <summary>What was done, such as "visit.opened".</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as a room's id.</summary>
    public required string Subject { get; init; }

    /// <summary>Why it was done, in the person's own words or by the standing purpose of the role; null where that is plain.</summary>
    public string? Purpose { get; init; }

    /// <summary>The key that seals the line; null for lines from before there was one.</summary>
    public string? KeyId { get; init; }

    /// <summary>
    /// In lower-case hex, over the previous line's hash and everything in this line: HMAC-SHA-256 with the key, or SHA-256
    /// where there is none.
    /// </summary>
    public string Hash { get; set; } = "";
}
