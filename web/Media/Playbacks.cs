namespace Xunke.Web.Media;

/// <summary>How the picture has been in one browser since its session began, as the browser counts (webrtc-stats).</summary>
/// <param name="Freezes">Times that it stood still; 0 or more.</param>
/// <param name="FrozenSeconds">How long in all; 0 or more.</param>
internal sealed record Playback(long Freezes, double FrozenSeconds)
{
    /// <summary>Nothing yet.</summary>
    public static Playback None { get; } = new(0, 0);

    /// <summary>Whether a browser can have counted so.</summary>
    public bool IsSound => Freezes is >= 0 and <= 1_000_000 && FrozenSeconds is >= 0 and <= 1_000_000;
}

/// <summary>The sums of all visits to a room since the server started.</summary>
internal sealed record RoomPlayback(string RoomId, long Freezes, double FrozenSeconds);

/// <summary>What the visitors' browsers say of their pictures: the server cannot see a picture stand still on another's screen.</summary>
internal sealed class Playbacks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Playback> _visits = [];
    private readonly Dictionary<string, RoomPlayback> _rooms = new(StringComparer.Ordinal);

    /// <summary>Takes a report in.</summary>
    /// <param name="visitId">An open visit.</param>
    /// <param name="roomId">Its room, which is on the books.</param>
    /// <param name="now">Counts since the browser's session began; lower ones than before come from a new session.</param>
    public void Report(Guid visitId, string roomId, Playback now)
    {
        lock (_gate)
        {
            Playback before = _visits.GetValueOrDefault(visitId, Playback.None);
            if (now.Freezes < before.Freezes || now.FrozenSeconds < before.FrozenSeconds)
            {
                before = Playback.None;
            }

            _visits[visitId] = now;
            RoomPlayback sum = _rooms.GetValueOrDefault(roomId) ?? new RoomPlayback(roomId, 0, 0);
            _rooms[roomId] = sum with
            {
                Freezes = sum.Freezes + now.Freezes - before.Freezes,
                FrozenSeconds = sum.FrozenSeconds + now.FrozenSeconds - before.FrozenSeconds,
            };
        }
    }

    /// <summary>The newest report of a visit, or null before the first.</summary>
    public Playback? Of(Guid visitId)
    {
        lock (_gate)
        {
            return _visits.GetValueOrDefault(visitId);
        }
    }

    /// <summary>A visit has ended.</summary>
    public void Forget(Guid visitId)
    {
        lock (_gate)
        {
            _visits.Remove(visitId);
        }
    }

    /// <summary>The sums of the rooms that have any.</summary>
    public IReadOnlyList<RoomPlayback> Rooms()
    {
        lock (_gate)
        {
            return [.. _rooms.Values];
        }
    }
}
