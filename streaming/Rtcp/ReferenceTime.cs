using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>
/// The round trip measured by one who only receives (RFC 3611 4.4, 4.5): its reference time goes out, and the sender
/// says how long it has had it.
/// </summary>
internal static class ReferenceTime
{
    /// <summary>The length of the block that carries the reference time, in bytes.</summary>
    public const int BlockLength = 12;

    private const int ReferenceTimeType = 4;
    private const int DelayType = 5;
    private const int BlockHeaderLength = 4;
    private const int EntryLength = 12;

    /// <summary>Writes the block with the reference time.</summary>
    /// <param name="destination">At least <see cref="BlockLength"/> bytes.</param>
    public static void Write(Span<byte> destination, ulong ntpTime)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, (ReferenceTimeType << 24) | 2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[4..], ntpTime);
    }

    /// <summary>Finds the answer to one's reference time.</summary>
    /// <param name="last">The middle bits of the last reference time that arrived; 0 before any.</param>
    /// <param name="delay">Since it arrived, in 1/65536 s.</param>
    public static bool TryReadDelay(in RtcpPacket packet, uint ssrc, out uint last, out uint delay)
    {
        last = delay = 0;
        if (packet.Type != RtcpType.ExtendedReport || packet.Body.Length < 4)
        {
            return false;
        }

        for (var blocks = packet.Body[4..]; blocks.Length >= BlockHeaderLength;)
        {
            var length = 4 * BinaryPrimitives.ReadUInt16BigEndian(blocks[2..]);
            if (BlockHeaderLength + length > blocks.Length)
            {
                return false;
            }

            var entries = blocks[0] == DelayType ? blocks.Slice(BlockHeaderLength, length) : default;
            for (; entries.Length >= EntryLength; entries = entries[EntryLength..])
            {
                if (BinaryPrimitives.ReadUInt32BigEndian(entries) == ssrc)
                {
                    last = BinaryPrimitives.ReadUInt32BigEndian(entries[4..]);
                    delay = BinaryPrimitives.ReadUInt32BigEndian(entries[8..]);
                    return last != 0;
                }
            }

            blocks = blocks[(BlockHeaderLength + length)..];
        }

        return false;
    }
}
