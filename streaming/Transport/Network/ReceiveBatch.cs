using System.Net;

namespace Xunke.Streaming.Transport.Network;

/// <summary>The datagrams that one system call brought, in buffers that are used again for the next call. Not thread safe.</summary>
internal sealed unsafe class ReceiveBatch
{
    private const int Capacity = 32;
    private const int BufferLength = 2048;
    private const int NameLength = 28;

    private readonly UdpEndpoint _endpoint;
    private readonly SocketAddress[] _senders = new SocketAddress[Capacity];
    private readonly Pinned<byte> _buffers = new(Capacity * BufferLength);
    private readonly Pinned<byte> _names = new(Capacity * NameLength);
    private readonly Pinned<LinuxSocket.Vector> _vectors = new(Capacity);
    private readonly Pinned<LinuxSocket.MultipleMessage> _messages = new(Capacity);

    public ReceiveBatch(UdpEndpoint endpoint)
    {
        _endpoint = endpoint;
        for (var i = 0; i < Capacity; i++)
        {
            _senders[i] = endpoint.CreateAddress();
            _vectors[i] = new LinuxSocket.Vector { Base = _buffers.Pointer + (i * BufferLength), Length = BufferLength };
            _messages[i].Name = _names.Pointer + (i * NameLength);
            _messages[i].Vectors = _vectors.Pointer + i;
            _messages[i].VectorCount = 1;
        }
    }

    /// <summary>How many datagrams the last call brought.</summary>
    public int Count { get; private set; }

    /// <summary>Waits for datagrams, for a fraction of a second at most.</summary>
    public void Receive()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _messages[i].NameLength = NameLength;
        }

        Count = Math.Max(0, _endpoint.Receive(_messages.Pointer, Capacity));
        for (var i = 0; i < Count; i++)
        {
            var length = (int)_messages[i].NameLength;
            _names.Slice(i * NameLength, length).CopyTo(_senders[i].Buffer.Span);
            _senders[i].Size = length;
        }
    }

    /// <summary>A datagram of the last call; longer ones than 2048 bytes are cut.</summary>
    public Span<byte> Datagram(int index) => _buffers.Slice(index * BufferLength, (int)_messages[index].Length);

    /// <summary>The sender of a datagram; overwritten by the next call.</summary>
    public SocketAddress Sender(int index) => _senders[index];
}
