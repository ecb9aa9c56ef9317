namespace Xunke.Streaming.Rooms;

/// <summary>What taps of a room need of the media server.</summary>
internal interface IRoomMedia
{
    /// <summary>Taps a room, now or later published to; the tap stays across publishers.</summary>
    /// <returns>Dispose it to stop; a call already under way may still end afterwards.</returns>
    IDisposable Tap(string roomId, IRtpTap tap);

    /// <summary>Asks the room's publisher for a key frame, at most one request per 500 ms; never blocks.</summary>
    /// <param name="roomId">The room; unknown rooms are ignored.</param>
    void RequestKeyFrame(string roomId);

    /// <summary>Where a room's video and sound are at this moment, by the publisher's sender reports (RFC 3550 section 6.4.1).</summary>
    /// <param name="video">The room's RTP timestamp of what is captured now, 90 kHz.</param>
    /// <param name="sound">The same moment's timestamp of the sound, 48 kHz.</param>
    /// <returns>False until the publisher has reported on both.</returns>
    bool TryGetTimestamps(string roomId, out uint video, out uint sound);
}
