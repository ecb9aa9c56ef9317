using Microsoft.Extensions.Logging;
using Xunke.Streaming.Rooms;

namespace Xunke.Streaming;

/// <summary>
/// The WebRTC edge: one UDP socket behind which rooms forward RTP from one publisher to many viewers, re-encrypted
/// but not re-encoded.
/// </summary>
public sealed class MediaServer : IAsyncDisposable
{
    /// <summary>Creates a server that is not yet listening.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock and timers.</param>
    /// <param name="loggers">Where it logs.</param>
    public MediaServer(MediaServerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _ = (options, time, loggers);
    }

    /// <summary>The UDP port in use, after <see cref="Start"/>.</summary>
    public int Port => throw new NotSupportedException();

    /// <summary>Binds the socket and starts to receive.</summary>
    /// <exception cref="IOException">The port is in use, or the address is not this host's. The message says which.</exception>
    public void Start() => throw new NotSupportedException();

    /// <summary>Accepts a publisher. A newer publisher of the same room replaces the older one.</summary>
    /// <param name="roomId">The room to publish to.</param>
    /// <param name="sdpOffer">The publisher's SDP offer.</param>
    /// <returns>The session and the answer to give to the publisher.</returns>
    /// <exception cref="Sdp.SdpException">The offer is malformed or lacks what WebRTC needs.</exception>
    /// <exception cref="UnsupportedMediaException">The offer holds video, but no codec that this edge forwards.</exception>
    /// <exception cref="CapacityException">The server is full.</exception>
    public SessionAnswer Publish(string roomId, string sdpOffer) => throw new NotSupportedException();

    /// <summary>Accepts a viewer of a room that has a publisher.</summary>
    /// <param name="roomId">The room to view.</param>
    /// <param name="sdpOffer">The viewer's SDP offer.</param>
    /// <returns>The session and the answer to give to the viewer.</returns>
    /// <exception cref="NoPublisherException">Nobody publishes to the room.</exception>
    /// <exception cref="Sdp.SdpException">The offer is malformed or lacks what WebRTC needs.</exception>
    /// <exception cref="UnsupportedMediaException">The viewer cannot take the publisher's codec.</exception>
    /// <exception cref="CapacityException">The server or the room is full.</exception>
    public SessionAnswer View(string roomId, string sdpOffer) => throw new NotSupportedException();

    /// <summary>Ends a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <returns>False when there is no such session.</returns>
    public bool Close(string sessionId) => throw new NotSupportedException();

    /// <summary>Tells whether a session exists, connected or still connecting.</summary>
    /// <param name="sessionId">The session.</param>
    public bool HasSession(string sessionId) => throw new NotSupportedException();

    /// <summary>Hears of sessions from now on.</summary>
    /// <param name="observer">Who is told.</param>
    /// <returns>Dispose it to hear no more.</returns>
    public IDisposable Observe(IMediaObserver observer) => throw new NotSupportedException();

    /// <summary>Taps a room, now or later published to; the tap stays across publishers.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="tap">Sees the packets.</param>
    /// <returns>Dispose it to stop; a call already under way may still end afterwards.</returns>
    public IDisposable Tap(string roomId, IRtpTap tap) => throw new NotSupportedException();

    /// <summary>Asks the room's publisher for a key frame, at most one request per 500 ms; never blocks.</summary>
    /// <param name="roomId">The room; unknown rooms are ignored.</param>
    public void RequestKeyFrame(string roomId) => throw new NotSupportedException();

    /// <summary>The figures of a room, or null when it has neither publisher nor viewer.</summary>
    /// <param name="roomId">The room.</param>
    public RoomStatistics? Statistics(string roomId) => throw new NotSupportedException();

    /// <summary>The figures of all rooms.</summary>
    public IReadOnlyList<RoomStatistics> Statistics() => throw new NotSupportedException();

    /// <summary>Ends all sessions and closes the socket.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
