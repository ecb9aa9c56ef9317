using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>A reception report block (RFC 3550 6.4.1).</summary>
/// <param name="Ssrc">The source reported on.</param>
/// <param name="FractionLost">Loss since the last report, in 1/256.</param>
/// <param name="CumulativeLost">Packets lost so far; negative with duplicates, 24 bits.</param>
/// <param name="HighestSequence">The extended highest sequence number received.</param>
/// <param name="Jitter">Interarrival jitter in timestamp units.</param>
/// <param name="LastSenderReport">The middle 32 bits of the last SR's NTP time, 0 before any.</param>
/// <param name="DelaySinceLastSenderReport">In 1/65536 s.</param>
internal readonly record struct ReportBlock(
    uint Ssrc,
    byte FractionLost,
    int CumulativeLost,
    uint HighestSequence,
    uint Jitter,
    uint LastSenderReport,
    uint DelaySinceLastSenderReport)
{
    /// <summary>The length of a block, in bytes.</summary>
    public const int Length = 24;

    private const int MaxCumulativeLost = 0x7F_FFFF;
    private const int MinCumulativeLost = -0x80_0000;

    /// <summary>Reads block <paramref name="index"/> of a report.</summary>
    /// <param name="index">0..<see cref="RtcpPacket.Count"/> - 1.</param>
    /// <returns>False when the packet is of another type or too short.</returns>
    public static bool TryRead(in RtcpPacket packet, int index, out ReportBlock block)
    {
        block = default;
        var start = packet.Type switch
        {
            RtcpType.SenderReport => SenderReport.BodyLength,
            RtcpType.ReceiverReport => 4,
            _ => packet.Body.Length,
        };
        start += index * Length;
        if (index >= packet.Count || start + Length > packet.Body.Length)
        {
            return false;
        }

        var body = packet.Body[start..];
        var lost = (int)BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        block = new ReportBlock(
            BinaryPrimitives.ReadUInt32BigEndian(body),
            body[4],
            // The low 24 bits, sign extended.
            lost << 8 >> 8,
            BinaryPrimitives.ReadUInt32BigEndian(body[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[20..]));
        return true;
    }

    /// <summary>Writes the block.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Ssrc);
        var lost = Math.Clamp(CumulativeLost, MinCumulativeLost, MaxCumulativeLost);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], ((uint)FractionLost << 24) | ((uint)lost & 0xFF_FFFF));
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], DelaySinceLastSenderReport);
    }
}
