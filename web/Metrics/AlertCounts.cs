using Xunke.Actors.Alerts;

namespace Xunke.Web.Metrics;

/// <summary>How many alerts were raised and cleared since the start, by kind. Callable from any thread.</summary>
internal sealed class AlertCounts
{
    private readonly long[] _raised = new long[AlertKinds.All.Count];
    private readonly long[] _cleared = new long[AlertKinds.All.Count];

    /// <summary>How many were raised, or came back.</summary>
    public long Raised(AlertKind kind) => Interlocked.Read(ref _raised[(int)kind]);

    /// <summary>How many were cleared.</summary>
    public long Cleared(AlertKind kind) => Interlocked.Read(ref _cleared[(int)kind]);

    /// <summary>Counts one.</summary>
    public void Add(AlertChange change) => Interlocked.Increment(ref (change.IsRaised ? _raised : _cleared)[(int)change.Place.Kind]);
}
