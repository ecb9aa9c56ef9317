using System.Net;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Publishers;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Edge;

/// <summary>
/// All sessions and rooms behind one lock. The lock is held for one batch of datagrams, one tick or one request at a time;
/// a machine that outgrows it runs several planes, each with a socket of its own.
/// </summary>
internal sealed class MediaPlane : IFrameReceiver
{
    private const long IdleRoomSweep = 1_000_000;

    private readonly Lock _gate = new();
    private readonly SessionTable _sessions = new();
    private readonly SessionContext _context;
    private readonly RoomTable _rooms;
    private readonly SessionLife _life;
    private readonly DatagramRouter _router;
    private readonly List<MediaSession> _ended = [];
    private long _lastSweep;

    public MediaPlane(MediaServerOptions options, SessionContext context, TapPoints points, MediaEvents events, ILogger logger)
    {
        _context = context;
        _rooms = new RoomTable(points, MediaClock.Of(options.ViewerWait), logger);
        var limits = new SessionLimits(options, _sessions);
        _life = new SessionLife(_sessions, limits, context.Clock, events, logger);
        _router = new DatagramRouter(_sessions, new CheckResponder(_sessions, context.Outbox), _life, logger);
        Signalling = new Signalling(_gate, context, _sessions, _rooms, limits, _life);
    }

    /// <summary>Lets peers in.</summary>
    public Signalling Signalling { get; }

    /// <summary>See <see cref="DatagramRouter.Dropped"/>.</summary>
    public long Dropped => _router.Dropped;

    /// <summary>Whether nobody sends and nobody watches.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                if (_sessions.Count > 0)
                {
                    return false;
                }

                foreach (var room in _rooms.All)
                {
                    if (room.Publisher is not null)
                    {
                        return false;
                    }
                }

                return true;
            }
        }
    }

    /// <summary>Takes datagrams in, decrypting them in place, and sends what they cause.</summary>
    public void Receive(ReceiveBatch batch)
    {
        lock (_gate)
        {
            var now = _context.Clock.Now;
            for (var i = 0; i < batch.Count; i++)
            {
                _router.Receive(batch.Datagram(i), new Origin(batch.Sender(i)), now);
            }

            _context.Outbox.Flush();
        }
    }

    /// <summary>Takes one datagram in, decrypting it in place, and sends what it causes.</summary>
    /// <param name="from">Where it came from; not kept.</param>
    public void Receive(Span<byte> datagram, SocketAddress from)
    {
        lock (_gate)
        {
            _router.Receive(datagram, new Origin(from), _context.Clock.Now);
            _context.Outbox.Flush();
        }
    }

    /// <inheritdoc />
    public void Receive(TcpConnection connection)
    {
        lock (_gate)
        {
            var now = _context.Clock.Now;
            var from = new Origin(connection.Destination.Address, connection);
            while (connection.TryTake(out var datagram))
            {
                _router.Receive(datagram, from, now);
            }

            _context.Outbox.Flush();
        }
    }

    /// <inheritdoc />
    public void Closed(TcpConnection connection)
    {
        lock (_gate)
        {
            _sessions.Unbind(connection);
        }
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
                _life.Remove(session);
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

    /// <summary>Takes frames of a camera.</summary>
    /// <returns>False once it has been replaced.</returns>
    public bool Receive(CameraPublisher camera, MediaKind kind, ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            if (camera.Room.Publisher != camera)
            {
                return false;
            }

            camera.Receive(kind, frames, _context.Clock.Now);
            _context.Outbox.Flush();
            return true;
        }
    }

    /// <summary>Takes a camera out of its room; nothing when it has been replaced.</summary>
    public void Close(CameraPublisher camera, GoneReason reason)
    {
        lock (_gate)
        {
            if (camera.Room.Publisher == camera)
            {
                _life.Remove(camera, reason);
            }
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
            _life.Remove(session);
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
                _life.Remove(session);
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
}
