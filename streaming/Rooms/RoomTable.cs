using Microsoft.Extensions.Logging;

namespace Xunke.Streaming.Rooms;

/// <summary>The rooms by name. Guarded by the media plane's lock.</summary>
/// <param name="viewerWait">How long viewers stay in a room without a publisher, in microseconds.</param>
internal sealed class RoomTable(TapPoints points, long viewerWait, ILogger logger)
{
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>All rooms; <see cref="Sweep"/> may be called while they are enumerated.</summary>
    public Dictionary<string, Room>.ValueCollection All => _rooms.Values;

    public Room? Find(string roomId) => _rooms.GetValueOrDefault(roomId);

    public Room GetOrAdd(string roomId)
    {
        if (!_rooms.TryGetValue(roomId, out var room))
        {
            _rooms.Add(roomId, room = new Room(roomId, points.Open(roomId), logger));
        }

        return room;
    }

    /// <summary>
    /// Ends the wait of a room that has had no publisher for long: its viewers are sent away, its packets are
    /// forgotten, and without viewers and taps so is the room. A tapped room keeps its numbering.
    /// </summary>
    public void Sweep(Room room, long now)
    {
        if (now - room.EmptySince < viewerWait)
        {
            return;
        }

        room.Trim();
        room.EndViewers(GoneReason.NoPublisher);
        if (room.IsEmpty && points.TryClose(room.Id))
        {
            _rooms.Remove(room.Id);
        }
    }
}
