using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>
/// How finely and how often each room can be looked at: finely and as often as <see cref="SchedulerOptions.MinimumInterval"/> while the
/// workers' measured pace allows it; coarsely when that is what it takes to look as often; and more rarely when not even that does. For
/// all rooms alike. Not thread-safe.
/// </summary>
internal sealed class IntervalPlan(SchedulerOptions options)
{
    /// <summary>Weight of the newest picture in the smoothed service time: about the last twenty count.</summary>
    private const double Smoothing = 0.1;

    /// <summary>What a fine look costs over a coarse one, at most; 1.50 to 1.57 were measured (docs/benchmarks.md, "rooms").</summary>
    private const double FineOverCoarse = 1.6;

    /// <summary>Fine looks are taken up again only where they would leave some time, or the plan would sway to and fro.</summary>
    private const double Comfort = 0.9;

    /// <summary>The interval grows in steps, so that what is shown does not tremble.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public TimeSpan ServiceTime { get; private set; }

    public TimeSpan Interval { get; private set; } = options.MinimumInterval;

    public Fineness Fineness { get; private set; }

    public void Served(TimeSpan took, Fineness fineness, int activeRooms)
    {
        if (fineness != Fineness)
        {
            return;
        }

        ServiceTime = ServiceTime == TimeSpan.Zero ? took : ServiceTime + Smoothing * (took - ServiceTime);
        TimeSpan needed = Needed();
        if (Fineness == Fineness.Fine && needed > options.MinimumInterval)
        {
            Change(Fineness.Coarse, 1 / FineOverCoarse);
        }
        else if (Fineness == Fineness.Coarse && needed * FineOverCoarse <= options.MinimumInterval * Comfort)
        {
            Change(Fineness.Fine, FineOverCoarse);
        }

        Interval = needed <= options.MinimumInterval ? options.MinimumInterval : RoundUp(needed);

        TimeSpan Needed() => ServiceTime * activeRooms / (options.Workers * options.TargetUtilisation);

        void Change(Fineness to, double cost)
        {
            Fineness = to;
            ServiceTime *= cost;
            needed = Needed();
        }
    }

    private static TimeSpan RoundUp(TimeSpan value) =>
        TimeSpan.FromTicks((value.Ticks + Step.Ticks - 1) / Step.Ticks * Step.Ticks);
}
