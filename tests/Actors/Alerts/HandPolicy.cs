using Xunke.Actors.Alerts;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>Rules and silences that a test sets.</summary>
internal sealed class HandPolicy : IAlertPolicy
{
    public Dictionary<AlertKind, AlertRule> Rules { get; } = AlertKinds.All.ToDictionary(kind => kind, AlertRules.Usual);

    public List<AlertSilence> Silences { get; } = [];

    public HashSet<string> Elsewhere { get; } = ["pe"];

    public AlertRule RuleOf(AlertKind kind) => Rules[kind];

    public bool IsSilenced(AlertPlace place, DateTimeOffset at) => Silences.Any(silence => silence.Holds(place, at));

    public bool IsElsewhere(string subjectId) => Elsewhere.Contains(subjectId);
}
