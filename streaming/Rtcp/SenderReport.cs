using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>The sender information of a sender report (RFC 3550 6.4.1).</summary>
/// <param name="Ssrc">The sender.</param>
/// <param name="NtpTime">Wall clock time of the report in NTP's 32.32 seconds since 1900.</param>
/// <param name="RtpTimestamp">The same moment on the stream's RTP clock.</param>
/// <param name="PacketCount">Packets sent so far.</param>
/// <param name="OctetCount">Payload bytes sent so far.</param>
internal readonly record struct SenderReport(uint Ssrc, ulong NtpTime, uint RtpTimestamp, uint PacketCount, uint OctetCount)
{
    /// <summary>Bytes before the report blocks, without the common header.</summary>
    public const int BodyLength = 24;

    /// <summary>Reads the sender information.</summary>
    /// <returns>False when the packet is no sender report or too short.</returns>
    public static bool TryRead(in RtcpPacket packet, out SenderReport report)
    {
        report = default;
        var body = packet.Body;
        if (packet.Type != RtcpType.SenderReport || body.Length < BodyLength)
        {
            return false;
        }

        report = new SenderReport(
            BinaryPrimitives.ReadUInt32BigEndian(body),
            BinaryPrimitives.ReadUInt64BigEndian(body[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[16..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[20..]));
        return true;
    }

    /// <summary>Writes the sender information.</summary>
    /// <param name="destination">At least <see cref="BodyLength"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, Ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(destination[4..], NtpTime);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], RtpTimestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], PacketCount);
        BinaryPrimitives.WriteUInt32BigEndian(destination[20..], OctetCount);
    }
}
