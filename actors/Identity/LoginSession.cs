namespace Xunke.Actors.Identity;

/// <summary>A sign-in that lasts, as it is on record. Its row goes when it ends.</summary>
public sealed class LoginSession
{
    /// <summary>256 random bits; the cookie carries them.</summary>
    public required string Id { get; init; }

    /// <summary>Who signed in.</summary>
    public required string AccountId { get; init; }

    /// <summary>What the account was at that time, as a digest; when it is no longer that, the session ends.</summary>
    public required string Granted { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it was last used, to within a few minutes.</summary>
    public required DateTimeOffset SeenAt { get; set; }
}
