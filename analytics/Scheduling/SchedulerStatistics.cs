using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>What the scheduler has done since it started, and its present plan.</summary>
/// <param name="Replaced">Pictures dropped because a newer one of the same room came first.</param>
public sealed record SchedulerStatistics(
    int ActiveRooms, TimeSpan Interval, Fineness Fineness, TimeSpan ServiceTime, long Analysed, long Replaced, long Failed);
