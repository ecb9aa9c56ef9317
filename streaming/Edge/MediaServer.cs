using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Viewers;

namespace Xunke.Streaming.Edge;

/// <summary>
/// The WebRTC edge: one UDP port, and one TCP port for networks without UDP, behind which rooms forward RTP from one
/// publisher to many viewers, re-encrypted but not re-encoded.
/// </summary>
public sealed partial class MediaServer : IAsyncDisposable, IRoomMedia
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    /// <summary>While nobody sends or watches: fifty ticks a second would cost an idle server a few percent of a core.</summary>
    private static readonly TimeSpan IdleInterval = TimeSpan.FromMilliseconds(500);

    private readonly MediaServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DtlsCertificate _certificate;
    private readonly TapPoints _points = new();
    private readonly MediaEvents _events;
    private readonly Lock _lifecycle = new();
    private MediaSockets? _sockets;
    private MediaPlane? _plane;
    private readonly Lock _pace = new();
    private ITimer? _timer;
    private bool _isIdle;
    private int _ticking;
    private long _lastTick;
    private volatile bool _disposed;

    /// <summary>Creates a server that is not yet listening.</summary>
    public MediaServer(MediaServerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _time = time;
        _logger = loggers.CreateLogger<MediaServer>();
        _events = new MediaEvents(exception => LogObserverFailed(_logger, exception));
        _certificate = DtlsCertificate.Create(time);
    }

    /// <summary>The UDP port in use, after <see cref="Start"/>.</summary>
    /// <exception cref="InvalidOperationException">The server has not been started.</exception>
    public int Port => Sockets.Candidates.UdpPort;

    /// <summary>The TCP port in use, after <see cref="Start"/>; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">The server has not been started.</exception>
    public int? TcpPort => Sockets.Candidates.TcpPort;

    /// <summary>How many TCP connections are open, those of strangers included.</summary>
    public int TcpConnections => Sockets.Connections;

    /// <summary>Datagrams dropped because they came from an unknown address or were none of the protocols spoken here.</summary>
    public long Dropped => Plane.Dropped;

    /// <summary>Whether the socket is open and its datagrams are taken in.</summary>
    public bool IsReceiving => _sockets is { IsReceiving: true };

    private MediaSockets Sockets => _sockets ?? throw NotStarted();

    private MediaPlane Plane
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _plane ?? throw NotStarted();
        }
    }

    /// <summary>Binds the sockets and starts to receive.</summary>
    /// <exception cref="IOException">A port is in use, or the address is not this host's. The message says which.</exception>
    /// <exception cref="InvalidOperationException">The server has been started before.</exception>
    public void Start()
    {
        lock (_lifecycle)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_sockets is not null)
            {
                throw new InvalidOperationException("The media server has been started already.");
            }

            var clock = new MediaClock(_time);
            var sockets = MediaSockets.Open(_options, clock, _logger);
            var context = new SessionContext(
                clock, _certificate, sockets.Outbox, MediaClock.Of(_options.VanishTimeout), MediaClock.Of(_options.HandshakeTimeout))
            {
                FirstCheckWithin = MediaClock.Of(_options.FirstCheckTimeout),
            };
            _plane = new MediaPlane(_options, context, _points, _events, _logger);
            _sockets = sockets;
            sockets.Start(_plane);
            _timer = _time.CreateTimer(_ => Tick(clock), null, TickInterval, TickInterval);
            LogListening(_logger, Port, TcpPort, string.Join(", ", sockets.Candidates.Addresses));
        }
    }

    /// <summary>Accepts a publisher. A newer publisher of the same room replaces the older one.</summary>
    /// <param name="sdpOffer">The publisher's SDP offer.</param>
    /// <returns>The session and the answer to give to the publisher.</returns>
    /// <exception cref="SdpException">The offer is malformed or lacks what WebRTC needs.</exception>
    /// <exception cref="UnsupportedMediaException">The offer holds video, but no codec that this edge forwards.</exception>
    /// <exception cref="CapacityException">The server is full.</exception>
    public SessionAnswer Publish(string roomId, string sdpOffer)
    {
        var offer = SessionDescription.Parse(sdpOffer);
        var session = Plane.Signalling.Publish(roomId, offer, out var accepted);
        Pace();
        return Answer(session, offer, accepted, ssrc: null, repairSsrc: static _ => null);
    }

    /// <summary>Accepts a viewer of a room that has a publisher.</summary>
    /// <param name="sdpOffer">The viewer's SDP offer.</param>
    /// <param name="allowed">What the viewer may get; a section that asks for anything else is rejected.</param>
    /// <param name="owner">Whose the viewer is, for the limits; null for one that counts for nobody.</param>
    /// <returns>The session and the answer to give to the viewer.</returns>
    /// <exception cref="NoPublisherException">Nobody publishes to the room.</exception>
    /// <exception cref="SdpException">The offer is malformed or lacks what WebRTC needs.</exception>
    /// <exception cref="UnsupportedMediaException">The viewer cannot take the publisher's codec.</exception>
    /// <exception cref="CapacityException">The server or the room is full, or the account connects too many viewers at once.</exception>
    public SessionAnswer View(string roomId, string sdpOffer, MediaKinds allowed = MediaKinds.Both, ViewerOwner? owner = null)
    {
        var offer = SessionDescription.Parse(sdpOffer);
        var session = Plane.Signalling.View(roomId, offer, allowed, out var accepted, owner);
        Pace();
        return Answer(session, offer, accepted, session.Ssrc, session.RepairSsrc);
    }

    /// <summary>Takes a peer's further candidates, or restarts ICE where the peer's credentials are new (RFC 9725 4.3).</summary>
    /// <param name="sdpFragment">The peer's SDP fragment (RFC 8840).</param>
    /// <param name="iceSessions">The ICE sessions that the peer may mean; null for whichever is the present one.</param>
    /// <returns>What was done, or null when there is no such session.</returns>
    /// <exception cref="SdpException">The fragment is malformed or lacks credentials.</exception>
    public IceUpdate? UpdateIce(string sessionId, string sdpFragment, IReadOnlyCollection<string>? iceSessions)
    {
        var fragment = IceFragment.Parse(sdpFragment);
        return Plane.Signalling.UpdateIce(sessionId, fragment, iceSessions, out var ice) is { } outcome
            ? new IceUpdate(
                outcome, ice!.Local.Ufrag, outcome == IceUpdateOutcome.Restarted ? fragment.Answer(ice.Local, Sockets.Candidates) : null)
            : null;
    }

    /// <summary>Ends a session.</summary>
    /// <returns>False when there is no such session.</returns>
    public bool Close(string sessionId) => Plane.Close(sessionId);

    /// <summary>Tells whether a session exists, connected or still connecting.</summary>
    public bool HasSession(string sessionId) => Plane.Has(sessionId);

    /// <summary>Hears of sessions from now on.</summary>
    /// <returns>Dispose it to hear no more.</returns>
    public IDisposable Observe(IMediaObserver observer) => _events.Observe(observer);

    /// <inheritdoc />
    public IDisposable Tap(string roomId, IRtpTap tap) => _points.Add(roomId, tap);

    /// <inheritdoc />
    public void RequestKeyFrame(string roomId) => _points.WantKeyFrame(roomId);

    /// <inheritdoc />
    bool IRoomMedia.TryGetTimestamps(string roomId, out uint video, out uint sound) => Plane.TryGetTimestamps(roomId, out video, out sound);

    /// <summary>The figures of a room, or null when it has neither publisher nor viewer.</summary>
    public RoomStatistics? Statistics(string roomId) => Plane.Statistics(roomId);

    /// <summary>The figures of all rooms that have a publisher or viewers.</summary>
    public IReadOnlyList<RoomStatistics> Statistics() => Plane.Statistics();

    /// <summary>Ends all sessions and closes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lifecycle)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        _sockets?.StopReceiving();
        _plane?.CloseAll();
        _sockets?.Dispose();
        _events.Deliver();
        _certificate.Dispose();
    }

    /// <summary>Gives a room to a camera whose packets come over loopback; it replaces the room's present publisher.</summary>
    internal CameraPublisher PublishCamera(string roomId, RtpCodec video, RtpCodec? audio)
    {
        var camera = Plane.Signalling.PublishCamera(roomId, video, audio);
        Pace();
        return camera;
    }

    /// <summary>Takes frames of a camera.</summary>
    /// <returns>False once it has been replaced.</returns>
    internal bool Receive(CameraPublisher camera, MediaKind kind, ReadOnlySpan<byte> frames) => Plane.Receive(camera, kind, frames);

    /// <summary>Takes a camera out of its room.</summary>
    internal void CloseCamera(CameraPublisher camera, GoneReason reason) => Plane.Close(camera, reason);

    private static InvalidOperationException NotStarted() => new("The media server has not been started.");

    private SessionAnswer Answer(
        MediaSession session,
        SessionDescription offer,
        ImmutableArray<AcceptedMedia> accepted,
        Func<MediaKind, uint>? ssrc,
        Func<MediaKind, uint?> repairSsrc) =>
        new(session.Id, session.Ice.Local.Ufrag, new AnswerWriter
        {
            Offer = offer,
            Accepted = accepted,
            Local = session.Transport,
            Candidates = Sockets.Candidates,
            Ssrc = ssrc,
            RepairSsrc = repairSsrc,
        }.Write());

    private void Tick(MediaClock clock)
    {
        // Timers may fire while the last tick still runs, for instance behind a slow observer.
        if (Interlocked.Exchange(ref _ticking, 1) != 0)
        {
            return;
        }

        try
        {
            ExcuseLateTick(clock.Now);
            _plane?.Tick();
            _sockets?.Tick(clock.Now);
            _events.Deliver();
            Pace();
        }
        catch (Exception exception)
        {
            LogTickFailed(_logger, exception);
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
        }
    }

    /// <summary>Ticks often while there is somebody to tick for.</summary>
    private void Pace()
    {
        lock (_pace)
        {
            if (_plane is { } plane && plane.IsIdle != _isIdle)
            {
                _isIdle = !_isIdle;
                var interval = _isIdle ? IdleInterval : TickInterval;
                _timer?.Change(interval, interval);
            }
        }
    }

    /// <summary>A late tick means that this process stood still and heard nobody, so that time must not count as peers' silence.</summary>
    private void ExcuseLateTick(long now)
    {
        var missed = _lastTick == 0 ? 0 : now - _lastTick - MediaClock.Of(LongestTick);
        _lastTick = now;
        if (missed > 0)
        {
            _plane?.Excuse(missed);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Media on UDP port {Port} and TCP port {TcpPort}, announced as {Addresses}")]
    private static partial void LogListening(ILogger logger, int port, int? tcpPort, string addresses);

    [LoggerMessage(Level = LogLevel.Error, Message = "The media timer failed")]
    private static partial void LogTickFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A media observer failed")]
    private static partial void LogObserverFailed(ILogger logger, Exception exception);
}
