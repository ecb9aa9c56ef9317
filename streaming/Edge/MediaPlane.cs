using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Viewers;

namespace Xunke.Streaming.Edge;

/// <summary>
/// All sessions and rooms behind one lock. The lock is held for one batch of datagrams, one tick or one request at a time;
/// a machine that outgrows it runs several planes, each with a socket of its own.
/// </summary>
internal sealed partial class MediaPlane
{
    private const long IdleRoomSweep = 1_000_000;

    private readonly Lock _gate = new();
    private readonly SessionTable _sessions = new();
    private readonly SessionContext _context;
    private readonly MediaEvents _events;
    private readonly ILogger _logger;
    private readonly RoomTable _rooms;
    private readonly CheckResponder _checks;
    private readonly SessionLimits _limits;
    private readonly List<MediaSession> _ended = [];
    private long _lastSweep;

    public MediaPlane(MediaServerOptions options, SessionContext context, TapPoints points, MediaEvents events, ILogger logger)
    {
        _context = context;
        _events = events;
        _logger = logger;
        _rooms = new RoomTable(points, MediaClock.Of(options.ViewerWait), logger);
        _checks = new CheckResponder(_sessions, context.Outbox);
        _limits = new SessionLimits(options, _sessions);
    }

    /// <summary>Adds to every session's time: this process stood still for so long.</summary>
    /// <param name="missed">In microseconds.</param>
    public void Excuse(long missed)
    {
        lock (_gate)
        {
            foreach (var session in _sessions.All)
            {
                session.Excuse(missed);
            }
        }
    }

    /// <summary>Does what is due, and removes what has ended.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            var now = _context.Clock.Now;
            foreach (var session in _sessions.All)
            {
                session.Tick(now);
                if (session.Ended is not null)
                {
                    _ended.Add(session);
                }
            }

            foreach (var session in _ended)
            {
                Remove(session, now);
            }

            _ended.Clear();
            var sweep = now - _lastSweep >= IdleRoomSweep;
            _lastSweep = sweep ? now : _lastSweep;
            foreach (var room in _rooms.All)
            {
                if (room.Publisher is not null)
                {
                    (room.Publisher as CameraPublisher)?.Tick(now);
                    room.Tick(now);
                }
                else if (sweep)
                {
                    _rooms.Sweep(room, now);
                }
            }

            _context.Outbox.Flush();
        }
    }

    /// <summary>
    /// Makes a publisher of an offer. A room keeps a publisher that is connected until the newer one is connected, too:
    /// an offer alone, perhaps of a recorder that cannot be reached, takes no picture away.
    /// </summary>
    public MediaSession Publish(string roomId, SessionDescription offer, out ImmutableArray<AcceptedMedia> accepted)
    {
        accepted = Negotiation.ForPublisher(offer);
        var remote = Negotiation.Transport(offer, accepted);
        lock (_gate)
        {
            var present = _rooms.Find(roomId);
            if (present?.Publisher is null)
            {
                // One that publishes already may always try again, and has one attempt at a time.
                _limits.AdmitPublisher();
            }

            Replace(present?.Successor);
            if (present?.Publisher is PublisherSession { IsConnected: false } unconnected)
            {
                Replace(unconnected);
            }

            var room = _rooms.GetOrAdd(roomId);
            var publisher = new PublisherSession(room, offer, remote, accepted, _context);
            _sessions.Add(publisher);
            if (room.Publisher is null)
            {
                room.Publish(publisher);
            }
            else
            {
                room.Await(publisher);
            }

            return publisher;
        }
    }

    /// <summary>Takes a peer's fragment; see <see cref="MediaServer.UpdateIce"/>.</summary>
    /// <param name="ice">The session's present ICE session.</param>
    /// <returns>Null when there is no such session.</returns>
    public IceUpdateOutcome? UpdateIce(string sessionId, IceFragment fragment, IReadOnlyCollection<string>? iceSessions, out IceSession? ice)
    {
        lock (_gate)
        {
            ice = null;
            if (_sessions.Find(sessionId) is not { } session)
            {
                return null;
            }

            ice = session.Ice;
            if (iceSessions?.Contains(ice.Local.Ufrag) == false)
            {
                return IceUpdateOutcome.Stale;
            }

            var sameUser = fragment.UserFragment == ice.RemoteUserFragment;
            if (sameUser != (fragment.Password == ice.RemotePassword))
            {
                return IceUpdateOutcome.Contradictory;
            }

            if (sameUser)
            {
                return IceUpdateOutcome.Trickled;
            }

            ice = new IceSession(fragment.UserFragment, fragment.Password);
            _sessions.Restart(session, ice);
            LogRestarted(_logger, session.RoomId, session.Id);
            return IceUpdateOutcome.Restarted;
        }
    }

    /// <summary>Ends a session.</summary>
    public bool Close(string sessionId)
    {
        lock (_gate)
        {
            if (_sessions.Find(sessionId) is not { } session)
            {
                return false;
            }

            session.End(GoneReason.Closed);
            Remove(session, _context.Clock.Now);
            _context.Outbox.Flush();
            return true;
        }
    }

    /// <summary>Ends all sessions.</summary>
    public void CloseAll()
    {
        lock (_gate)
        {
            foreach (var session in _sessions.All.ToArray())
            {
                session.End(GoneReason.ServerStopped);
                Remove(session, _context.Clock.Now);
            }

            _context.Outbox.Flush();
        }
    }

    public bool Has(string sessionId)
    {
        lock (_gate)
        {
            return _sessions.Find(sessionId) is not null;
        }
    }

    /// <summary>Where a room's video and sound are now, once the publisher has reported on both.</summary>
    public bool TryGetTimestamps(string roomId, out uint video, out uint sound)
    {
        lock (_gate)
        {
            (video, sound) = (0, 0);
            var now = _context.Clock.Now;
            return _rooms.Find(roomId)?.Publisher is { } publisher
                && publisher.TryGetTimestamp(MediaKind.Video, now, out video) && publisher.TryGetTimestamp(MediaKind.Audio, now, out sound);
        }
    }

    public RoomStatistics? Statistics(string roomId)
    {
        lock (_gate)
        {
            return _rooms.Find(roomId) is { IsEmpty: false } room ? room.Statistics : null;
        }
    }

    public IReadOnlyList<RoomStatistics> Statistics()
    {
        lock (_gate)
        {
            return [.. _rooms.All.Where(room => !room.IsEmpty).Select(room => room.Statistics)];
        }
    }

    private void Replace(IRoomPublisher? older)
    {
        switch (older)
        {
            case PublisherSession session:
                LogReplaced(_logger, session.RoomId, session.Id);
                session.End(GoneReason.Replaced);
                Remove(session, _context.Clock.Now);
                break;
            case CameraPublisher camera:
                LogReplaced(_logger, camera.Room.Id, camera.Id);
                Remove(camera, GoneReason.Replaced);
                break;
            default:
                break;
        }
    }

    private void Connected(MediaSession session, long now)
    {
        var (roomId, id) = (session.RoomId, session.Id);
        if (session is PublisherSession publisher)
        {
            if (publisher.Room.Successor == publisher)
            {
                Replace(publisher.Room.Publisher);
                publisher.Room.Publish(publisher);
            }

            LogPublisherConnected(_logger, roomId, id, publisher.Media.VideoCodec, publisher.Media.AudioCodec, (now - session.Created) / 1000);
            var media = publisher.Media;
            _events.Add(observer => observer.PublisherConnected(roomId, id, media));
        }
        else if (session is ViewerSession viewer)
        {
            Replace(_limits.ReplacedBy(viewer));
            LogViewerConnected(_logger, roomId, id, (now - session.Created) / 1000);
            _events.Add(observer => observer.ViewerConnected(roomId, id));
        }
    }

    private void Remove(MediaSession session, long now)
    {
        var (roomId, id, reason) = (session.RoomId, session.Id, session.Ended ?? GoneReason.Closed);
        session.Dispose();
        _sessions.Remove(session);
        if (session is ViewerSession viewer)
        {
            viewer.Room.Remove(viewer);
            _events.Add(observer => observer.ViewerGone(roomId, id, reason));
        }
        else if (session is PublisherSession publisher)
        {
            publisher.Room.Remove(publisher, now);
            _events.Add(observer => observer.PublisherGone(roomId, id, reason));
        }

        LogGone(_logger, roomId, id, reason, session.Refused);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: publisher {SessionId} connected after {Milliseconds} ms with {Video} and {Audio}")]
    private static partial void LogPublisherConnected(ILogger logger, string roomId, string sessionId, VideoCodec video, AudioCodec audio, long milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: viewer {SessionId} connected after {Milliseconds} ms")]
    private static partial void LogViewerConnected(ILogger logger, string roomId, string sessionId, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId}: a newer publisher replaces {SessionId}")]
    private static partial void LogReplaced(ILogger logger, string roomId, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: session {SessionId} restarts ICE")]
    private static partial void LogRestarted(ILogger logger, string roomId, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId}: session {SessionId} is gone: {Reason}; {Refused} packets refused")]
    private static partial void LogGone(ILogger logger, string roomId, string sessionId, GoneReason reason, long refused);
}
