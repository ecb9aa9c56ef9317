using Xunke.Actors.Timetable;

namespace Xunke.Actors.Alerts;

/// <summary>Tells a school's lost network or power from single cameras: many are lost within seconds of each other.</summary>
internal static class SchoolOutage
{
    /// <summary>Fewer cameras are no school.</summary>
    private const int FewestCameras = 3;

    /// <summary>What a cut takes until every room has noticed it.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(15);

    /// <summary>What is seen of the condition, and of how many cameras how many are lost.</summary>
    public static (Reading Reading, int Lost, int Cameras) Read(
        AlertRule rule, IReadOnlyCollection<RoomWatch> rooms, RoomPlan? plan, DateTimeOffset at, bool isInGrace)
    {
        int lost = 0, cameras = 0;
        foreach (var room in rooms)
        {
            cameras += room.HadCamera ? 1 : 0;
            lost += room.IsLost ? 1 : 0;
        }

        if (!rule.IsOn)
        {
            return (Reading.Meaningless, lost, cameras);
        }

        var reading = lost * 100 < cameras * rule.ClearAt || lost == 0 ? Reading.Clear
            : isInGrace || lost < FewestCameras || lost * 100 < cameras * rule.RaiseAt || !RoomSituation.IsIn(plan, at) ? Reading.Unclear
            : AtOnce(rooms) * 100 >= cameras * rule.RaiseAt ? Reading.Raise
            : Reading.Unclear;
        return (reading, lost, cameras);
    }

    /// <summary>The most that were lost within a few seconds of each other; asked only where many are lost.</summary>
    private static int AtOnce(IReadOnlyCollection<RoomWatch> rooms)
    {
        DateTimeOffset[] lost = [.. rooms.Where(room => room.IsLost).Select(room => room.Glance.StateSince).Order()];
        var most = 0;
        for (int first = 0, last = 0; last < lost.Length; last++)
        {
            while (lost[last] - lost[first] > Together)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
