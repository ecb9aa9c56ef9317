namespace Xunke.Actors.Audit;

/// <summary>
/// How long somebody watched a room or a school's wall in one go; that it began, and for what, is a line of the trail too.
/// </summary>
public sealed class LookLength
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who.</summary>
    public required string UserName { get; init; }

    /// <summary>How, as the trail calls it, such as "look.room".</summary>
    public required string Action { get; init; }

    /// <summary>At what: a room's or a school's id.</summary>
    public required string Target { get; init; }

    /// <summary>For what.</summary>
    public string? Purpose { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended, or up to when it is known to have lasted: it is written once a minute.</summary>
    public required DateTimeOffset To { get; set; }
}
