using System.Net;

namespace Xunke.Streaming.Edge;

/// <summary>Settings of the WebRTC edge.</summary>
public sealed record MediaServerOptions
{
    private readonly int? _keptForPublishers;

    /// <summary>The local address of the sockets. <see cref="IPAddress.Any"/> takes IPv4 and, where the machine has it, IPv6.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Any;

    /// <summary>The UDP port, 0..65535; 0 takes a free one (see <see cref="MediaServer.Port"/>).</summary>
    public int UdpPort { get; init; } = 8189;

    /// <summary>
    /// The TCP port for peers whose network lets no UDP through (RFC 6544), -1..65535. Null: the UDP port's number; 0: a
    /// free one (see <see cref="MediaServer.TcpPort"/>); -1: none.
    /// </summary>
    public int? TcpPort { get; init; }

    /// <summary>
    /// The addresses written into SDP answers as ICE host candidates, in order of preference, such as the public
    /// address in front of a NAT. Empty: the bound address, or all of this host's unicast addresses and loopback.
    /// </summary>
    public IReadOnlyList<IPAddress> AnnounceAddresses { get; init; } = [];

    /// <summary>How many sessions (publishers and viewers) may exist at once.</summary>
    public int MaxSessions { get; init; } = 1024;

    /// <summary>How many of them viewers never take, so that a camera that comes back finds its place; a quarter unless said
    /// otherwise.</summary>
    public int KeptForPublishers { get => _keptForPublishers ?? (MaxSessions + 3) / 4; init => _keptForPublishers = value; }

    /// <summary>How many viewers one room may have at once.</summary>
    public int MaxViewersPerRoom { get; init; } = 200;

    /// <summary>How many viewers may be connecting at once: between their SDP answer and the end of their DTLS handshake.</summary>
    public int MaxConnectingViewers { get; init; } = 500;

    /// <summary>How many viewers of one account one room may have at once, each of another visit.</summary>
    public int MaxViewersPerAccount { get; init; } = 20;

    /// <summary>How many viewers of one account may be connecting at once, each for another visit.</summary>
    public int MaxConnectingPerAccount { get; init; } = 10;

    /// <summary>After how long without an authenticated packet a peer counts as gone (RFC 7675 gives consent 30 s at most).</summary>
    public TimeSpan VanishTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a session may take from its SDP answer to a finished DTLS handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a viewer may take from its SDP answer to its first connectivity check.</summary>
    public TimeSpan FirstCheckTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long viewers stay attached to a room that has no publisher.</summary>
    public TimeSpan ViewerWait { get; init; } = TimeSpan.FromSeconds(60);
}
