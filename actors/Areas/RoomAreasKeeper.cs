using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Seats;

namespace Xunke.Actors.Areas;

/// <summary>Saves areas together with what else belongs to it: all of it is committed, or this throws and nothing is.</summary>
/// <param name="save">Saves them in the context that it is given, which has a transaction.</param>
public delegate Task AreasDeed(Func<RecordsContext, Task> save);

/// <summary>
/// Keeps the rooms' areas: what the analysis learns and what administrators draw, in memory and on record. Only what
/// is drawn has effect; it has it from a room's next look on. All members may be called from any thread.
/// </summary>
public sealed partial class RoomAreasKeeper : IAsyncDisposable
{
    /// <summary>Fewer of the newly learnt seats than this inside the area known so far: the camera hangs elsewhere now.</summary>
    private const double ShareWhereItWas = 0.5;

    private readonly StoredAreas _store;
    private readonly RoomOrders _orders;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<string>? _changed;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    // A room's newest map waits here: one a room at most, and none is lost. The channel only says that there is something.
    private readonly ConcurrentDictionary<string, SeatMap> _waiting = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // One change at a time, so that what is in force is what was written last.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Task _learning;

    internal RoomAreasKeeper(
        IDbContextFactory<RecordsContext> records, RoomOrders orders, TimeProvider time, ILogger<RoomAreasKeeper> logger,
        Action<string>? changed = null)
    {
        _changed = changed;
        _store = new StoredAreas(records);
        _orders = orders;
        _time = time;
        _logger = logger;
        _learning = Task.Run(KeepLearntAsync);
    }

    /// <summary>Reads what is kept and puts what was drawn in force.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read.</exception>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var (roomId, (learnt, version)) in await _store.LoadLearntAsync(cancellationToken).ConfigureAwait(false))
        {
            _known[roomId] = Of(roomId) with { Learnt = learnt, LearntVersion = version };
        }

        foreach (var (roomId, (drawn, version)) in await _store.LoadDrawnAsync(cancellationToken).ConfigureAwait(false))
        {
            _known[roomId] = Of(roomId) with { Drawn = drawn, DrawnVersion = version };
            _orders.SetAreas(roomId, drawn?.Areas);
        }
    }

    /// <summary>What is known of a room's areas.</summary>
    public RoomAreasState Find(string roomId)
    {
        var known = Of(roomId);
        return new RoomAreasState(roomId, known.Learnt, known.Drawn, known.DrawnVersion);
    }

    /// <summary>Puts drawn areas in force, on disk first.</summary>
    /// <param name="roomId">A room on the books.</param>
    /// <param name="areas">The areas; null to go without.</param>
    /// <param name="version">The version that the administrator saw.</param>
    /// <param name="by">The administrator's user name.</param>
    /// <param name="cancellationToken">Gives up before the write.</param>
    /// <param name="together">What it is written together with; null for nothing.</param>
    /// <exception cref="StaleStateException">Somebody has drawn since; nothing was changed.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public async Task<RoomAreasState> DrawAsync(
        string roomId, RoomAreas? areas, long version, string by, CancellationToken cancellationToken = default, AreasDeed? together = null)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var drawn = areas is null ? null : new DrawnAreas(areas, by, _time.GetUtcNow());
            var saved = await WriteAsync(
                together, context => _store.SaveAsync(roomId, drawn, version, context)).ConfigureAwait(false);
            _known[roomId] = Of(roomId) with { Drawn = drawn, DrawnVersion = saved };
            _orders.SetAreas(roomId, areas);
            _changed?.Invoke(roomId);
            return Find(roomId);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets what was learnt of a room; it is learnt again from its next minutes. What was drawn stays in force.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be written.</exception>
    public async Task<RoomAreasState> RelearnAsync(
        string roomId, CancellationToken cancellationToken = default, AreasDeed? together = null)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SaveLearntAsync(roomId, null, together).ConfigureAwait(false);
            _waiting.TryRemove(roomId, out _);
            _orders.Relearn(roomId);
            return Find(roomId);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes a map that the analysis has drawn; returns at once.</summary>
    internal void Learnt(string roomId, SeatMap map)
    {
        _waiting[roomId] = map;
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Keeps the maps that wait, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _signal.Writer.TryComplete();
        await _learning.ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task KeepLearntAsync()
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            foreach (var roomId in _waiting.Keys)
            {
                await KeepLearntAsync(roomId).ConfigureAwait(false);
            }
        }
    }

    private async Task KeepLearntAsync(string roomId)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_waiting.TryRemove(roomId, out var map) && Accept(Of(roomId).Learnt, map, _time.GetUtcNow()) is { } learnt)
            {
                await SaveLearntAsync(roomId, learnt, together: null).ConfigureAwait(false);
                LogLearnt(roomId, learnt.Seats.Length, learnt.Settled, map.CameraMoved);
            }
        }
        catch (Exception fault)
        {
            // Whatever it was, the other rooms' seats are kept, and this room's next ones.
            LogNotKept(fault, roomId);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// What a new map makes of what is known; null where that stays. A room that was learnt once changes no more, unless its
    /// camera was moved or a fuller class shows more of its seats.
    /// </summary>
    private static LearntAreas? Accept(LearntAreas? known, SeatMap map, DateTimeOffset now)
    {
        var elsewhere = known is not null && map.Settled
            && map.Seats.Count(seat => known.Areas.IsAmongPupils(seat.X, seat.Y)) < ShareWhereItWas * map.Seats.Length;
        var moved = known is not null && (map.CameraMoved || elsewhere);
        var fuller = map.Settled && map.Seats.Length > known?.Seats.Length;
        return known is { Settled: true } && !moved && !fuller
            ? null
            : new LearntAreas(map.Areas, map.Seats, map.Settled, now, moved ? now : known?.MovedAt);
    }

    private async Task SaveLearntAsync(string roomId, LearntAreas? learnt, AreasDeed? together)
    {
        var version = Of(roomId).LearntVersion;
        try
        {
            version = await SaveAsync(version).ConfigureAwait(false);
        }
        catch (StaleStateException)
        {
            // Another node has watched the room in the meantime. What this one sees now is newer.
            var rows = await _store.LoadLearntAsync(CancellationToken.None).ConfigureAwait(false);
            version = await SaveAsync(rows[roomId].Version).ConfigureAwait(false);
        }

        _known[roomId] = Of(roomId) with { Learnt = learnt, LearntVersion = version };
        _changed?.Invoke(roomId);

        Task<long> SaveAsync(long over) =>
            WriteAsync(together, context => _store.SaveAsync(roomId, learnt, over, context));
    }

    // Once begun, a write is finished whatever becomes of who asked for it: memory must know what is on disk.
    private static async Task<long> WriteAsync(AreasDeed? together, Func<RecordsContext?, Task<long>> save)
    {
        if (together is null)
        {
            return await save(null).ConfigureAwait(false);
        }

        long saved = 0;
        await together(async context => saved = await save(context).ConfigureAwait(false)).ConfigureAwait(false);
        return saved;
    }

    private Known Of(string roomId) => _known.GetValueOrDefault(roomId) ?? Known.Nothing;

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: {Seats} seats learnt (settled {Settled}, camera moved {Moved})")]
    private partial void LogLearnt(string roomId, int seats, bool settled, bool moved);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId}: the learnt seats could not be kept")]
    private partial void LogNotKept(Exception fault, string roomId);

    private sealed record Known(LearntAreas? Learnt, long LearntVersion, DrawnAreas? Drawn, long DrawnVersion)
    {
        public static Known Nothing { get; } = new(null, 0, null, 0);
    }
}
