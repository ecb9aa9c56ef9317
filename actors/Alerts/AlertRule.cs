using System.Text.Json.Serialization;

namespace Xunke.Actors.Alerts;

/// <summary>When alerts of a kind are raised and cleared. Two thresholds and two holds keep them from flickering.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Version">0: as delivered; then one more with every change.</param>
/// <param name="IsOn">Whether it is raised at all.</param>
/// <param name="Severity">How soon somebody should look.</param>
/// <param name="RaiseAt">The threshold of raising, in the kind's own unit: see <see cref="AlertRules"/>. 0 where the kind has none.</param>
/// <param name="ClearAt">The threshold of clearing. 0 where the kind has none.</param>
/// <param name="HoldSeconds">How long it must last before it is raised.</param>
/// <param name="ClearHoldSeconds">How long it must be over before it is cleared.</param>
public sealed record AlertRule(
    AlertKind Kind, int Version, bool IsOn, AlertSeverity Severity, int RaiseAt, int ClearAt, int HoldSeconds, int ClearHoldSeconds)
{
    /// <summary>How long it must last before it is raised.</summary>
    [JsonIgnore]
    public TimeSpan Hold => TimeSpan.FromSeconds(HoldSeconds);

    /// <summary>How long it must be over before it is cleared.</summary>
    [JsonIgnore]
    public TimeSpan ClearHold => TimeSpan.FromSeconds(ClearHoldSeconds);
}

/// <summary>What a rule's numbers may be.</summary>
/// <param name="Unit">What the thresholds count.</param>
/// <param name="LeastRaiseAt">The least threshold of raising.</param>
/// <param name="MostRaiseAt">The most.</param>
/// <param name="LeastClearAt">The least threshold of clearing.</param>
/// <param name="MostClearAt">The most.</param>
public sealed record AlertBounds(AlertUnit Unit, int LeastRaiseAt, int MostRaiseAt, int LeastClearAt, int MostClearAt)
{
    /// <summary>The least seconds of a hold.</summary>
    public const int LeastHold = 5;

    /// <summary>The most.</summary>
    public const int MostHold = 1800;
}

/// <summary>What the thresholds of a kind count.</summary>
public enum AlertUnit
{
    /// <summary>The kind has none.</summary>
    None,

    /// <summary>Raised so many minutes after the bell.</summary>
    MinutesAfterBell,

    /// <summary>Raised with at most so many people; cleared with so many percent of the roll.</summary>
    PeopleThenPercent,

    /// <summary>Raised with more than so many people; cleared with at most so many.</summary>
    People,

    /// <summary>Raised and cleared with so many people more than are on the roll.</summary>
    PeopleOverRoll,

    /// <summary>Raised below, and cleared at, so many percent of the roll.</summary>
    PercentOfRoll,

    /// <summary>Raised at so many percent of the school's cameras, cleared below so many.</summary>
    PercentOfCameras,
}

/// <summary>The rules as delivered, and their bounds.</summary>
public static class AlertRules
{
    /// <summary>The rule as delivered.</summary>
    public static AlertRule Usual(AlertKind kind)
    {
        return kind switch
        {
            AlertKind.TeacherAbsent => Of(AlertSeverity.High, raiseAt: 5, clearAt: 0, hold: 60, clearHold: 10),
            AlertKind.RoomEmpty => Of(AlertSeverity.Medium, raiseAt: 2, clearAt: 30, hold: 300, clearHold: 30),
            AlertKind.UnplannedUse => Of(AlertSeverity.Info, raiseAt: 3, clearAt: 0, hold: 300, clearHold: 120),
            AlertKind.TooManyPeople => Of(AlertSeverity.Low, raiseAt: 5, clearAt: 2, hold: 300, clearHold: 180),
            AlertKind.TooFewPeople => Of(AlertSeverity.Low, raiseAt: 70, clearAt: 80, hold: 300, clearHold: 180),
            AlertKind.CameraLost => Of(AlertSeverity.Medium, raiseAt: 0, clearAt: 0, hold: 60, clearHold: 60),
            AlertKind.CameraMoved => Of(AlertSeverity.Info, raiseAt: 0, clearAt: 0, hold: 10, clearHold: 60),
            AlertKind.SchoolOffline => Of(AlertSeverity.High, raiseAt: 50, clearAt: 25, hold: 20, clearHold: 60),
            AlertKind.CameraDark or AlertKind.CameraCovered or AlertKind.CameraBlurred or AlertKind.CameraFrozen =>
                Of(AlertSeverity.Medium, raiseAt: 0, clearAt: 0, hold: 30, clearHold: 60),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind has no rule."),
        };

        AlertRule Of(AlertSeverity severity, int raiseAt, int clearAt, int hold, int clearHold) =>
            new(kind, Version: 0, IsOn: true, severity, raiseAt, clearAt, hold, clearHold);
    }

    /// <summary>What the numbers of a kind's rule may be.</summary>
    public static AlertBounds BoundsOf(AlertKind kind) => kind switch
    {
        AlertKind.TeacherAbsent => new AlertBounds(AlertUnit.MinutesAfterBell, 1, 30, 0, 0),
        AlertKind.RoomEmpty => new AlertBounds(AlertUnit.PeopleThenPercent, 0, 10, 10, 90),
        AlertKind.UnplannedUse => new AlertBounds(AlertUnit.People, 1, 40, 0, 39),
        AlertKind.TooManyPeople => new AlertBounds(AlertUnit.PeopleOverRoll, 2, 40, 0, 39),
        AlertKind.TooFewPeople => new AlertBounds(AlertUnit.PercentOfRoll, 10, 95, 11, 100),
        AlertKind.SchoolOffline => new AlertBounds(AlertUnit.PercentOfCameras, 20, 100, 5, 99),
        _ => new AlertBounds(AlertUnit.None, 0, 0, 0, 0),
    };

    /// <summary>Whether a rule can be followed: its numbers are within their bounds, and it cannot be raised and cleared at once.</summary>
    public static bool IsSound(AlertRule rule)
    {
        var bounds = BoundsOf(rule.Kind);
        return rule.RaiseAt >= bounds.LeastRaiseAt && rule.RaiseAt <= bounds.MostRaiseAt
            && rule.ClearAt >= bounds.LeastClearAt && rule.ClearAt <= bounds.MostClearAt
            && rule.HoldSeconds is >= AlertBounds.LeastHold and <= AlertBounds.MostHold
            && rule.ClearHoldSeconds is >= AlertBounds.LeastHold and <= AlertBounds.MostHold
            && Enum.IsDefined(rule.Severity)
            && bounds.Unit switch
            {
                AlertUnit.People or AlertUnit.PeopleOverRoll or AlertUnit.PercentOfCameras => rule.ClearAt < rule.RaiseAt,
                AlertUnit.PercentOfRoll => rule.ClearAt > rule.RaiseAt,
                _ => true,
            };
    }
}
