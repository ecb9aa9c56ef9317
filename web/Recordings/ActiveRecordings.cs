using System.Collections.Concurrent;
using Xunke.Actors.Books;
using Xunke.Actors.Recordings;
using Xunke.Streaming.Recording;

namespace Xunke.Web.Recordings;

/// <summary>A recording that lasts.</summary>
/// <param name="Record">As it was begun.</param>
/// <param name="Room">What records.</param>
internal sealed record ActiveRecording(Recording Record, RoomRecording Room);

/// <summary>The recordings that last: one a room at most.</summary>
internal sealed class ActiveRecordings
{
    private readonly ConcurrentDictionary<string, ActiveRecording?> _rooms = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IEnumerable<ActiveRecording> All => _rooms.Values.OfType<ActiveRecording>();

    /// <summary>The one of a room, or null.</summary>
    public ActiveRecording? Find(string roomId) => _rooms.GetValueOrDefault(roomId);

    /// <summary>The one with this name, or null.</summary>
    public ActiveRecording? Find(Guid recordingId) => All.FirstOrDefault(active => active.Record.Id == recordingId);

    /// <summary>Keeps the room for a recording that is about to begin.</summary>
    /// <returns>False when there is one.</returns>
    public bool TryReserve(string roomId) => _rooms.TryAdd(roomId, null);

    /// <summary>The recording that the room was kept for has begun.</summary>
    public void Set(ActiveRecording active) => _rooms[active.Record.RoomId] = active;

    /// <summary>The recording that the room was kept for will not be.</summary>
    public void Release(string roomId) => _rooms.TryRemove(new KeyValuePair<string, ActiveRecording?>(roomId, null));

    /// <summary>Takes a recording out.</summary>
    /// <returns>False when somebody else has.</returns>
    public bool Remove(ActiveRecording active) =>
        _rooms.TryRemove(new KeyValuePair<string, ActiveRecording?>(active.Record.RoomId, active));
}
