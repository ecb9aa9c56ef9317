using Xunke.Actors.Live;
using Xunke.Analytics.Indices;

namespace Xunke.Actors.Schools;

/// <summary>Adds up the rooms of a school.</summary>
internal static class SchoolSum
{
    /// <summary>The school's view of these rooms.</summary>
    public static SchoolView Of(string schoolId, long sequence, DateTimeOffset at, IReadOnlyCollection<RoomView> rooms)
    {
        int live = 0, stalled = 0, resting = 0, people = 0, hands = 0, samples = 0, window = 0;
        double headsUp = 0, expected = 0;
        foreach (var room in rooms)
        {
            stalled += room.State == ClassroomState.Stalled ? 1 : 0;
            resting += room.State == ClassroomState.Resting ? 1 : 0;
            if (room.State != ClassroomState.Live)
            {
                continue;
            }

            live++;
            people += room.People;
            hands += room.HandsRaised;
            var rate = room.HeadUpRate;
            if (rate.Value is { } value && rate.Coverage > 0)
            {
                samples += rate.Samples;
                headsUp += value * rate.Samples;
                expected += rate.Samples / rate.Coverage;
                window = Math.Max(window, rate.WindowSeconds);
            }
        }

        var headUpRate = new Figure(
            samples > 0 ? headsUp / samples : null, samples, expected > 0 ? samples / expected : 0, window, IndexWindow.HeadUpFormula);
        return new SchoolView(schoolId, sequence, at, rooms.Count, live, stalled, resting, people, hands, headUpRate);
    }
}
