using System.Net;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Edge;

/// <content>What comes from the network, and to whom it goes.</content>
internal sealed partial class MediaPlane : IFrameReceiver
{
    /// <summary>Datagrams dropped because they came from an unknown address or were none of the protocols spoken here.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes datagrams in, decrypting them in place, and sends what they cause.</summary>
    /// <param name="batch">Any content.</param>
    public void Receive(ReceiveBatch batch)
    {
        lock (_gate)
        {
            var now = _context.Clock.Now;
            for (var i = 0; i < batch.Count; i++)
            {
                ReceiveGuarded(batch.Datagram(i), new Origin(batch.Sender(i)), now);
            }

            _context.Outbox.Flush();
        }
    }

    /// <summary>Takes one datagram in, decrypting it in place, and sends what it causes.</summary>
    /// <param name="datagram">Any content.</param>
    /// <param name="from">Where it came from; not kept.</param>
    public void Receive(Span<byte> datagram, SocketAddress from)
    {
        lock (_gate)
        {
            ReceiveGuarded(datagram, new Origin(from), _context.Clock.Now);
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
                ReceiveGuarded(datagram, from, now);
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

    private void ReceiveGuarded(Span<byte> datagram, in Origin from, long now)
    {
        try
        {
            Receive(datagram, from, now);
        }
        catch (Exception exception)
        {
            // A bug in the handling of one datagram must not stop all rooms.
            LogDatagramFailed(_logger, exception);
        }
    }

    private void Receive(Span<byte> datagram, in Origin from, long now)
    {
        // RFC 7983 7, RFC 5761 4: the first byte tells STUN, DTLS and RTP apart, the second RTP from RTCP.
        if (datagram.Length < 2 || datagram[0] < 4)
        {
            if (!_checks.TryAnswer(datagram, from, now))
            {
                Drop(from);
            }

            return;
        }

        if (_sessions.Find(from) is not { } path)
        {
            Drop(from);
            return;
        }

        var session = path.Session;
        switch (datagram[0])
        {
            case >= 128 and < 192:
                var isRtcp = datagram[1] is >= 192 and < 224;
                if (isRtcp ? session.ReceiveRtcp(datagram, now) : session.ReceiveRtp(datagram, now))
                {
                    SessionTable.Use(path, now);
                }

                break;
            case >= 20 and < 64:
                var wasConnected = session.IsConnected;
                session.ReceiveDtls(datagram, now);
                if (!wasConnected && session.IsConnected)
                {
                    path.IsProved = true;
                    Connected(session, now);
                }

                break;
            default:
                Dropped++;
                break;
        }

        if (session.Ended is not null)
        {
            Remove(session, now);
        }
    }

    private void Drop(in Origin from)
    {
        Dropped++;
        if (from.Connection is { IsTrusted: false } stranger)
        {
            // Who connects by TCP begins with a check that is in order, or wants nothing that there is here.
            stranger.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A datagram could not be handled")]
    private static partial void LogDatagramFailed(ILogger logger, Exception exception);
}
