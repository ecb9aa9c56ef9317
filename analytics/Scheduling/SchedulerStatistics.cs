using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>What the scheduler has done since it started, and its present plan.</summary>
/// <param name="VisitedRooms">Rooms whose pictures are analysed before others.</param>
/// <param name="Replaced">Pictures dropped because a newer one of the same room came first.</param>
public sealed record SchedulerStatistics(
    int ActiveRooms, int VisitedRooms, TimeSpan Interval, Fineness Fineness, TimeSpan ServiceTime,
    long Analysed, long Replaced, long Failed);
