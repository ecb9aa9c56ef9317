using System.Net;

namespace Xunke.Streaming.Transport.Network;

/// <summary>An address that is sent to again and again, and where the outbox is gathering datagrams for it.</summary>
/// <param name="connection">The TCP connection to it; null for UDP.</param>
internal sealed class Destination(SocketAddress address, TcpConnection? connection = null)
{
    public SocketAddress Address { get; } = address;

    /// <summary>The TCP connection that datagrams take; null for UDP.</summary>
    public TcpConnection? Connection { get; } = connection;

    /// <summary>The outbox's batch that <see cref="Message"/> belongs to.</summary>
    public long Batch { get; set; } = -1;

    /// <summary>The newest message for this address in that batch.</summary>
    public int Message { get; set; }

    /// <summary>A destination that keeps no hold of the receive loop's address object, which is used again.</summary>
    public static Destination Of(in Origin origin)
    {
        if (origin.Connection is { } connection)
        {
            return connection.Destination;
        }

        var copy = new SocketAddress(origin.Address.Family, origin.Address.Size);
        origin.Address.Buffer[..origin.Address.Size].CopyTo(copy.Buffer);
        return new Destination(copy);
    }
}
