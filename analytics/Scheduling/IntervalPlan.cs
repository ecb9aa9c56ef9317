namespace Xunke.Analytics.Scheduling;

/// <summary>
/// How often each room can be looked at: as often as <see cref="SchedulerOptions.MinimumInterval"/>, or as the workers'
/// measured pace allows when that is less, for all rooms alike. Not thread-safe.
/// </summary>
internal sealed class IntervalPlan(SchedulerOptions options)
{
    /// <summary>Weight of the newest picture in the smoothed service time: about the last twenty count.</summary>
    private const double Smoothing = 0.1;

    /// <summary>The interval grows in steps, so that what is shown does not tremble.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public TimeSpan ServiceTime { get; private set; }

    public TimeSpan Interval { get; private set; } = options.MinimumInterval;

    public void Served(TimeSpan took, int activeRooms)
    {
        ServiceTime = ServiceTime == TimeSpan.Zero ? took : ServiceTime + Smoothing * (took - ServiceTime);
        TimeSpan needed = ServiceTime * activeRooms / (options.Workers * options.TargetUtilisation);
        Interval = needed <= options.MinimumInterval ? options.MinimumInterval : RoundUp(needed);
    }

    private static TimeSpan RoundUp(TimeSpan value) =>
        TimeSpan.FromTicks((value.Ticks + Step.Ticks - 1) / Step.Ticks * Step.Ticks);
}
