using System.Buffers.Binary;
using System.Collections.Immutable;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Sessions;

/// <summary>A viewer: gets the room's packets, and is answered when it misses some.</summary>
internal sealed class ViewerSession : MediaSession
{
    private const long ReportInterval = 1_000_000;
    private const int MaxReportLength = 256;

    // A NACK of one datagram can name thousands of packets; what it may cost is bounded per interval.
    private const int MaxRetransmissions = 500;

    private static readonly byte[] CanonicalName = System.Text.Encoding.ASCII.GetBytes(AnswerWriter.StreamName);

    private readonly ViewedTrack? _video;
    private readonly ViewedTrack? _audio;
    private long _lastReport;
    private int _retransmissionsLeft = MaxRetransmissions;

    public ViewerSession(Room room, TransportParameters remote, ImmutableArray<AcceptedMedia> accepted, SessionContext context)
        : base(room, remote, context)
    {
        foreach (var media in accepted)
        {
            var track = new ViewedTrack(media.Kind, (byte)media.Codec.PayloadType, (byte?)media.RepairType);
            if (media.Kind == MediaKind.Video)
            {
                _video = track;
                VideoFormat = media.Codec;
            }
            else
            {
                _audio = track;
            }
        }
    }

    /// <summary>The video codec that the viewer agreed to; null when it takes no video.</summary>
    public RtpCodec? VideoFormat { get; }

    public RateMeter Rate { get; } = new();

    /// <summary>0..1, as last reported for the video, or the audio of a viewer without video.</summary>
    public double FractionLost { get; private set; }

    public TimeSpan? RoundTrip { get; private set; }

    public TimeSpan Jitter { get; private set; }

    public long KeyFrameRequests { get; private set; }

    public long NacksReceived { get; private set; }

    public long Retransmitted { get; private set; }

    /// <summary>What the path carries; null while nothing has shown a limit.</summary>
    public long? EstimatedBitsPerSecond { get; private set; }

    /// <summary>Whether the video is held back because the path does not carry it.</summary>
    public bool VideoPaused { get; private set; }

    /// <summary>The simulcast layer that the viewer gets; null without simulcast.</summary>
    public string? Layer { get; private set; }

    /// <summary>The SSRC under which a kind of media goes to this viewer.</summary>
    public uint Ssrc(MediaKind kind) => Track(kind)?.Ssrc ?? 0;

    /// <summary>The SSRC under which lost packets of a kind go to this viewer again; null when it is the same.</summary>
    public uint? RepairSsrc(MediaKind kind) => Track(kind)?.Repair?.Ssrc;

    /// <summary>Sends a packet of the room.</summary>
    public void Forward(MediaKind kind, long index, ReadOnlySpan<byte> packet)
    {
        if (!IsConnected || Track(kind) is not { } track)
        {
            return;
        }

        var reserved = Outbox.Reserve();
        if (track.TryWrite(index, packet, reserved[..packet.Length]))
        {
            Rate.Count(packet.Length);
            SendRtp(reserved, packet.Length);
        }
    }

    protected override void OnConnected(long now)
    {
        if (_video is null)
        {
            return;
        }

        if (!Room.Video.TryGetReplay(now, out var first))
        {
            Room.RequestKeyFrame(urgent: true, now);
            return;
        }

        _video.ReplayUntil(Room.Video.Highest, Room.Video.LastTimestamp);
        for (var index = first; index <= Room.Video.Highest; index++)
        {
            if (Room.Video.TryGet(index, out var packet))
            {
                Forward(MediaKind.Video, index, packet);
            }
        }
    }

    // A viewer has nothing to send but reports.
    protected override bool OnRtp(Span<byte> packet, long now) => false;

    protected override void OnRtcp(in RtcpPacket packet, long now)
    {
        switch (packet.Type)
        {
            case RtcpType.SenderReport or RtcpType.ReceiverReport:
                for (var i = 0; ReportBlock.TryRead(packet, i, out var block); i++)
                {
                    Note(block, now);
                }

                break;
            case RtcpType.TransportFeedback when packet.Count == NackReader.Format && packet.Body.Length >= 8:
                Retransmit(packet);
                break;
            case RtcpType.PayloadFeedback when packet.Count is RtcpWriter.PictureLossFormat or RtcpWriter.FullIntraFormat:
                KeyFrameRequests++;
                Room.RequestKeyFrame(urgent: false, now);
                break;
            default:
                break;
        }
    }

    protected override void OnTick(long now)
    {
        Rate.Tick(now);
        if (now - _lastReport >= ReportInterval)
        {
            _lastReport = now;
            _retransmissionsLeft = MaxRetransmissions;
            Report(_video, now);
            Report(_audio, now);
        }
    }

    private ViewedTrack? Track(MediaKind kind) => kind == MediaKind.Video ? _video : _audio;

    private void Note(in ReportBlock block, long now)
    {
        var main = _video ?? _audio;
        if (main is null || block.Ssrc != main.Ssrc)
        {
            return;
        }

        FractionLost = block.FractionLost / 256.0;
        Jitter = TimeSpan.FromSeconds(block.Jitter / (double)RoomTrack.ClockRate(main.Kind));
        if (block.LastSenderReport != 0)
        {
            RoundTrip = NtpTime.RoundTrip(Context.Clock.ToNtp(now), block.LastSenderReport, block.DelaySinceLastSenderReport) ?? RoundTrip;
        }
    }

    private void Retransmit(in RtcpPacket packet)
    {
        var media = BinaryPrimitives.ReadUInt32BigEndian(packet.Body[4..]);
        var track = media == _video?.Ssrc ? _video : media == _audio?.Ssrc ? _audio : null;
        if (track is null)
        {
            return;
        }

        var reader = new NackReader(packet);
        while (reader.TryRead(out var sequenceNumber))
        {
            NacksReceived++;
            if (_retransmissionsLeft > 0
                && track.TryGetIndex(sequenceNumber, out var index)
                && Room.Track(track.Kind).TryGet(index, out var lost))
            {
                _retransmissionsLeft--;
                Retransmitted++;
                Repair(track, index, lost);
            }
        }
    }

    private void Repair(ViewedTrack track, long index, ReadOnlySpan<byte> packet)
    {
        var reserved = Outbox.Reserve();
        if (track.TryWriteRepair(index, packet, reserved, out var length))
        {
            Rate.Count(length);
            SendRtp(reserved, length);
        }
    }

    private void Report(ViewedTrack? track, long now)
    {
        if (track is not { Packets: > 0 } || Room.Publisher is not { } publisher || !publisher.TryGetTimestamp(track.Kind, now, out var timestamp))
        {
            return;
        }

        var reserved = Outbox.Reserve();
        var writer = new RtcpWriter(reserved[..MaxReportLength]);
        writer.SenderReport(new SenderReport(track.Ssrc, Context.Clock.ToNtp(now), timestamp, track.Packets, track.Octets));
        writer.SourceDescription(track.Ssrc, CanonicalName);
        SendRtcp(reserved, writer.Length);
    }
}
