using System.Net;

namespace Xunke.Streaming.Network;

/// <summary>Where datagrams are written before they are sent. Not thread safe.</summary>
internal sealed class Outbox(UdpEndpoint endpoint)
{
    /// <summary>The longest datagram that can be sent, in bytes: what Ethernet carries over IPv4.</summary>
    public const int MaxDatagram = 1472;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(2048, pinned: true);

    /// <summary>Datagrams that the network refused.</summary>
    public long Refused { get; private set; }

    /// <summary>A buffer of more than <see cref="MaxDatagram"/> bytes for the next datagram.</summary>
    public Span<byte> Reserve() => _buffer;

    /// <summary>Sends what was written into the reserved buffer.</summary>
    public void Commit(int length, SocketAddress to)
    {
        if (!endpoint.TrySend(_buffer.AsSpan(0, length), to))
        {
            Refused++;
        }
    }

    /// <summary>Sends a datagram from elsewhere.</summary>
    public void Send(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        datagram.CopyTo(Reserve());
        Commit(datagram.Length, to);
    }
}
