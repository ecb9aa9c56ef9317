using System.Net;

namespace Xunke.Streaming.Transport.Network;

/// <summary>Where a datagram came from: an address of the UDP socket, or a TCP connection.</summary>
/// <param name="address">The peer's address; for UDP valid only while the datagram is handled.</param>
/// <param name="connection">The TCP connection; null for UDP.</param>
internal readonly struct Origin(SocketAddress address, TcpConnection? connection = null)
{
    public SocketAddress Address { get; } = address;

    public TcpConnection? Connection { get; } = connection;

    /// <summary>Whether what is sent to a destination goes where this came from.</summary>
    public bool Is(Destination destination) =>
        Connection is null ? destination.Connection is null && destination.Address.Equals(Address) : destination.Connection == Connection;
}
