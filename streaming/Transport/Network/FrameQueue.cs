using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Network;

/// <summary>
/// Datagrams that wait for a TCP connection to take them, each with its length before it (RFC 4571 2), in a ring of
/// bytes. A datagram that finds no room is dropped whole: what media is late for is better lost, and its receiver
/// knows how to ask again. Not thread safe.
/// </summary>
internal sealed class FrameQueue
{
    // With the kernel's own buffer a quarter of a second at 8 Mbit/s, and room for a key frame's burst.
    private const int Capacity = 128 * 1024;
    private const int HeaderLength = sizeof(ushort);

    private readonly byte[] _bytes = new byte[Capacity];
    private int _start;
    private int _count;

    public bool IsEmpty => _count == 0;

    /// <summary>What is sent next; a part of what waits where the ring closes.</summary>
    public ReadOnlyMemory<byte> Next => _bytes.AsMemory(_start, Math.Min(_count, Capacity - _start));

    /// <summary>Queues a datagram.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool TryAdd(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > ushort.MaxValue || _count + HeaderLength + datagram.Length > Capacity)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)datagram.Length);
        Append(header);
        Append(datagram);
        return true;
    }

    /// <summary>Notes that bytes of <see cref="Next"/> were sent.</summary>
    public void Advance(int sent)
    {
        _start = (_start + sent) % Capacity;
        _count -= sent;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var end = (_start + _count) % Capacity;
        var first = Math.Min(bytes.Length, Capacity - end);
        bytes[..first].CopyTo(_bytes.AsSpan(end));
        bytes[first..].CopyTo(_bytes);
        _count += bytes.Length;
    }
}
