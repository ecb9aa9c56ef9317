namespace Xunke.Actors.Identity;

/// <summary>A link with which somebody chooses the password of an account: a new one, or one whose password is forgotten.</summary>
public sealed class Invitation
{
    /// <summary>SHA-256 of what the link carries, in hex: whoever reads the database cannot use it.</summary>
    public required string Digest { get; init; }

    /// <summary>The account; each has one link at most.</summary>
    public required string AccountId { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
