namespace Xunke.Streaming.Recording;

/// <summary>What recording needs of the media server.</summary>
internal interface IRoomMedia
{
    /// <inheritdoc cref="MediaServer.Tap"/>
    IDisposable Tap(string roomId, IRtpTap tap);

    /// <inheritdoc cref="MediaServer.RequestKeyFrame"/>
    void RequestKeyFrame(string roomId);

    /// <summary>Where a room's video and sound are at this moment, by the publisher's sender reports (RFC 3550 section 6.4.1).</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="video">The room's RTP timestamp of what is captured now, 90 kHz.</param>
    /// <param name="sound">The same moment's timestamp of the sound, 48 kHz.</param>
    /// <returns>False until the publisher has reported on both.</returns>
    bool TryGetTimestamps(string roomId, out uint video, out uint sound);
}
