using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>What the scheduler has done since it started, and its present plan.</summary>
/// <param name="ActiveRooms">Rooms that have sent a picture lately.</param>
/// <param name="Interval">The sampling interval in force.</param>
/// <param name="Fineness">How finely pictures are looked at now.</param>
/// <param name="ServiceTime">Smoothed time that one picture takes a worker; zero before the first.</param>
/// <param name="Analysed">Pictures that became samples.</param>
/// <param name="Replaced">Pictures dropped because a newer one of the same room came first.</param>
/// <param name="Failed">Pictures lost to an exception.</param>
public sealed record SchedulerStatistics(
    int ActiveRooms, TimeSpan Interval, Fineness Fineness, TimeSpan ServiceTime, long Analysed, long Replaced, long Failed);
