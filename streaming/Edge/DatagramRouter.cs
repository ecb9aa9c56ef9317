using Microsoft.Extensions.Logging;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Edge;

/// <summary>Gives each datagram to the session whose path it came by. Guarded by the media plane's lock.</summary>
internal sealed partial class DatagramRouter(SessionTable sessions, CheckResponder checks, SessionLife life, ILogger logger)
{
    /// <summary>Datagrams dropped because they came from an unknown address or were none of the protocols spoken here.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes a datagram in, decrypting it in place.</summary>
    /// <param name="from">Where it came from; not kept.</param>
    public void Receive(Span<byte> datagram, in Origin from, long now)
    {
        try
        {
            Route(datagram, from, now);
        }
        catch (Exception exception)
        {
            // A bug in the handling of one datagram must not stop all rooms.
            LogDatagramFailed(logger, exception);
        }
    }

    private void Route(Span<byte> datagram, in Origin from, long now)
    {
        // RFC 7983 7, RFC 5761 4: the first byte tells STUN, DTLS and RTP apart, the second RTP from RTCP.
        if (datagram.Length < 2 || datagram[0] < 4)
        {
            if (!checks.TryAnswer(datagram, from, now))
            {
                Drop(from);
            }

            return;
        }

        if (sessions.Find(from) is not { } path)
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
                    life.Connected(session, now);
                }

                break;
            default:
                Dropped++;
                break;
        }

        if (session.Ended is not null)
        {
            life.Remove(session);
        }
    }

    private void Drop(in Origin from)
    {
        Dropped++;
        if (from.Connection is { IsTrusted: false } stranger)
        {
            // A TCP peer must begin with a valid check; anything else has no business here.
            stranger.Abort();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A datagram could not be handled")]
    private static partial void LogDatagramFailed(ILogger logger, Exception exception);
}
