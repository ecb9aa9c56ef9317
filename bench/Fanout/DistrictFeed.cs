using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Bench.Fanout;

/// <summary>
/// Publishes every room once a second, spread evenly over the second, and the district once a second, as the actors do:
/// classes of 24 to 40, every joint moving a little from view to view.
/// </summary>
/// <param name="rooms">The rooms, each with its school.</param>
/// <param name="sink">Where the views go.</param>
internal sealed class DistrictFeed(IReadOnlyList<(string RoomId, string SchoolId)> rooms, ILiveViewSink sink)
{
    private const int Variants = 4;

    // Above whatever the actors of the same server have numbered.
    private const long FirstSequence = 1L << 60;

    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);

    private readonly ImmutableArray<ImmutableArray<PoseView>> _poses = MakePoses();

    /// <summary>Publishes until told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Slice);
        long started = TimeProvider.System.GetTimestamp();
        long published = 0, districts = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            // By the clock, not by the tick: a late timer must not lower the rate.
            double elapsed = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            for (long due = (long)(elapsed * rooms.Count); published < due; published++)
            {
                sink.Publish(MakeRoom((int)(published % rooms.Count), published / rooms.Count));
            }

            if (districts < (long)elapsed)
            {
                sink.Publish(MakeDistrict(++districts));
            }

            await ((Task)timer.WaitForNextTickAsync(cancellationToken).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private RoomView MakeRoom(int index, long second)
    {
        ImmutableArray<PoseView> poses = _poses[(int)((index * Variants) + (second % Variants)) % _poses.Length];
        int people = poses.Length;
        return new RoomView(
            rooms[index].RoomId, rooms[index].SchoolId, FirstSequence + second, DateTimeOffset.UtcNow,
            ClassroomState.Live, DateTimeOffset.UnixEpoch,
            null, false, 1000, 40, people, 2, 1, people - 8, 4, 0, 1, TeacherPlace.Front,
            new Figure(0.8125, 1800, 0.92, 60, "head-up-rate/1"), new Figure(0.3125, 1800, 0.92, 60, "participation/1"), 1.733, poses);
    }

    private DistrictView MakeDistrict(long second)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new DistrictView(FirstSequence + second, now,
        [
            .. rooms.GroupBy(room => room.SchoolId).Select(school => new SchoolView(
                school.Key, FirstSequence + second, now, school.Count(), school.Count(), 0, 0, school.Count() * 32, school.Count() * 2,
                new Figure(0.8125, 55_800, 0.92, 60, "head-up-rate/1"))),
        ]);
    }

    private static ImmutableArray<ImmutableArray<PoseView>> MakePoses()
    {
        var random = new Random(965);
        var classes = ImmutableArray.CreateBuilder<ImmutableArray<PoseView>>();
        for (int people = 24; people <= 40; people++)
        {
            for (int variant = 0; variant < Variants; variant++)
            {
                classes.Add([.. Enumerable.Range(0, people).Select(seat => new PoseView(
                    seat, (Behaviour)random.Next(5), random.Next(60, 101), [.. Enumerable.Range(0, 26).Select(_ => random.Next(1000))]))]);
            }
        }

        return classes.ToImmutable();
    }
}
