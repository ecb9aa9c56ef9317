using Xunke.Actors.Alerts.Messages;

namespace Xunke.Actors.Alerts;

/// <summary>What has become of an alert.</summary>
public enum AlertState
{
    /// <summary>Nobody has taken it up.</summary>
    Firing,

    /// <summary>Somebody knows of it.</summary>
    Acknowledged,

    /// <summary>It is over, by itself or by somebody; nobody has said what it was.</summary>
    Resolved,

    /// <summary>Somebody has said what it was.</summary>
    Closed,
}

/// <summary>What an alert was, as somebody says.</summary>
public enum AlertVerdict
{
    /// <summary>It was so.</summary>
    True,

    /// <summary>It was not so.</summary>
    False,

    /// <summary>Somebody tried it out.</summary>
    Test,

    /// <summary>It was known before.</summary>
    Known,
}

/// <summary>Something that somebody should look at (预警).</summary>
public sealed class Alert
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>The school.</summary>
    public required string SchoolId { get; init; }

    /// <summary>The room; null: the whole school.</summary>
    public string? RoomId { get; init; }

    /// <summary>The kind.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>How soon somebody should look, by the rule as it was then.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The version of the rule.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>When it was raised; of one that came back, the first time.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary><see cref="AlertPlace.Key"/> while what it is about lasts; null: it is over. Unique.</summary>
    public string? OpenKey { get; set; }

    /// <summary>When what it is about was over; null: it lasts.</summary>
    public DateTimeOffset? ClearedAt { get; set; }

    /// <summary>Why it is over.</summary>
    public AlertEnd? End { get; set; }

    /// <summary>How often it came back.</summary>
    public int Reopened { get; set; }

    /// <summary>What has become of it.</summary>
    public required AlertState State { get; set; }

    /// <summary>Until when an acknowledgement holds; null: for good.</summary>
    public DateTimeOffset? AcknowledgedUntil { get; set; }

    /// <summary>Account of whoever is to see to it; null: nobody.</summary>
    public string? AssignedTo { get; set; }

    /// <summary>That person's name as it was then.</summary>
    public string? AssignedToName { get; set; }

    /// <summary>What it was; null: nobody has said.</summary>
    public AlertVerdict? Verdict { get; set; }

    /// <summary>Whom it was told to because nobody answered it; null: nobody.</summary>
    public AlertMessageKind? EscalatedTo { get; set; }

    /// <summary><see cref="AlertEvidence"/> as JSON, of the first time.</summary>
    public required string Evidence { get; init; }

    /// <summary>What happened to it, in no order.</summary>
    public List<AlertEvent> Events { get; init; } = [];

    /// <summary>Whether it waits for somebody.</summary>
    public bool IsOpen => State is AlertState.Firing or AlertState.Acknowledged;
}
