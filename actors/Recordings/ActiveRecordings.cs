using System.Collections.Concurrent;
using Xunke.Streaming.Recording;

namespace Xunke.Actors.Recordings;

/// <summary>A recording that lasts.</summary>
/// <param name="Record">As it was begun.</param>
/// <param name="Room">What records.</param>
public sealed record ActiveRecording(Recording Record, RoomRecording Room);

/// <summary>The recordings of this node that last: one a room at most. All members may be called from any thread.</summary>
/// <param name="changed">Hears of each room where one has begun or ended; must return at once.</param>
public sealed class ActiveRecordings(Action<string>? changed = null)
{
    private readonly ConcurrentDictionary<string, ActiveRecording> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _unfinished = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IEnumerable<ActiveRecording> All => _rooms.Values;

    /// <summary>The rooms whose recording lasts, or has ended and is not wholly on record.</summary>
    public IReadOnlyCollection<string> Rooms => [.. _rooms.Keys.Union(_unfinished.Keys)];

    /// <summary>The one of a room, or null.</summary>
    public ActiveRecording? Find(string roomId) => _rooms.GetValueOrDefault(roomId);

    /// <summary>The one with this name, or null.</summary>
    public ActiveRecording? Find(Guid recordingId) => All.FirstOrDefault(active => active.Record.Id == recordingId);

    /// <summary>Adds a recording that has begun.</summary>
    internal void Add(ActiveRecording active)
    {
        _rooms[active.Record.RoomId] = active;
        changed?.Invoke(active.Record.RoomId);
    }

    /// <summary>Takes a recording out; nothing where it is not in.</summary>
    internal void Remove(ActiveRecording active)
    {
        if (_rooms.TryRemove(KeyValuePair.Create(active.Record.RoomId, active)))
        {
            changed?.Invoke(active.Record.RoomId);
        }
    }

    /// <summary>A room's recordings that have ended are all on record, or not.</summary>
    internal void Finish(string roomId, bool isFinished)
    {
        if (isFinished)
        {
            _unfinished.TryRemove(roomId, out _);
        }
        else
        {
            _unfinished[roomId] = true;
        }
    }
}
