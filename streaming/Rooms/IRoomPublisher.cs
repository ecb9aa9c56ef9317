using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rooms;

/// <summary>
/// What a room must know of whoever fills it: a WebRTC peer, or a camera whose RTP comes over loopback. Guarded by
/// the media plane's lock.
/// </summary>
internal interface IRoomPublisher
{
    /// <summary>Unguessable, safe in a URL.</summary>
    string Id { get; }

    /// <summary>What it sends.</summary>
    MediaDescription Media { get; }

    /// <summary>What viewers must be able to decode; null when it sends no video.</summary>
    RtpCodec? VideoFormat { get; }

    /// <summary>What viewers must be able to hear; null when it sends no audio.</summary>
    RtpCodec? AudioFormat { get; }

    /// <summary>Whether packets may come from it now.</summary>
    bool IsConnected { get; }

    /// <summary>Its figures.</summary>
    PublisherStatistics Statistics { get; }

    /// <summary>Whether it sends a key frame when it is asked for one.</summary>
    bool SendsKeyFramesOnRequest { get; }

    /// <summary>Passes on the request for a key frame that the room wants, if it can be asked for one and may be now.</summary>
    void RequestKeyFrameIfDue(long now);

    /// <summary>The room's timestamp of a track at a moment of the media clock, once the publisher has reported.</summary>
    bool TryGetTimestamp(MediaKind kind, long now, out uint timestamp);
}
