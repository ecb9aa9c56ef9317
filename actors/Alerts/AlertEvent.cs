namespace Xunke.Actors.Alerts;

/// <summary>What may happen to an alert.</summary>
public enum AlertStep
{
    /// <summary>It was raised.</summary>
    Raised,

    /// <summary>It came back.</summary>
    Reopened,

    /// <summary>What it is about is over.</summary>
    Cleared,

    /// <summary>Somebody knows of it.</summary>
    Acknowledged,

    /// <summary>The acknowledgement's time is over.</summary>
    Lapsed,

    /// <summary>Somebody is to see to it.</summary>
    Assigned,

    /// <summary>Somebody has seen to it.</summary>
    Resolved,

    /// <summary>Somebody has said what it was.</summary>
    Closed,

    /// <summary>Nobody answered it, so the principal was told.</summary>
    ToldPrincipal,

    /// <summary>The school did not answer it, so the district was told.</summary>
    ToldDistrict,
}

/// <summary>Something that happened to an alert: by itself, or by somebody.</summary>
public sealed class AlertEvent
{
    /// <summary>Unguessable name; of what the server did, the change's.</summary>
    public required Guid Id { get; init; }

    /// <summary>The alert.</summary>
    public required Guid AlertId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What.</summary>
    public required AlertStep Step { get; init; }

    /// <summary>Account of whoever did it; null: nobody, it happened by itself.</summary>
    public string? By { get; init; }

    /// <summary>That person's name as it was then.</summary>
    public string? ByName { get; init; }

    /// <summary>What that person said, or whom it was assigned to.</summary>
    public string? Text { get; init; }

    /// <summary>Until when an acknowledgement holds.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What it was, as somebody said.</summary>
    public AlertVerdict? Verdict { get; init; }
}
