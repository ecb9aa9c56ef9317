using System.Buffers.Binary;

namespace Xunke.Streaming.Rtcp;

/// <summary>Writes RTCP packets one after the other into a buffer that the caller keeps.</summary>
internal ref struct RtcpWriter(Span<byte> buffer)
{
    /// <summary>The feedback format of a picture loss indication in a payload feedback packet (RFC 4585 6.3.1).</summary>
    public const int PictureLossFormat = 1;

    /// <summary>The feedback format of a full intra request in a payload feedback packet (RFC 5104 4.3.1).</summary>
    public const int FullIntraFormat = 4;

    private const int CanonicalNameItem = 1;
    private const int MaxTextLength = 255;

    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Free => _buffer.Length - Length;

    /// <summary>Appends a sender report without report blocks.</summary>
    public void SenderReport(in SenderReport report) =>
        report.Write(Begin(RtcpType.SenderReport, 0, Rtcp.SenderReport.BodyLength));

    /// <summary>Appends a receiver report.</summary>
    /// <param name="blocks">0..31 blocks.</param>
    public void ReceiverReport(uint ssrc, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        var body = Begin(RtcpType.ReceiverReport, blocks.Length, 4 + (blocks.Length * ReportBlock.Length));
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i].Write(body[(4 + (i * ReportBlock.Length))..]);
        }
    }

    /// <summary>Appends a source description with a canonical name (RFC 3550 6.5.1).</summary>
    /// <param name="canonicalName">UTF-8, 255 bytes at most.</param>
    public void SourceDescription(uint ssrc, scoped ReadOnlySpan<byte> canonicalName)
    {
        var name = canonicalName[..Math.Min(canonicalName.Length, MaxTextLength)];
        // SSRC, item type and length, text, and at least one zero byte to end the list.
        var body = Begin(RtcpType.SourceDescription, 1, (4 + 2 + name.Length + 1 + 3) & ~3);
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        body[4] = CanonicalNameItem;
        body[5] = (byte)name.Length;
        name.CopyTo(body[6..]);
        body[(6 + name.Length)..].Clear();
    }

    /// <summary>Appends an extended report with the receiver's reference time, which a sender answers.</summary>
    public void ReferenceTime(uint ssrc, ulong ntpTime)
    {
        var body = Begin(RtcpType.ExtendedReport, 0, 4 + Rtcp.ReferenceTime.BlockLength);
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        Rtcp.ReferenceTime.Write(body[4..], ntpTime);
    }

    /// <summary>Appends a BYE for one source (RFC 3550 6.6).</summary>
    public void Goodbye(uint ssrc) =>
        BinaryPrimitives.WriteUInt32BigEndian(Begin(RtcpType.Goodbye, 1, 4), ssrc);

    /// <summary>Appends a picture loss indication.</summary>
    public void PictureLoss(uint ssrc, uint media) => Feedback(RtcpType.PayloadFeedback, PictureLossFormat, ssrc, media, 0);

    /// <summary>Appends a full intra request.</summary>
    /// <param name="command">Counts the requests, modulo 256.</param>
    public void FullIntraRequest(uint ssrc, uint media, byte command)
    {
        // RFC 5104 4.3.1.2: the media field of the header is 0; the source stands in the entry.
        var entry = Feedback(RtcpType.PayloadFeedback, FullIntraFormat, ssrc, 0, 8);
        BinaryPrimitives.WriteUInt32BigEndian(entry, media);
        entry[4] = command;
        entry[5..].Clear();
    }

    /// <summary>Appends a generic NACK (RFC 4585 6.2.1).</summary>
    /// <param name="missing">The missing sequence numbers in rising order; not empty.</param>
    /// <returns>How many of them fitted.</returns>
    public int Nack(uint ssrc, uint media, scoped ReadOnlySpan<ushort> missing)
    {
        var room = (Free - RtcpPacket.HeaderLength - 8) / 4;
        Span<uint> entries = stackalloc uint[Math.Clamp(room, 0, 128)];
        int count = 0, taken = 0;
        while (taken < missing.Length && count < entries.Length)
        {
            var first = missing[taken++];
            uint following = 0;
            while (taken < missing.Length && (ushort)(missing[taken] - first) is >= 1 and <= 16)
            {
                following |= 1u << ((ushort)(missing[taken] - first) - 1);
                taken++;
            }

            entries[count++] = ((uint)first << 16) | following;
        }

        if (count == 0)
        {
            return 0;
        }

        var body = Feedback(RtcpType.TransportFeedback, NackReader.Format, ssrc, media, 4 * count);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(body[(4 * i)..], entries[i]);
        }

        return taken;
    }

    /// <summary>Appends a feedback packet (RFC 4585 6.1) and gives its control information to be filled in.</summary>
    /// <param name="length">The length of the control information, a multiple of 4.</param>
    public Span<byte> Feedback(RtcpType type, int format, uint ssrc, uint media, int length)
    {
        var body = Begin(type, format, 8 + length);
        BinaryPrimitives.WriteUInt32BigEndian(body, ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], media);
        return body[8..];
    }

    private Span<byte> Begin(RtcpType type, int count, int bodyLength)
    {
        var packet = _buffer.Slice(Length, RtcpPacket.HeaderLength + bodyLength);
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(bodyLength / 4));
        Length += packet.Length;
        return packet[RtcpPacket.HeaderLength..];
    }
}
