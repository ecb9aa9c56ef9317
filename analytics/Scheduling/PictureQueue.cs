using System.Diagnostics.CodeAnalysis;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Scheduling;

/// <summary>
/// The pictures that wait, at most one a room, and whose turn it is. All members may be called from any thread.
/// </summary>
internal sealed class PictureQueue : IAsyncDisposable
{
    /// <summary>A picture that comes this much of an interval early is taken, not held: sources jitter around their rate.</summary>
    private const double EarlyShare = 0.1;

    private readonly object _gate = new();
    private readonly SchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly SlotRota _rota = new();
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly IntervalPlan _plan;
    private readonly ITimer _wake;
    private readonly long _started;
    private long _analysed;
    private long _replaced;
    private long _failed;
    private bool _stopping;

    public PictureQueue(SchedulerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _plan = new IntervalPlan(options);
        _started = time.GetTimestamp();
        _wake = time.CreateTimer(_ => WakeWorkers(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

    /// <inheritdoc cref="AnalysisScheduler.Statistics"/>
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

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <inheritdoc cref="AnalysisScheduler.Submit"/>
    public void Submit(string roomId, RgbFrame frame)
    {
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

    /// <inheritdoc cref="AnalysisScheduler.Prioritise"/>
    public void Prioritise(string roomId, bool first)
    {
        lock (_gate)
        {
            _ = first ? _visited.Add(roomId) : _visited.Remove(roomId);
            if (_rota.Find(roomId) is { } slot)
            {
                slot.Visited = first;
            }
        }
    }

    /// <inheritdoc cref="AnalysisScheduler.Forget"/>
    public void Forget(string roomId)
    {
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

    /// <summary>Waits for a room whose turn it is; false when the queue stops.</summary>
    public bool Take(
        [NotNullWhen(true)] out RoomSlot? slot,
        [NotNullWhen(true)] out RgbFrame? frame,
        out TimeSpan begun,
        out TimeSpan interval,
        out Fineness fineness)
    {
        lock (_gate)
        {
            while (!_stopping)
            {
                begun = Now;
                (interval, fineness) = (_plan.Interval, _plan.Fineness);
                slot = _rota.Next(begun, interval);
                if (slot is { Waiting: { } waiting })
                {
                    frame = waiting;
                    slot.Waiting = null;
                    slot.InHand = true;
                    slot.Due = begun + interval * (1 - EarlyShare);
                    return true;
                }

                if (_rota.NextDue() is { } due)
                {
                    _wake.Change(TimeSpan.FromMilliseconds(Math.Ceiling((due - begun).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                }

                Monitor.Wait(_gate);
            }
        }

        (slot, frame, begun, interval, fineness) = (null, null, default, default, default);
        return false;
    }

    /// <summary>A picture that was taken has been looked at.</summary>
    public void Done(RoomSlot slot, bool analysed, TimeSpan begun, Fineness fineness)
    {
        lock (_gate)
        {
            slot.InHand = false;
            slot.Failing = !analysed;
            _ = analysed ? _analysed++ : _failed++;
            _plan.Served(Now - begun, fineness, ActiveRooms());
        }
    }

    /// <summary>Whether a room has not been forgotten since its picture was taken.</summary>
    public bool Holds(RoomSlot slot)
    {
        lock (_gate)
        {
            return _rota.Holds(slot);
        }
    }

    /// <returns>False when it has been stopped before.</returns>
    public bool Stop()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return false;
            }

            _stopping = true;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _wake.DisposeAsync().ConfigureAwait(false);
        foreach (RoomSlot slot in _rota.All)
        {
            slot.Waiting?.Dispose();
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
}
