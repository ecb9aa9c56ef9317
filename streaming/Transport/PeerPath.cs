using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Transport;

/// <summary>One way to a peer: an address or connection from which a check of its session came, and what came by it since.</summary>
internal sealed class PeerPath(MediaSession session, Destination to)
{
    // RFC 7675 5.1: a peer sends consent checks every 4 to 6 s, so a live one is heard within this time.
    private static readonly long HoldTime = MediaClock.Of(TimeSpan.FromSeconds(8));

    // While a peer connects, it checks several times a second.
    private static readonly long ConnectingHoldTime = MediaClock.Of(TimeSpan.FromSeconds(2));

    // A peer that receives video reports at least once a second.
    private static readonly long SilenceTime = MediaClock.Of(TimeSpan.FromSeconds(2));

    private long? _used;

    public MediaSession Session { get; } = session;

    public Destination To { get; } = to;

    /// <summary>When the newest authenticated datagram of the session came by this path, on the media clock.</summary>
    public long Heard { get; set; }

    /// <summary>Whether the peer has chosen it for sending (RFC 8445 8.1.1).</summary>
    public bool IsNominated { get; set; }

    /// <summary>Whether a handshake was finished or media came by it, which takes the session's own keys.</summary>
    public bool IsProved { get; set; }

    /// <summary>The peer uses this path: its media or reports come by it, or its consent while media go out by it.</summary>
    public void Use(long now) => _used = Heard = now;

    /// <summary>Whether the peer has given up this path, as far as can be seen.</summary>
    public bool IsSilent(long now) => _used is not { } used || now - used >= SilenceTime;

    /// <summary>
    /// Whether another session may take the address. An attacker may forge the source of a check that is valid for his own
    /// session, so an address in use stays with its session.
    /// </summary>
    public bool MayBeTakenBy(MediaSession other, long now) =>
        Session.HasSameOwner(other)
        || now - Heard >= (Session.IsConnected ? HoldTime : ConnectingHoldTime)
        || (Session.IsConnected && !IsProved);
}
