using System.Buffers.Binary;
using System.Collections.Immutable;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Publishers;

/// <summary>A publisher: its packets go into the room; requests and reports go back to it.</summary>
internal sealed class PublisherSession : MediaSession, IRoomPublisher
{
    private const long ReportInterval = 1_000_000;
    private const long ArrivalInterval = 50_000;

    private readonly PublisherFeedback _feedback;
    private readonly SenderClock _senderClock = new();
    private readonly PublishedVideo? _video;
    private readonly PublishedTrack? _audio;
    private long _lastReport;
    private long _lastArrivals;

    public PublisherSession(
        Room room, SessionDescription offer, TransportParameters remote, ImmutableArray<AcceptedMedia> accepted, SessionContext context)
        : base(remote, context)
    {
        Room = room;
        var pictureLoss = false;
        foreach (var media in accepted)
        {
            if (media.Kind == MediaKind.Video)
            {
                _video = new PublishedVideo(media, room);
                VideoFormat = media.Codec;
                pictureLoss = media.Codec.Feedback.Contains("nack pli") || !media.Codec.Feedback.Contains("ccm fir");
            }
            else
            {
                _audio = new PublishedTrack(media, room.Audio);
                AudioFormat = media.Codec;
            }
        }

        _feedback =
            new PublisherFeedback(this, context, accepted.All(media => offer.Media[media.SectionIndex].RtcpReducedSize), pictureLoss);
        var refused = AudioFormat is null ? Negotiation.OfferedAudio(offer) : string.Empty;
        Media = new MediaDescription(
            VideoFormat is null ? VideoCodec.None : Negotiation.VideoCodecOf(VideoFormat),
            AudioFormat is not null ? AudioCodec.Opus : refused.Length > 0 ? AudioCodec.Unplayable : AudioCodec.None)
        {
            RefusedAudio = refused,
        };
    }

    public Room Room { get; }

    public override string RoomId => Room.Id;

    public MediaDescription Media { get; }

    public RtpCodec? VideoFormat { get; }

    public RtpCodec? AudioFormat { get; }

    public bool SendsKeyFramesOnRequest => true;

    public RateMeter Rate { get; } = new();

    /// <summary>Sequence numbers asked for again.</summary>
    public long NacksSent { get; private set; }

    /// <summary>The newest round trip that the publisher's reports showed; null before the first, and when it tells none.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    public PublisherStatistics Statistics => new(
        Id,
        Media,
        IsConnected,
        Rate.BitsPerSecond,
        Rate.Packets,
        Rate.Bytes,
        (_video?.PacketsLost ?? 0) + (_audio?.PacketsLost ?? 0),
        _video?.Jitter ?? TimeSpan.Zero,
        _video?.KeyFramesAskedFor ?? 0,
        NacksSent,
        Refused,
        RoundTrip);

    private ReadOnlySpan<PublishedTrack> Videos => _video is null ? default : _video.Tracks;

    /// <summary>Sends the requests for key frames that the room wants, if they may be sent now.</summary>
    public void RequestKeyFrameIfDue(long now)
    {
        foreach (var track in Videos)
        {
            if (IsConnected && track.Ssrc is { } media && track.Track.KeyFrames.TryTake(now))
            {
                _feedback.RequestKeyFrame(media);
            }
        }
    }

    /// <inheritdoc />
    public bool TryGetTimestamp(MediaKind kind, long now, out uint timestamp) =>
        _senderClock.TryGetTimestamp(kind == MediaKind.Video ? _video?.Reported : _audio, now, out timestamp);

    /// <inheritdoc />
    public override bool HasSameOwner(MediaSession other) => other is PublisherSession { Room: var room } && room == Room;

    protected override bool OnRtp(Span<byte> packet, long now)
    {
        if (!RtpHeader.TryParse(packet, out var header))
        {
            return false;
        }

        var track = _video?.Takes(header.PayloadType) == true
            ? _video.Find(header, packet) : _audio?.Takes(header.PayloadType) == true ? _audio
            : null;
        if (track is null)
        {
            return false;
        }

        Rate.Count(packet.Length);
        if (track.ArrivalExtensionId != 0
            && HeaderExtension.TryFind(packet, header, track.ArrivalExtensionId, out var sequence) && sequence.Length == 2)
        {
            _feedback.Arrived(BinaryPrimitives.ReadUInt16BigEndian(sequence), now);
        }

        var repaired = header.PayloadType != track.PayloadType;
        if (repaired && !track.TryUnwrap(ref packet, ref header))
        {
            return true;
        }

        if (track.TryReceive(header, packet, repaired, now, out var received))
        {
            Room.Forward(track.Track, received, now);
        }

        return true;
    }

    protected override void OnRtcp(in RtcpPacket packet, long now)
    {
        if (SenderReport.TryRead(packet, out var report) && Find(report.Ssrc) is { } reporter)
        {
            _senderClock.Observe(report.NtpTime, now);
            reporter.Receive(report, now);
        }
        else if (ReferenceTime.TryReadDelay(packet, ReporterSsrc, out var last, out var delay))
        {
            NoteRoundTrip(NtpTime.RoundTrip(Context.Clock.ToNtp(now), last, delay));
        }
        else if (packet.Type == RtcpType.Goodbye)
        {
            for (var i = 0; i < packet.Count && (4 * i) + 4 <= packet.Body.Length; i++)
            {
                Find(BinaryPrimitives.ReadUInt32BigEndian(packet.Body[(4 * i)..]))?.SourceLeft();
            }
        }
    }

    protected override void OnTick(long now)
    {
        Rate.Tick(now);
        foreach (var track in Videos)
        {
            AskForMissing(track, now);
        }

        AskForMissing(_audio, now);
        if (_feedback.HasArrivals && now - _lastArrivals >= ArrivalInterval && (_video?.AnySource ?? _audio?.Ssrc) is { } media)
        {
            _lastArrivals = now;
            _feedback.ReportArrivals(media, now);
        }

        if (now - _lastReport >= ReportInterval)
        {
            _lastReport = now;
            ReportReception(now);
        }
    }

    private void AskForMissing(PublishedTrack? track, long now)
    {
        if (track is not { Ssrc: { } media })
        {
            return;
        }

        track.Track.Patience = track.Missing.Patience;
        Span<ushort> numbers = stackalloc ushort[MissingPackets.Capacity];
        var count = track.Missing.Collect(now, numbers, out var abandoned);
        if ((abandoned | track.TakeLostTooMuch()) && track.Kind == MediaKind.Video)
        {
            Room.RequestKeyFrame(track.Track, urgent: false, now);
        }

        _feedback.RequestAgain(media, numbers[..count]);
        NacksSent += count;
    }

    private void ReportReception(long now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[AcceptedLayers.Most + 1];
        var count = 0;
        foreach (var track in Videos)
        {
            if (track.TryReport(now, out var video))
            {
                blocks[count++] = video;
            }
        }

        if (_audio is not null && _audio.TryReport(now, out var audio))
        {
            blocks[count++] = audio;
        }

        _feedback.ReportReception(blocks[..count], now);
    }

    private void NoteRoundTrip(TimeSpan? roundTrip)
    {
        if (roundTrip is { } known)
        {
            RoundTrip = known;
            _audio?.Missing.NoteRoundTrip(MediaClock.Of(known));
            foreach (var track in Videos)
            {
                track.Missing.NoteRoundTrip(MediaClock.Of(known));
            }
        }
    }

    private PublishedTrack? Find(uint ssrc) => _audio?.Ssrc == ssrc ? _audio : _video?.Find(ssrc);
}
