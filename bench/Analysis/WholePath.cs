using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Models;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;

namespace Xunke.Bench.Analysis;

/// <summary>
/// Ours: pictures of several rooms are submitted to the scheduler and come out as samples of behaviours. Each room always
/// has a picture waiting, so the one worker never rests.
/// </summary>
internal sealed class WholePath : ISampleSink, IAsyncDisposable
{
    private const int Rooms = 8;

    /// <summary>
    /// More than the worker has. The scheduler's plan spaces pictures so that a node keeps time to spare, and after a slow
    /// spell the worker would rest; what is asked here is what the path costs, so no picture is to wait for its time.
    /// </summary>
    private const double Utilisation = 4;

    private readonly Clip _clip;
    private readonly AnalysisScheduler _scheduler;
    private readonly TimedEstimator _estimator;
    private readonly Lock _gate = new();
    private TaskCompletionSource _done = new();
    private int _submitted;
    private int _wanted;
    private int _seen;

    /// <summary>Loads the models and starts the scheduler with one worker.</summary>
    public WholePath(Clip clip, ModelFiles files, PoseEstimatorOptions options)
    {
        _clip = clip;
        _estimator = new TimedEstimator(PoseEstimator.Load(files, options));
        _scheduler = new AnalysisScheduler(
            new SchedulerOptions { Workers = 1, MinimumInterval = TimeSpan.FromMilliseconds(1), TargetUtilisation = Utilisation },
            () => _estimator, this, TimeProvider.System, NullLogger<AnalysisScheduler>.Instance);
    }

    /// <summary>What each picture of the last run took.</summary>
    public IReadOnlyList<EstimateTimes> Times => _estimator.Times;

    /// <summary>Analyses so many pictures.</summary>
    public async Task RunAsync(int pictures, CancellationToken cancellationToken)
    {
        _estimator.Times.Clear();
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_submitted, _seen, _wanted) = (0, 0, pictures);
        for (int room = 0; room < Rooms; room++)
        {
            SubmitNext($"room-{room}");
        }

        await _done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void OnSample(string roomId, BehaviourSample sample)
    {
        SubmitNext(roomId);
        if (Interlocked.Increment(ref _seen) == _wanted)
        {
            _done.TrySetResult();
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();

    private void SubmitNext(string roomId)
    {
        int index;
        lock (_gate)
        {
            if (_submitted == _wanted)
            {
                return;
            }

            index = _submitted++;
        }

        _scheduler.Submit(roomId, _clip.Frame(index, DateTimeOffset.UtcNow));
    }

    private sealed class TimedEstimator(PoseEstimator inner) : IPoseEstimator
    {
        public List<EstimateTimes> Times { get; } = [];

        public IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine)
        {
            IReadOnlyList<Pose> poses = inner.Estimate(frame, rows, Fineness.Fine);
            Times.Add(inner.LastTimes);
            return poses;
        }

        public void Dispose() => inner.Dispose();
    }
}
