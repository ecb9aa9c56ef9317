using System.Buffers.Binary;

namespace Xunke.Streaming.Rtp;

/// <summary>
/// The header extensions of the packets that go to a viewer, in the one-byte form (RFC 8285 4.2): made once, and the same
/// in every packet but for the transport-wide sequence number, and the playout delay where packets are lost.
/// </summary>
internal sealed class ExtensionBlock
{
    private const int HeaderLength = 4;
    private const int ArrivalLength = 2;

    private readonly byte[] _block;
    private readonly int _playoutDelayOffset;

    /// <summary>Makes the block.</summary>
    /// <param name="arrivalId">Identifier of the transport-wide sequence number; 0 without.</param>
    /// <param name="playoutDelayId">Identifier of the playout delay; 0 without.</param>
    public ExtensionBlock(int arrivalId, int playoutDelayId)
    {
        var elements = (arrivalId == 0 ? 0 : 1 + ArrivalLength) + (playoutDelayId == 0 ? 0 : 1 + PlayoutDelay.Length);
        var words = (elements + 3) / 4;
        _block = elements == 0 ? [] : new byte[HeaderLength + (4 * words)];
        if (elements == 0)
        {
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_block, HeaderExtension.OneByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(_block.AsSpan(2), (ushort)words);
        var offset = HeaderLength;
        if (arrivalId != 0)
        {
            _block[offset] = (byte)((arrivalId << 4) | (ArrivalLength - 1));
            ArrivalOffset = RtpHeader.FixedLength + offset + 1;
            offset += 1 + ArrivalLength;
        }

        if (playoutDelayId != 0)
        {
            _block[offset] = (byte)((playoutDelayId << 4) | (PlayoutDelay.Length - 1));
            _playoutDelayOffset = offset + 1;
            Hold(0);
        }
    }

    /// <summary>The bytes that it takes; 0 when there is no extension.</summary>
    public int Length => _block.Length;

    /// <summary>Where in a packet the transport-wide sequence number goes; 0 without.</summary>
    public int ArrivalOffset { get; }

    /// <summary>Says how late packets come; players hold pictures for as long.</summary>
    /// <param name="lateness">In microseconds.</param>
    public void Hold(long lateness)
    {
        if (_playoutDelayOffset != 0)
        {
            PlayoutDelay.Write(_block.AsSpan(_playoutDelayOffset), lateness);
        }
    }

    /// <summary>Writes it behind the fixed header of a packet.</summary>
    /// <returns>The bytes of the header, the extensions included.</returns>
    public int Write(Span<byte> packet)
    {
        if (_block.Length > 0)
        {
            packet[0] |= 0x10;
            _block.CopyTo(packet[RtpHeader.FixedLength..]);
        }

        return RtpHeader.FixedLength + _block.Length;
    }
}
