using System.Buffers.Binary;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The fields of an RTP header that SRTP needs (RFC 3550 section 5.1).</summary>
internal static class RtpHeaderLayout
{
    public const int FixedLength = 12;
    private const int ExtensionHeaderLength = 4;

    public static ushort SequenceNumber(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);

    public static uint Ssrc(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);

    /// <summary>Length of fixed header, CSRCs and header extension, which stay clear.</summary>
    /// <returns>False when the packet is not RTP version 2 or its header runs over the end.</returns>
    public static bool TryGetLength(ReadOnlySpan<byte> packet, out int length)
    {
        length = 0;
        if (packet.Length < FixedLength || packet[0] >> 6 != 2)
        {
            return false;
        }

        length = FixedLength + ((packet[0] & 0x0F) * sizeof(uint));
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + ExtensionHeaderLength)
            {
                return false;
            }

            length += ExtensionHeaderLength + (BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]) * sizeof(uint));
        }

        return length <= packet.Length;
    }
}
