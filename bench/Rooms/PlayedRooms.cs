using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Models;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Bench.Analysis;

namespace Xunke.Bench.Rooms;

/// <summary>
/// Rooms that each play a clip again and again, one picture a second by the pictures' own clock, through the real scheduler.
/// Each room's next picture waits as soon as its last one was analysed, so the workers never rest.
/// </summary>
internal sealed class PlayedRooms : ISampleSink, IAsyncDisposable
{
    /// <summary>More than the workers have, so that the plan spaces no pictures: what is asked is what a sample costs.</summary>
    private const double Utilisation = 100;

    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly Dictionary<string, Room> _rooms;
    private readonly AnalysisScheduler _scheduler;
    private TaskCompletionSource _done = new();
    private int _left;
    private int _wanted;

    /// <summary>Loads the models and starts the scheduler.</summary>
    /// <param name="clips">What each room plays.</param>
    /// <param name="workers">Inference threads.</param>
    /// <param name="files">The models.</param>
    /// <param name="fineness">How finely to look, whatever the scheduler says.</param>
    public PlayedRooms(IReadOnlyList<Clip> clips, int workers, ModelFiles files, Fineness fineness)
    {
        _rooms = Enumerable.Range(0, clips.Count).ToDictionary(i => $"room-{i}", i => new Room(clips[i], i * clips[i].Count / clips.Count));
        _scheduler = new AnalysisScheduler(
            new SchedulerOptions { Workers = workers, MinimumInterval = TimeSpan.FromMilliseconds(1), TargetUtilisation = Utilisation },
            () => new PinnedEstimator(PoseEstimator.Load(files), fineness), this, TimeProvider.System,
            NullLogger<AnalysisScheduler>.Instance);
    }

    /// <summary>Pictures lost to an exception; a bench in which any are is worth nothing.</summary>
    public long Failed => _scheduler.Statistics.Failed;

    /// <summary>Plays so many more seconds in every room.</summary>
    public async Task PlayAsync(int seconds, CancellationToken cancellationToken)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted += seconds;
        _left = _rooms.Count;
        foreach (string id in _rooms.Keys)
        {
            SubmitNext(id);
        }

        await _done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void OnSample(string roomId, BehaviourSample sample) => SubmitNext(roomId);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();

    private void SubmitNext(string id)
    {
        Room room = _rooms[id];
        if (room.Played < _wanted)
        {
            int second = room.Played++;
            _scheduler.Submit(id, room.Clip.Frame(room.First + second, Start.AddSeconds(second)));
        }
        else if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.TrySetResult();
        }
    }

    private sealed class PinnedEstimator(PoseEstimator inner, Fineness pinned) : IPoseEstimator
    {
        public IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine) =>
            inner.Estimate(frame, rows, pinned);

        public void Dispose() => inner.Dispose();
    }

    /// <summary>Touched by one thread at a time: the scheduler never has a room in two hands.</summary>
    private sealed class Room(Clip clip, int first)
    {
        public Clip Clip { get; } = clip;

        public int First { get; } = first;

        public int Played { get; set; }
    }
}
