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
    /// <summary>A picture that comes this much of an interval early is taken, not held: sources jitter around their rate.</summary>
    private const double EarlyShare = 0.1;

    private static readonly TimeSpan BugPause = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly SchedulerOptions _options;
    private readonly ISampleSink _sink;
    private readonly TimeProvider _time;
    private readonly ILogger<AnalysisScheduler> _logger;
    private readonly SlotRota _rota = new();
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly RoomOrders _orders = new();
    private readonly IntervalPlan _plan;
    private readonly ITimer _wake;
    private readonly long _started;
    private readonly List<IPoseEstimator> _estimators = [];
    private readonly List<Task> _workers = [];
    private long _analysed;
    private long _replaced;
    private long _failed;
    private bool _stopping;

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
        _time = time;
        _logger = logger;
        _plan = new IntervalPlan(options);
        _started = time.GetTimestamp();
        LoadEstimators(createEstimator);
        _wake = time.CreateTimer(_ => WakeWorkers(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (IPoseEstimator estimator in _estimators)
        {
            _workers.Add(Task.Factory.StartNew(
                () => Work(estimator), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }
    }

    public TimeSpan Interval
    {
        get
        {
            lock (_gate)
            {
                return _plan.Interval;
            }
        }
    }

    /// <summary>What has been done since the start, and the present plan.</summary>
    public SchedulerStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new SchedulerStatistics(
                    ActiveRooms(), _visited.Count, _plan.Interval, _plan.Fineness, _plan.ServiceTime, _analysed, _replaced, _failed);
            }
        }
    }

    /// <summary>What may be asked of a room beside its samples. Outlives <see cref="Forget"/>.</summary>
    public RoomOrders Orders => _orders;

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>
    /// Offers a room's newest picture; it replaces one that still waits. The scheduler owns the frame from here on,
    /// also after it was disposed. Never blocks.
    /// </summary>
    public void Submit(string roomId, RgbFrame frame)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        ArgumentNullException.ThrowIfNull(frame);
        RgbFrame? dropped;
        lock (_gate)
        {
            if (_stopping)
            {
                dropped = frame;
            }
            else
            {
                RoomSlot slot = _rota.Find(roomId) ?? AddSlot(roomId);
                dropped = slot.Waiting;
                slot.Waiting = frame;
                slot.LastSubmitted = Now;
                _replaced += dropped is null ? 0 : 1;
                Monitor.Pulse(_gate);
            }
        }

        dropped?.Dispose();
    }

    /// <summary>Puts a room before the others, as while somebody visits it, or back among them. Outlives <see cref="Forget"/>.</summary>
    public void Prioritise(string roomId, bool first)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        lock (_gate)
        {
            _ = first ? _visited.Add(roomId) : _visited.Remove(roomId);
            if (_rota.Find(roomId) is { } slot)
            {
                slot.Visited = first;
            }
        }
    }

    /// <summary>
    /// Drops a room's waiting picture and all that its pictures taught (seats, calibration), as when its camera has gone.
    /// A picture in hand gives no sample any more.
    /// </summary>
    public void Forget(string roomId)
    {
        ArgumentException.ThrowIfNullOrEmpty(roomId);
        RgbFrame? dropped = null;
        lock (_gate)
        {
            if (_rota.Find(roomId) is { } slot)
            {
                _rota.Remove(slot);
                dropped = slot.Waiting;
                slot.Waiting = null;
            }
        }

        dropped?.Dispose();
    }

    /// <summary>Lets the workers finish the picture in hand, and drops the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        await Task.WhenAll(_workers).ConfigureAwait(false);
        await _wake.DisposeAsync().ConfigureAwait(false);
        foreach (RoomSlot slot in _rota.All)
        {
            slot.Waiting?.Dispose();
        }

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

    private RoomSlot AddSlot(string roomId)
    {
        var slot = new RoomSlot(roomId, new RoomObserver()) { Due = Now, Visited = _visited.Contains(roomId) };
        _rota.Add(slot);
        return slot;
    }

    private int ActiveRooms() => _rota.ActiveSince(Now - _options.ActiveFor);

    private void WakeWorkers()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
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
        if (!Take(out RoomSlot? slot, out RgbFrame? frame, out TimeSpan interval, out Fineness fineness))
        {
            return false;
        }

        TimeSpan begun = Now;
        bool analysed = Analyse(estimator, slot, frame, interval, fineness);
        lock (_gate)
        {
            slot.InHand = false;
            slot.Failing = !analysed;
            _ = analysed ? _analysed++ : _failed++;
            _plan.Served(Now - begun, fineness, ActiveRooms());
        }

        return true;
    }

    /// <summary>Waits for a room whose turn it is; false when the scheduler stops.</summary>
    private bool Take(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RoomSlot? slot,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RgbFrame? frame,
        out TimeSpan interval,
        out Fineness fineness)
    {
        lock (_gate)
        {
            while (!_stopping)
            {
                TimeSpan now = Now;
                (interval, fineness) = (_plan.Interval, _plan.Fineness);
                slot = _rota.Next(now, interval);
                if (slot is { Waiting: { } waiting })
                {
                    frame = waiting;
                    slot.Waiting = null;
                    slot.InHand = true;
                    slot.Due = now + interval * (1 - EarlyShare);
                    return true;
                }

                if (_rota.NextDue() is { } due)
                {
                    _wake.Change(TimeSpan.FromMilliseconds(Math.Ceiling((due - now).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                }

                Monitor.Wait(_gate);
            }
        }

        (slot, frame, interval, fineness) = (null, null, default, default);
        return false;
    }

    /// <summary>One picture. Whatever goes wrong with it, in the model or in the sink, costs this picture only.</summary>
    private bool Analyse(IPoseEstimator estimator, RoomSlot slot, RgbFrame frame, TimeSpan interval, Fineness fineness)
    {
        try
        {
            using (frame)
            {
                _orders.Prepare(slot.RoomId, slot.Observer);
                BehaviourSample sample = slot.Look(estimator, frame, interval, fineness);
                _orders.Deliver(slot.RoomId, frame, sample);
                if (IsCurrent(slot))
                {
                    _sink.OnSample(slot.RoomId, sample);
                    if (slot.Observer.NewSeatMap is { } map)
                    {
                        _sink.OnSeatMap(slot.RoomId, map);
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

    private bool IsCurrent(RoomSlot slot)
    {
        lock (_gate)
        {
            return _rota.Holds(slot);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A picture of room {RoomId} was lost in analysis; further losses in a row are only counted")]
    private partial void LogPictureLost(Exception exception, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "An analysis worker failed; it goes on")]
    private partial void LogWorkerFailed(Exception bug);
}
