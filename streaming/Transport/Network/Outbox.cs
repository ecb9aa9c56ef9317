using System.Net;

namespace Xunke.Streaming.Transport.Network;

/// <summary>
/// Gathers datagrams and sends them with one system call. Datagrams of one length for one address become one message
/// that the kernel cuts up again (generic segmentation offload, udp(7) UDP_SEGMENT): a burst of a picture's packets to
/// a viewer then passes the network stack once. Datagrams for TCP connections go into those connections' own queues.
/// Allocates nothing per datagram. Not thread safe.
/// </summary>
internal sealed unsafe class Outbox
{
    /// <summary>The longest datagram that can be sent, in bytes: what Ethernet carries over IPv4.</summary>
    public const int MaxDatagram = 1472;

    private const int SlotLength = 1536;
    private const int Slots = 512;
    private const int Messages = 256;
    private const int NameLength = 28;

    // The kernel takes 64 segments and 64 KiB at most; a picture seldom has more packets than this.
    private const int MaxSegments = 16;

    private readonly UdpEndpoint _endpoint;
    private readonly List<TcpConnection> _connections = [];
    private readonly Message[] _open = new Message[Messages];
    private readonly Pinned<byte> _slots = new(Slots * SlotLength);
    private readonly Pinned<byte> _names = new(Messages * NameLength);
    private readonly Pinned<LinuxSocket.SegmentControl> _controls = new(Messages);
    private readonly Pinned<LinuxSocket.Vector> _vectors = new(Messages * MaxSegments);
    private readonly Pinned<LinuxSocket.MultipleMessage> _messages = new(Messages);
    private int _messageCount;
    private int _slotCount;
    private long _batch;
    private bool _segmentation = true;

    public Outbox(UdpEndpoint endpoint)
    {
        _endpoint = endpoint;
        for (var i = 0; i < Messages; i++)
        {
            _messages[i].Name = _names.Pointer + (i * NameLength);
            _messages[i].Vectors = _vectors.Pointer + (i * MaxSegments);
        }
    }

    /// <summary>Datagrams that the network refused, or a TCP connection that lags behind.</summary>
    public long Refused { get; private set; }

    /// <summary>A buffer of more than <see cref="MaxDatagram"/> bytes for the next datagram; valid until the next call.</summary>
    public Span<byte> Reserve()
    {
        if (_slotCount == Slots || _messageCount == Messages)
        {
            Flush();
        }

        return _slots.Slice(_slotCount * SlotLength, SlotLength);
    }

    /// <summary>Queues what was written into the reserved buffer, behind what is queued for the same address.</summary>
    public void Commit(int length, Destination to)
    {
        if (to.Connection is { } connection)
        {
            Commit(length, connection);
            return;
        }

        if (to.Batch == _batch && TryAppend(to.Message, length))
        {
            return;
        }

        to.Message = Begin(length, to.Address);
        to.Batch = _batch;
    }

    /// <summary>Queues what was written into the reserved buffer as the answer to what came from an origin.</summary>
    public void Commit(int length, in Origin to)
    {
        if (to.Connection is { } connection)
        {
            Commit(length, connection);
        }
        else
        {
            Begin(length, to.Address);
        }
    }

    /// <summary>Sends all that is queued.</summary>
    public void Flush()
    {
        for (var sent = 0; sent < _messageCount;)
        {
            var result = _endpoint.Send(_messages.Pointer + sent, _messageCount - sent, out var error);
            if (result > 0)
            {
                sent += result;
            }
            else if (error is LinuxSocket.ErrorInputOutput or LinuxSocket.ErrorInvalid && _open[sent].Segments > 1)
            {
                // udp(7): EIO says that the network device cannot do it at all, EINVAL that this path takes less at once.
                _segmentation &= error != LinuxSocket.ErrorInputOutput;
                SendSingly(sent++);
            }
            else
            {
                // Unreachable peers and full buffers are the network's daily life; UDP promises no more.
                Refused += _open[sent++].Segments;
            }
        }

        _messageCount = 0;
        _slotCount = 0;
        _batch++;
        foreach (var connection in _connections)
        {
            connection.IsListed = false;
            connection.Flush();
        }

        _connections.Clear();
    }

    private void Commit(int length, TcpConnection connection)
    {
        Refused += connection.TryAdd(_slots.Slice(_slotCount * SlotLength, length)) ? 0 : 1;
        if (!connection.IsListed)
        {
            connection.IsListed = true;
            _connections.Add(connection);
        }
    }

    private int Begin(int length, SocketAddress to)
    {
        var message = _messageCount++;
        ref var header = ref _messages[message];
        to.Buffer.Span[..to.Size].CopyTo(_names.Slice(message * NameLength, NameLength));
        header.NameLength = (uint)to.Size;
        header.VectorCount = 0;
        header.Control = null;
        header.ControlLength = 0;
        _open[message] = new Message { SegmentLength = length };
        Append(message, length);
        return message;
    }

    // All segments have one length, except that the last may be shorter.
    private bool TryAppend(int message, int length)
    {
        ref var open = ref _open[message];
        if (!_segmentation || open.Closed || open.Segments == MaxSegments || length > open.SegmentLength)
        {
            return false;
        }

        Append(message, length);
        return true;
    }

    private void Append(int message, int length)
    {
        ref var open = ref _open[message];
        ref var header = ref _messages[message];
        header.Vectors[open.Segments++] =
            new LinuxSocket.Vector { Base = _slots.Pointer + (_slotCount++ * SlotLength), Length = (nuint)length };
        header.VectorCount = (nuint)open.Segments;
        open.Closed = length < open.SegmentLength;
        if (open.Segments == 2)
        {
            _controls[message] = LinuxSocket.SegmentControl.Of(open.SegmentLength);
            header.Control = _controls.Pointer + message;
            header.ControlLength = (nuint)sizeof(LinuxSocket.SegmentControl);
        }
    }

    private void SendSingly(int message)
    {
        var single = _messages[message];
        single.Control = null;
        single.ControlLength = 0;
        single.VectorCount = 1;
        for (var segment = 0; segment < _open[message].Segments; segment++, single.Vectors++)
        {
            Refused += _endpoint.Send(&single, 1, out _) == 1 ? 0 : 1;
        }
    }

    private struct Message
    {
        public int SegmentLength;
        public int Segments;
        public bool Closed;
    }
}
