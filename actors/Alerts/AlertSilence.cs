namespace Xunke.Actors.Alerts;

/// <summary>No alerts are raised in a place for a while, for a reason. What is raised stays, and clears as ever.</summary>
public sealed class AlertSilence
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The school; null: every school.</summary>
    public string? SchoolId { get; init; }

    /// <summary>The room; null: all of them.</summary>
    public string? RoomId { get; init; }

    /// <summary>The kind; null: all of them.</summary>
    public AlertKind? Kind { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ends; earlier where somebody ends it.</summary>
    public required DateTimeOffset Until { get; set; }

    /// <summary>Why; 2 to 200 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Account of whoever made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>That person's name as it was then.</summary>
    public required string MadeByName { get; init; }

    /// <summary>Whether it holds for a place at an instant.</summary>
    public bool Holds(AlertPlace place, DateTimeOffset at) => at >= From && at < Until
        && (SchoolId is null || SchoolId == place.SchoolId)
        && (RoomId is null || RoomId == place.RoomId)
        && (Kind is null || Kind == place.Kind);
}
