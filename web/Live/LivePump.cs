using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Xunke.Actors.Live;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;

namespace Xunke.Web.Live;

/// <summary>
/// Sends one connection what it watches. At every tick it takes the newest view of each watched room that has changed
/// since it was last sent; it awaits each message until the connection has taken it. So a slow browser skips views and
/// costs one message of memory, however long it is slow.
/// </summary>
internal sealed partial class LivePump
{
    private readonly ILiveClient _client;
    private readonly LiveBoard _board;
    private readonly TimeProvider _time;
    private readonly TimeSpan _tick;
    private readonly TimeSpan _stall;
    private readonly long _spacing;
    private readonly Action _abort;
    private readonly ILogger _log;
    private readonly List<SharedView<RoomView>> _changed = [];
    private ImmutableDictionary<string, ImmutableArray<Watched<RoomView>>> _schools =
        ImmutableDictionary<string, ImmutableArray<Watched<RoomView>>>.Empty;
    private ImmutableDictionary<string, Watched<RoomView>> _rooms = ImmutableDictionary<string, Watched<RoomView>>.Empty;
    private Watched<DistrictView>? _district;
    private int _layout;
    private ImmutableDictionary<(Topic Topic, string Scope),
        StrongBox<long>> _followed = ImmutableDictionary<(Topic, string), StrongBox<long>>.Empty;

    /// <param name="client">The connection's end.</param>
    /// <param name="board">Where the views are.</param>
    /// <param name="settings">Section Live.</param>
    /// <param name="time">The clock.</param>
    /// <param name="abort">Cuts the connection.</param>
    /// <param name="log">Where it logs.</param>
    public LivePump(ILiveClient client, LiveBoard board, LiveSettings settings, TimeProvider time, Action abort, ILogger log)
    {
        (_client, _board, _time, _abort, _log) = (client, board, time, abort, log);
        _tick = TimeSpan.FromMilliseconds(settings.FlushMilliseconds);
        _stall = TimeSpan.FromSeconds(settings.StallSeconds);
        _spacing = (long)(settings.SpacingMilliseconds / 1000.0 * time.TimestampFrequency);
    }

    /// <summary>Views sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether the connection was cut because it took nothing any more.</summary>
    public bool HasStalled { get; private set; }

    /// <summary>Starts watching the district.</summary>
    /// <returns>Its newest view, or null before the first.</returns>
    public SharedView<DistrictView>? WatchDistrict()
    {
        var watched = new Watched<DistrictView>(_board.District);
        SharedView<DistrictView>? newest = watched.TakeSnapshot(_time.GetTimestamp(), _spacing);
        Volatile.Write(ref _district, watched);
        return newest;
    }

    /// <summary>Stops watching the district.</summary>
    public void UnwatchDistrict() => Volatile.Write(ref _district, null);

    /// <summary>Starts watching every room of a school that is on the books.</summary>
    /// <returns>The rooms' newest views.</returns>
    public IReadOnlyList<SharedView<RoomView>> WatchSchool(string schoolId)
    {
        long now = _time.GetTimestamp();
        ImmutableArray<Watched<RoomView>> watched = [.. _board.School(schoolId).Select(slot => new Watched<RoomView>(slot))];
        List<SharedView<RoomView>> snapshot = [.. watched.Select(room => room.TakeSnapshot(now, _spacing)).OfType<SharedView<RoomView>>()];
        ImmutableInterlocked.AddOrUpdate(ref _schools, schoolId, watched, (_, _) => watched);
        return snapshot;
    }

    /// <summary>Stops watching a school.</summary>
    public void UnwatchSchool(string schoolId) => ImmutableInterlocked.TryRemove(ref _schools, schoolId, out _);

    /// <summary>Starts watching a room that is on the books.</summary>
    /// <returns>Its newest view, or null before the first.</returns>
    public SharedView<RoomView>? WatchRoom(string roomId)
    {
        if (_board.FindRoom(roomId) is not { } slot)
        {
            return null;
        }

        var watched = new Watched<RoomView>(slot);
        SharedView<RoomView>? newest = watched.TakeSnapshot(_time.GetTimestamp(), _spacing);
        ImmutableInterlocked.AddOrUpdate(ref _rooms, roomId, watched, (_, _) => watched);
        return newest;
    }

    /// <summary>Stops watching a room.</summary>
    public void UnwatchRoom(string roomId) => ImmutableInterlocked.TryRemove(ref _rooms, roomId, out _);

    /// <summary>Starts to tell when something has changed. Its scope is on the books, which bounds what a connection can follow.</summary>
    public void Follow(Topic topic, string scope)
    {
        var told = new StrongBox<long>(_board.Changes.Count(topic, scope));
        ImmutableInterlocked.AddOrUpdate(ref _followed, (topic, scope), told, (_, _) => told);
    }

    /// <summary>Stops that.</summary>
    public void Unfollow(Topic topic, string scope) => ImmutableInterlocked.TryRemove(ref _followed, (topic, scope), out _);

    /// <summary>Runs until the connection ends.</summary>
    public async Task RunAsync(CancellationToken connectionAborted)
    {
        using var timer = new PeriodicTimer(_tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(connectionAborted))
            {
                await FlushAsync(connectionAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The browser has gone.
        }
        catch (TimeoutException)
        {
            HasStalled = true;
            LogStalled(_stall.TotalSeconds);
            _abort();
        }
        catch (Exception fault)
        {
            LogFault(fault);
            _abort();
        }
    }

    private async Task FlushAsync(CancellationToken connectionAborted)
    {
        TakeOverLayout();
        foreach ((string schoolId, ImmutableArray<Watched<RoomView>> rooms) in _schools)
        {
            long now = _time.GetTimestamp();
            _changed.Clear();
            foreach (Watched<RoomView> room in rooms)
            {
                if (room.TryTake(now, _spacing, out SharedView<RoomView>? view))
                {
                    _changed.Add(view);
                }
            }

            if (_changed.Count > 0)
            {
                await DeliverAsync(_client.Rooms(schoolId, _changed), _changed.Count, connectionAborted);
            }
        }

        foreach (Watched<RoomView> room in _rooms.Values)
        {
            if (room.TryTake(_time.GetTimestamp(), _spacing, out SharedView<RoomView>? view))
            {
                await DeliverAsync(_client.Room(view), 1, connectionAborted);
            }
        }

        if (Volatile.Read(ref _district) is { } district
            && district.TryTake(_time.GetTimestamp(), _spacing, out SharedView<DistrictView>? wall))
        {
            await DeliverAsync(_client.District(wall), 1, connectionAborted);
        }

        foreach (((Topic topic, string scope), StrongBox<long> told) in _followed)
        {
            if (_board.Changes.Count(topic, scope) is var count && count != told.Value)
            {
                told.Value = count;
                await DeliverAsync(_client.Changed(topic, scope), 0, connectionAborted);
            }
        }
    }

    /// <summary>A school that is watched has got rooms or lost some.</summary>
    private void TakeOverLayout()
    {
        if (_board.Layout == _layout)
        {
            return;
        }

        _layout = _board.Layout;
        foreach ((string schoolId, ImmutableArray<Watched<RoomView>> known) in _schools)
        {
            ImmutableArray<Watched<RoomView>> now =
                [.. _board.School(schoolId).Select(slot => known.FirstOrDefault(room => room.IsOf(slot)) ?? new Watched<RoomView>(slot))];
            // Unless the browser has turned to another school, or back, meanwhile.
            ImmutableInterlocked.TryUpdate(ref _schools, schoolId, now, known);
        }
    }

    private async ValueTask DeliverAsync(Task sending, int views, CancellationToken connectionAborted)
    {
        if (!sending.IsCompletedSuccessfully)
        {
            await sending.WaitAsync(_stall, _time, connectionAborted);
        }

        Sent += views;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A browser has taken nothing for {Seconds} s; its connection is cut")]
    private partial void LogStalled(double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection's pump failed; the connection is cut")]
    private partial void LogFault(Exception fault);
}
