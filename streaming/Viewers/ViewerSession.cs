using System.Buffers.Binary;
using System.Collections.Immutable;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Streaming.Viewers;

/// <summary>A viewer: gets the room's packets, and is answered when it misses some.</summary>
internal sealed class ViewerSession : MediaSession, IRoomViewer
{
    private const long ReportInterval = 1_000_000;

    private readonly PathEstimate _estimate = new();
    private readonly ViewerOutput _output;
    private readonly ViewedTrack? _video;
    private readonly ViewedTrack? _audio;
    private readonly VideoFlow? _flow;
    private long _lastReport;
    private bool _hasAudio;
    private double _fractionLost;
    private TimeSpan? _roundTrip;
    private TimeSpan _jitter;
    private long _keyFrameRequests;

    public ViewerSession(Room room, TransportParameters remote, ImmutableArray<AcceptedMedia> accepted, SessionContext context)
        : base(remote, context)
    {
        Room = room;
        _output = new ViewerOutput(this, context, _estimate);
        foreach (var media in accepted)
        {
            var track = new ViewedTrack(media);
            if (media.Kind == MediaKind.Video)
            {
                _video = track;
                _flow = new VideoFlow(room, track, _estimate);
                VideoFormat = media.Codec;
            }
            else
            {
                _audio = track;
            }
        }
    }

    /// <summary>The account and visit that the limits count it for; null when not counted.</summary>
    public ViewerOwner? Owner { get; init; }

    public Room Room { get; }

    public override string RoomId => Room.Id;

    public RtpCodec? VideoFormat { get; }

    public ViewerStatistics Statistics => new(
        Id,
        _output.Rate.BitsPerSecond,
        _output.Rate.Packets,
        _output.Rate.Bytes,
        _fractionLost,
        _roundTrip,
        _jitter,
        _keyFrameRequests,
        _output.NacksReceived,
        _output.Retransmitted,
        _estimate.BitsPerSecond,
        VideoPaused: _flow is { IsPaused: true },
        _flow?.Layer,
        LayerReduced: _flow is not null && ((_flow.Layer is { } layer && layer != Room.BestLayer) || _flow.IsBaseAlone));

    /// <summary>The SSRC under which a kind of media goes to this viewer.</summary>
    public uint Ssrc(MediaKind kind) => Track(kind)?.Ssrc ?? 0;

    /// <summary>The SSRC under which lost packets of a kind go to this viewer again; null when it is the same.</summary>
    public uint? RepairSsrc(MediaKind kind) => Track(kind)?.Repair?.Ssrc;

    /// <summary>Something has come into the room. Sound is sent at once; video as fast as the path takes it.</summary>
    public void Forward(RoomTrack source, in ReceivedPacket received, long now)
    {
        if (!IsConnected)
        {
            return;
        }

        if (source.Kind == MediaKind.Audio)
        {
            ForwardAudio(source, received.Index, now);
        }
        else if (_flow is not null)
        {
            if (_flow.Arrived(source, received))
            {
                for (var index = received.First; index <= received.Index; index++)
                {
                    _output.Send(_video!, source, index, now);
                }
            }

            SendVideo(now);
        }
    }

    /// <inheritdoc />
    public override bool HasSameOwner(MediaSession other) =>
        Owner is not null && other is ViewerSession { Owner: { } owner } && owner.Visit == Owner.Visit;

    // A visitor's browser checks at once; a publisher may be set up by hand.
    protected override long FirstCheckWithin => Context.FirstCheckWithin;

    protected override void OnConnected(long now)
    {
        _flow?.Start(now);
        SendVideo(now);
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
                var media = BinaryPrimitives.ReadUInt32BigEndian(packet.Body[4..]);
                if ((media == _video?.Ssrc ? _video : media == _audio?.Ssrc ? _audio : null) is { } missed)
                {
                    _output.SendAgain(missed, new NackReader(packet), now);
                }

                break;
            case RtcpType.TransportFeedback when packet.Count == ArrivalFeedback.Format:
                _estimate.Receive(packet, now);
                break;
            case RtcpType.PayloadFeedback when packet.Count is RtcpWriter.PictureLossFormat or RtcpWriter.FullIntraFormat:
                _keyFrameRequests++;
                _flow?.KeyFrameAsked(now);
                break;
            default:
                break;
        }
    }

    protected override void OnTick(long now)
    {
        _output.Rate.Tick(now);
        _estimate.Tick(now);
        _flow?.Tick(now);
        _video?.Hold(now);
        SendVideo(now);
        if (_video is { ReportsArrival: true, Repair: not null } && _flow!.TryTakeProbe(now, out var bitsPerSecond))
        {
            _output.Probe(_video, bitsPerSecond, now);
        }

        if (now - _lastReport >= ReportInterval)
        {
            _lastReport = now;
            _output.AllowRetransmissions();
            _output.Report(_video, Room.Publisher, now);
            _output.Report(_audio, Room.Publisher, now);
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

        _fractionLost = block.FractionLost / 256.0;
        _jitter = TimeSpan.FromSeconds(block.Jitter / (double)RoomTrack.ClockRate(main.Kind));
        if (block.LastSenderReport != 0)
        {
            _roundTrip = NtpTime.RoundTrip(Context.Clock.ToNtp(now), block.LastSenderReport, block.DelaySinceLastSenderReport)
                ?? _roundTrip;
            _video?.RoundTrip = MediaClock.Of(_roundTrip ?? TimeSpan.Zero);
        }
    }

    private void ForwardAudio(RoomTrack source, long index, long now)
    {
        if (_audio is null)
        {
            return;
        }

        if (!_hasAudio)
        {
            _hasAudio = true;
            _audio.Begin(source, index, timestamp: 0);
        }

        _output.Send(_audio, source, index, now);
    }

    private void SendVideo(long now)
    {
        while (_flow is not null && _flow.TryTake(now, out var source, out var index))
        {
            _output.Send(_video!, source, index, now);
        }
    }
}
