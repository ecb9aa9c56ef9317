namespace Xunke.Actors.Identity;

/// <summary>
/// That somebody at a sign-in service, such as WeCom, is the person of an account. The person made it; nothing is linked by a name.
/// </summary>
public sealed class AccountLink
{
    /// <summary>The most letters of a service's name.</summary>
    public const int LongestService = 32;

    /// <summary>The most letters of what a service calls a person by.</summary>
    public const int LongestSubject = 255;

    /// <summary>The service's name in the settings.</summary>
    public required string Service { get; init; }

    /// <summary>The id that the service gives the person; it never passes to another.</summary>
    public required string Subject { get; init; }

    /// <summary>The account; it has one link at most with each service.</summary>
    public required string AccountId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset LinkedAt { get; init; }
}
