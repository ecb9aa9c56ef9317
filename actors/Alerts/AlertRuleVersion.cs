namespace Xunke.Actors.Alerts;

/// <summary>A version of a kind's rule, as somebody made it; the newest counts. Without any, the rule is as delivered.</summary>
public sealed class AlertRuleVersion
{
    /// <summary>The kind.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it is raised at all.</summary>
    public required bool IsOn { get; init; }

    /// <summary>How soon somebody should look.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>The threshold of raising.</summary>
    public required int RaiseAt { get; init; }

    /// <summary>The threshold of clearing.</summary>
    public required int ClearAt { get; init; }

    /// <summary>How long it must last before it is raised.</summary>
    public required int HoldSeconds { get; init; }

    /// <summary>How long it must be over before it is cleared.</summary>
    public required int ClearHoldSeconds { get; init; }

    /// <summary>Account of whoever made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The rule that it says.</summary>
    public AlertRule Rule => new(Kind, Version, IsOn, Severity, RaiseAt, ClearAt, HoldSeconds, ClearHoldSeconds);
}
