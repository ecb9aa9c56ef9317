using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>Reads the sequence numbers of a generic NACK (RFC 4585 6.2.1).</summary>
internal ref struct NackReader
{
    /// <summary>The feedback format of a generic NACK in a transport feedback packet.</summary>
    public const int Format = 1;

    private ReadOnlySpan<byte> _entries;
    private ushort _packetId;
    private uint _pending;

    /// <summary>Starts at the first sequence number.</summary>
    /// <param name="packet">A transport feedback packet of format 1.</param>
    public NackReader(in RtcpPacket packet)
        : this() => _entries = packet.Body.Length >= 8 ? packet.Body[8..] : default;

    /// <summary>Gives the next sequence number that is asked for.</summary>
    public bool TryRead(out ushort sequenceNumber)
    {
        if (_pending == 0)
        {
            if (_entries.Length < 4)
            {
                sequenceNumber = 0;
                return false;
            }

            _packetId = BinaryPrimitives.ReadUInt16BigEndian(_entries);
            // Bit 0 stands for the packet itself, bit i + 1 for bit i of the bitmask of following lost packets.
            _pending = ((uint)BinaryPrimitives.ReadUInt16BigEndian(_entries[2..]) << 1) | 1;
            _entries = _entries[4..];
        }

        var bit = System.Numerics.BitOperations.TrailingZeroCount(_pending);
        _pending &= _pending - 1;
        sequenceNumber = (ushort)(_packetId + bit);
        return true;
    }
}
