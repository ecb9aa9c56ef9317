using System.Buffers.Binary;

namespace Xunke.Streaming.Rtp;

/// <summary>
/// The retransmission payload format (RFC 4588 4): a lost packet under a payload type, SSRC and numbering of its own,
/// its original sequence number before the payload.
/// </summary>
internal static class RepairFormat
{
    /// <summary>The encoding name in SDP.</summary>
    public const string Name = "rtx";

    /// <summary>Bytes between header and payload.</summary>
    public const int HeaderLength = 2;

    /// <summary>Turns a retransmission into the packet that was lost, in place.</summary>
    /// <param name="packet">The whole packet; its bytes change.</param>
    /// <param name="original">The original packet, a part of <paramref name="packet"/>.</param>
    /// <returns>False when it holds no packet: senders probe a path with padding in this format.</returns>
    public static bool TryUnwrap(Span<byte> packet, scoped in RtpHeader header, byte payloadType, uint ssrc, out Span<byte> original)
    {
        original = default;
        if (header.PayloadLength < HeaderLength)
        {
            return false;
        }

        var sequenceNumber = BinaryPrimitives.ReadUInt16BigEndian(packet[header.Length..]);
        packet[..header.Length].CopyTo(packet[HeaderLength..]);
        original = packet[HeaderLength..];
        original[1] = (byte)((original[1] & 0x80) | payloadType);
        BinaryPrimitives.WriteUInt16BigEndian(original[2..], sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(original[8..], ssrc);
        return true;
    }
}
