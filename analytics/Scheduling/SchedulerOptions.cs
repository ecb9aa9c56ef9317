namespace Xunke.Analytics.Scheduling;

public sealed record SchedulerOptions
{
    /// <summary>Inference threads, each with an estimator of its own; at least 1. About one a core.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The shortest sampling interval of a room; it is in force while the node has time to spare. Above zero.</summary>
    public TimeSpan MinimumInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The share of the workers' time that the plan fills, 0 to 1; the rest absorbs jitter and leaves the cores
    /// to decoding and forwarding.
    /// </summary>
    public double TargetUtilisation { get; init; } = 0.9;

    /// <summary>A room without a picture for this long does not count in the plan. Its state is kept until it is forgotten.</summary>
    public TimeSpan ActiveFor { get; init; } = TimeSpan.FromSeconds(10);
}
