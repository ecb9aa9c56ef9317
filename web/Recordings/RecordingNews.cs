using Xunke.Actors.Recordings;
using Xunke.Web.Changes;

namespace Xunke.Web.Recordings;

/// <summary>Tells pages when what they show of recordings has changed by itself.</summary>
internal sealed class RecordingNews(ChangeBoard changes)
{
    /// <summary>Pages show free space to a digit after the point.</summary>
    private const long ShownBytes = 100_000_000;

    private readonly Dictionary<string, (bool IsReceiving, int Faults)> _rooms = new(StringComparer.Ordinal);
    private (StorageLevel Level, long Free) _storage;

    /// <summary>Compares the room for recordings with what was told last. While there is enough of it, it is not shown.</summary>
    public void Compare(StorageState state)
    {
        (StorageLevel, long) now = (state.Level, state.Level is StorageLevel.Ok ? 0 : state.FreeBytes / ShownBytes);
        if (now != _storage)
        {
            _storage = now;
            changes.Raise(Topic.Storage);
        }
    }

    /// <summary>Compares the recordings that last with what was told last.</summary>
    public void Compare(IEnumerable<ActiveRecording> recordings)
    {
        foreach (ActiveRecording recording in recordings)
        {
            (bool, int) now = (recording.Room.Status.IsReceiving, recording.Room.Status.Faults.Length);
            if (!_rooms.TryGetValue(recording.Record.RoomId, out (bool, int) told) || told != now)
            {
                _rooms[recording.Record.RoomId] = now;
                changes.Raise(Topic.Recording, recording.Record.RoomId);
            }
        }
    }
}
