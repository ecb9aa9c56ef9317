using Microsoft.Extensions.Logging;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>
/// Shares the node's inference among its rooms. Each room has one slot in which the newest picture wins; rooms take turns,
/// visited ones first; when the node fills up, pictures are looked at less finely, and when it is full the sampling interval grows for all
/// alike and is part of every sample.
/// All members may be called from any thread.
/// </summary>
public sealed partial class AnalysisScheduler : IAsyncDisposable
{
    private static readonly TimeSpan BugPause = TimeSpan.FromSeconds(1);

    private readonly SchedulerOptions _options;
    private readonly ISampleSink _sink;
    private readonly ILogger<AnalysisScheduler> _logger;
    private readonly PictureQueue _queue;
    private readonly List<IPoseEstimator> _estimators = [];
    private readonly List<Task> _workers = [];

    /// <summary>Loads one estimator a worker and starts the workers.</summary>
    /// <param name="createEstimator">Called once a worker; what it throws is thrown on. The scheduler disposes what it made.</param>
    /// <param name="time">The clock of intervals and service times.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public AnalysisScheduler(
        SchedulerOptions options,
        Func<IPoseEstimator> createEstimator,
        ISampleSink sink,
        TimeProvider time,
        ILogger<AnalysisScheduler> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(createEstimator);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.MinimumInterval, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.TargetUtilisation, 0, nameof(options));
        _options = options;
        _sink = sink;
        _logger = logger;
        LoadEstimators(createEstimator);
        _queue = new PictureQueue(options, time);
        foreach (IPoseEstimator estimator in _estimators)
        {
            _workers.Add(Task.Factory.StartNew(
                () => Work(estimator), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }
    }

    public TimeSpan Interval => _queue.Interval;

    /// <summary>What has been done since the start, and the present plan.</summary>
    public SchedulerStatistics Statistics => _queue.Statistics;

    /// <summary>What may be asked of a room beside its samples. Outlives <see cref="Forget"/>.</summary>
    public RoomOrders Orders { get; } = new();

    /// <summary>
    /// Offers a room's newest picture; it replaces one that still waits. The scheduler owns the frame from here on,
    /// also after it was disposed. Never blocks.
    /// </summary>
    public void Submit(string roomId, RgbFrame frame)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        ArgumentNullException.ThrowIfNull(frame);
        _queue.Submit(roomId, frame);
    }

    /// <summary>Puts a room before the others, as while somebody visits it, or back among them. Outlives <see cref="Forget"/>.</summary>
    public void Prioritise(string roomId, bool first)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        _queue.Prioritise(roomId, first);
    }

    /// <summary>
    /// Drops a room's waiting picture and all that its pictures taught (seats, calibration), as when its camera has gone.
    /// A picture in hand gives no sample any more.
    /// </summary>
    public void Forget(string roomId)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        _queue.Forget(roomId);
    }

    /// <summary>Lets the workers finish the picture in hand, and drops the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Stop())
        {
            return;
        }

        await Task.WhenAll(_workers).ConfigureAwait(false);
        await _queue.DisposeAsync().ConfigureAwait(false);
        _estimators.ForEach(estimator => estimator.Dispose());
    }

    private void LoadEstimators(Func<IPoseEstimator> createEstimator)
    {
        try
        {
            while (_estimators.Count < _options.Workers)
            {
                _estimators.Add(createEstimator());
            }
        }
        catch
        {
            _estimators.ForEach(estimator => estimator.Dispose());
            throw;
        }
    }

    private void Work(IPoseEstimator estimator)
    {
        bool goesOn = true;
        while (goesOn)
        {
            try
            {
                goesOn = WorkOnce(estimator);
            }
            catch (Exception bug)
            {
                // Without this thread no room of the node would be looked at any more.
                LogWorkerFailed(bug);
                Thread.Sleep(BugPause);
            }
        }
    }

    private bool WorkOnce(IPoseEstimator estimator)
    {
        if (!_queue.Take(out RoomSlot? slot, out RgbFrame? frame, out TimeSpan begun, out TimeSpan interval, out Fineness fineness))
        {
            return false;
        }

        bool analysed = Analyse(estimator, slot, frame, interval, fineness);
        _queue.Done(slot, analysed, begun, fineness);
        return true;
    }

    /// <summary>One picture. Whatever goes wrong with it, in the model or in the sink, costs this picture only.</summary>
    private bool Analyse(IPoseEstimator estimator, RoomSlot slot, RgbFrame frame, TimeSpan interval, Fineness fineness)
    {
        try
        {
            using (frame)
            {
                Orders.Prepare(slot.RoomId, slot.Observer);
                BehaviourSample sample = slot.Look(estimator, frame, interval, fineness);
                Orders.Deliver(slot.RoomId, frame, sample);
                if (_queue.Holds(slot))
                {
                    _sink.OnSample(slot.RoomId, sample);
                    if (slot.Observer.NewSeatMap is { } map)
                    {
                        _sink.OnSeatMap(slot.RoomId, map);
                    }

                    if (Orders.TakeStill(slot.RoomId, sample))
                    {
                        _sink.OnStill(slot.RoomId, slot.MakeStill(frame));
                    }
                }
            }

            return true;
        }
        catch (Exception exception)
        {
            if (!slot.Failing)
            {
                LogPictureLost(exception, slot.RoomId);
            }

            return false;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error, Message = "A picture of room {RoomId} was lost in analysis; further losses in a row are only counted")]
    private partial void LogPictureLost(Exception exception, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "An analysis worker failed; it goes on")]
    private partial void LogWorkerFailed(Exception bug);
}
