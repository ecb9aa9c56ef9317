using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Publishers;

/// <summary>One kind of media as it comes from a publisher: which source it has, what is missing, what it reports.</summary>
/// <param name="layer">The simulcast layer; null without simulcast.</param>
internal sealed class PublishedTrack(AcceptedMedia media, RoomTrack track, string? layer = null)
{
    // A source that says nothing for this long may be replaced by another of the same payload type.
    private const long SourceSilence = 500_000;

    // RFC 3550 A.1 calls a larger step a restart of the source.
    private const int MaxDropout = 3000;

    private readonly VideoCodec _codec = media.Kind == MediaKind.Video ? Negotiation.VideoCodecOf(media.Codec) : VideoCodec.None;
    private readonly KeyFrameWatch? _keyFrames = media.Kind == MediaKind.Video
        ? new KeyFrameWatch(Negotiation.VideoCodecOf(media.Codec), media.Codec.Parameter("sprop-parameter-sets"))
        : null;

    private ReceptionStatistics _reception = new(RoomTrack.ClockRate(media.Kind));
    private long _lastPacket;
    private long _repaired;
    private uint _senderReportMiddle;
    private long _senderReportAt;

    public MediaKind Kind => media.Kind;

    public byte PayloadType { get; } = (byte)media.Codec.PayloadType;

    /// <summary>Whether packets of a payload type belong to this track: its media, or retransmissions of it.</summary>
    public bool Takes(byte payloadType) => payloadType == PayloadType || payloadType == media.RepairType;

    /// <summary>The identifier of the transport-wide sequence number extension; 0 when not used.</summary>
    public int ArrivalExtensionId => media.ArrivalExtensionId;

    /// <summary>The present source; null before the first packet and after its BYE.</summary>
    public uint? Ssrc { get; private set; }

    /// <summary>The source of a simulcast layer's retransmissions, once one has come.</summary>
    public uint? RepairSsrc { get; set; }

    public RoomTrack Track => track;

    public MissingPackets Missing { get; } = new();

    /// <summary>Whether retransmission was agreed on.</summary>
    public bool Retransmits { get; } = media.Codec.Feedback.Contains("nack");

    /// <summary>Whether too many packets are missing for asking.</summary>
    public bool LostTooMuch { get; private set; }

    /// <summary>Packets that never came, retransmitted ones left out.</summary>
    public long PacketsLost => Math.Max(0, _reception.Lost - _repaired);

    public TimeSpan Jitter => _reception.Jitter;

    /// <summary>The last sender report, if one has come from the present source.</summary>
    public SenderReport? LastReport { get; private set; }

    /// <summary>Turns a retransmission into the packet that was lost.</summary>
    /// <returns>False when it holds none.</returns>
    public bool TryUnwrap(ref Span<byte> packet, ref RtpHeader header) =>
        Ssrc is { } ssrc
        && RepairFormat.TryUnwrap(packet, header, PayloadType, ssrc, out packet)
        && RtpHeader.TryParse(packet, out header);

    /// <summary>Takes a packet in.</summary>
    /// <param name="repaired">Whether it came as a retransmission.</param>
    /// <returns>False when it is not forwarded.</returns>
    public bool TryReceive(in RtpHeader header, ReadOnlySpan<byte> packet, bool repaired, long now, out ReceivedPacket received)
    {
        received = default;
        if (!repaired && Ssrc != header.Ssrc)
        {
            if (Ssrc is not null && now - _lastPacket < SourceSilence)
            {
                return false;
            }

            StartSource(header.Ssrc);
        }

        _lastPacket = now;
        var source = _reception.Extend(header.SequenceNumber);
        var previous = _reception.Highest;
        if (previous >= 0 && Math.Abs(source - previous) > MaxDropout)
        {
            if (repaired)
            {
                return false;
            }

            StartSource(header.Ssrc);
            source = _reception.Extend(header.SequenceNumber);
            previous = -1;
        }

        // A retransmission may overtake all originals: a sender that probes the path repeats its newest packets, and
        // does not send again what it knows to have arrived in any form.
        _reception.Record(source, header.Timestamp, now, repaired);
        if (Retransmits && previous >= 0)
        {
            if (source < previous)
            {
                track.Late.Note(Missing.Remove(source, now, answered: repaired || media.RepairType is null), now);
            }
            else if (source > previous + 1)
            {
                LostTooMuch |= !Missing.TryAddGap(previous, source, now);
            }
        }

        var added = TryAdd(source, header, packet, inOrder: previous < 0 || source == previous + 1, now, out received);
        _repaired += repaired && added ? 1 : 0;
        return added;
    }

    /// <summary>Takes the note that too much was lost.</summary>
    public bool TakeLostTooMuch()
    {
        var lost = LostTooMuch;
        LostTooMuch = false;
        return lost;
    }

    /// <summary>Takes a sender report of the present source.</summary>
    public void Receive(in SenderReport report, long now)
    {
        LastReport = report;
        _senderReportMiddle = NtpTime.Middle(report.NtpTime);
        _senderReportAt = now;
    }

    /// <summary>The source has left (RFC 3550 6.3.4); another may take its place at once.</summary>
    public void SourceLeft() => Ssrc = null;

    /// <summary>Makes the report block on the present source.</summary>
    public bool TryReport(long now, out ReportBlock block)
    {
        block = default;
        if (Ssrc is not { } ssrc)
        {
            return false;
        }

        var since = _senderReportMiddle == 0 ? 0 : NtpTime.ToMiddle(TimeSpan.FromMicroseconds(now - _senderReportAt));
        block = _reception.Report(ssrc, _senderReportMiddle, since);
        return true;
    }

    private bool TryAdd(long source, in RtpHeader header, ReadOnlySpan<byte> packet, bool inOrder, long now, out ReceivedPacket received)
    {
        ReadOnlySpan<byte> missing = default;
        var starts =
            _keyFrames?.StartsIn(packet.Slice(header.Length, header.PayloadLength), header.Timestamp, inOrder, out missing) == true;
        var inserted = !missing.IsEmpty && track.TryInsert(source, header, missing, now);
        var added = track.TryAdd(source, header, packet, now, out var index);
        if (added && _codec == VideoCodec.Vp8
            && Vp8Descriptor.TryRead(packet.Slice(header.Length, header.PayloadLength), out var descriptor) && descriptor.TemporalLayer > 0)
        {
            track.MarkUpper(index, descriptor is { TemporalLayer: 1, StartsPicture: true, StartsLayer: true });
        }

        received = new ReceivedPacket(inserted ? index - 1 : index, index, starts);
        return added;
    }

    private void StartSource(uint ssrc)
    {
        _repaired = 0;
        Ssrc = ssrc;
        _reception = new ReceptionStatistics(RoomTrack.ClockRate(media.Kind));
        Missing.Clear();
        LastReport = null;
        _senderReportMiddle = 0;
        track.Restart(layer, _codec);
    }
}
