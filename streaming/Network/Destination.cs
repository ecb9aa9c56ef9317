using System.Net;

namespace Xunke.Streaming.Network;

/// <summary>An address that is sent to again and again, and where the outbox is gathering datagrams for it.</summary>
internal sealed class Destination(SocketAddress address)
{
    public SocketAddress Address { get; } = address;

    /// <summary>The outbox's batch that <see cref="Message"/> belongs to.</summary>
    public long Batch { get; set; } = -1;

    /// <summary>The newest message for this address in that batch.</summary>
    public int Message { get; set; }
}
