using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Rooms;

/// <summary>What a room must know of a viewer. Guarded by the media plane's lock.</summary>
internal interface IRoomViewer
{
    /// <summary>The video codec that it agreed to; null when it takes no video.</summary>
    RtpCodec? VideoFormat { get; }

    /// <summary>Whether packets can be sent to it now.</summary>
    bool IsConnected { get; }

    /// <summary>Its figures.</summary>
    ViewerStatistics Statistics { get; }

    /// <summary>Takes what has been added to a track of the room.</summary>
    void Forward(RoomTrack source, in ReceivedPacket received, long now);

    /// <summary>Marks the viewer as over; the media plane then removes it.</summary>
    void End(GoneReason reason);
}
