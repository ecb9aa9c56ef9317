using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Web;

/// <summary>Views as the actors make them.</summary>
internal static class Views
{
    private static readonly Figure Nothing = new(null, 0, 0, 60, "head-up-rate/1");

    public static RoomView Room(string roomId, long sequence, int people = 30) => new(
        roomId, roomId[..3], sequence, DateTimeOffset.UtcNow, ClassroomState.Live, DateTimeOffset.UnixEpoch, null, false, 1000,
        40, people, 1, 0, people - 1, 0, 0, 0, TeacherPlace.Front, Nothing, Nothing, 1.7,
        [.. Enumerable.Range(0, people).Select(seat => new PoseView(seat, Behaviour.HeadUp, 100, [.. Enumerable.Repeat(500, 26)]))]);

    public static DistrictView District(long sequence) => new(sequence, DateTimeOffset.UtcNow, ImmutableArray<SchoolView>.Empty);
}
