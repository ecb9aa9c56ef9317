using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Network;

/// <summary>Cuts the bytes that a TCP connection brings into datagrams: each has its length before it (RFC 4571 2). Not thread
/// safe.</summary>
internal sealed class FrameBuffer
{
    /// <summary>The longest datagram taken, in bytes, as over UDP.</summary>
    public const int MaxFrame = 2048;

    private const int HeaderLength = sizeof(ushort);
    private const int Length = 16 * 1024;

    private readonly byte[] _bytes = new byte[Length];
    private int _start;
    private int _end;

    /// <summary>Whether a longer datagram than is taken was announced; nothing can be read behind it.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where the next bytes go; never empty once <see cref="TryTake"/> has given all that there is.</summary>
    public Memory<byte> Free => _bytes.AsMemory(_end);

    /// <summary>Notes that bytes have come.</summary>
    public void Fill(int count) => _end += count;

    /// <summary>Takes the next whole datagram, valid until the next call.</summary>
    public bool TryTake(out Span<byte> datagram)
    {
        datagram = default;
        var available = _end - _start - HeaderLength;
        if (available >= 0)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(_start));
            IsBroken |= length > MaxFrame;
            if (!IsBroken && available >= length)
            {
                datagram = _bytes.AsSpan(_start + HeaderLength, length);
                _start += HeaderLength + length;
                return true;
            }
        }

        // The beginning of a datagram moves to the front, where the rest of it has room.
        _bytes.AsSpan(_start.._end).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        return false;
    }
}
