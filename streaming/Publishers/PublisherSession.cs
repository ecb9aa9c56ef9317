using System.Buffers.Binary;
using System.Collections.Immutable;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Publishers;

/// <summary>A publisher: its packets go into the room; requests and reports go back to it.</summary>
internal sealed partial class PublisherSession : MediaSession, IRoomPublisher
{
    private const long ReportInterval = 1_000_000;
    private const long ArrivalInterval = 50_000;
    private const int MaxFeedbackLength = 1200;

    private static readonly byte[] CanonicalName = System.Text.Encoding.ASCII.GetBytes(AnswerWriter.StreamName);

    private readonly bool _reducedSize;
    private readonly bool _pictureLoss;
    private readonly ArrivalFeedback _arrivals = new();
    private readonly SenderClock _senderClock = new();
    private readonly PublishedVideo? _video;
    private readonly PublishedTrack? _audio;
    private long _lastReport;
    private long _lastArrivals;
    private byte _fullIntraRequests;

    public PublisherSession(
        Room room, SessionDescription offer, TransportParameters remote, ImmutableArray<AcceptedMedia> accepted, SessionContext context)
        : base(remote, context)
    {
        Room = room;
        foreach (var media in accepted)
        {
            if (media.Kind == MediaKind.Video)
            {
                _video = new PublishedVideo(media, room);
                VideoFormat = media.Codec;
                _pictureLoss = media.Codec.Feedback.Contains("nack pli") || !media.Codec.Feedback.Contains("ccm fir");
            }
            else
            {
                _audio = new PublishedTrack(media, room.Audio);
                AudioFormat = media.Codec;
            }
        }

        _reducedSize = accepted.All(media => offer.Media[media.SectionIndex].RtcpReducedSize);
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

    /// <summary>The video's tracks.</summary>
    private ReadOnlySpan<PublishedTrack> Videos => _video is null ? default : _video.Tracks;

    /// <summary>Sends the requests for key frames that the room wants, if they may be sent now.</summary>
    public void RequestKeyFrameIfDue(long now)
    {
        foreach (var track in Videos)
        {
            if (IsConnected && track.Ssrc is { } media && track.Track.KeyFrames.TryTake(now))
            {
                RequestKeyFrame(media);
            }
        }
    }

    /// <summary>The room's timestamp of a track at a moment of the media clock, once the publisher has reported.</summary>
    public bool TryGetTimestamp(MediaKind kind, long now, out uint timestamp)
    {
        timestamp = 0;
        if ((kind == MediaKind.Video ? Reported() : _audio) is not { LastReport: { } report } track)
        {
            return false;
        }

        var since = now - _senderClock.ToLocal(report.NtpTime);
        timestamp = track.Track.ToRoomTimestamp(report.RtpTimestamp + (uint)(since * RoomTrack.ClockRate(kind) / 1_000_000));
        return true;
    }

    /// <inheritdoc />
    public override bool HasSameOwner(MediaSession other) => other is PublisherSession { Room: var room } && room == Room;

    protected override bool OnRtp(Span<byte> packet, long now)
    {
        if (!RtpHeader.TryParse(packet, out var header))
        {
            return false;
        }

        var track = _video?.Takes(header.PayloadType) == true ? _video.Find(header, packet) : _audio?.Takes(header.PayloadType) == true ? _audio : null;
        if (track is null)
        {
            return false;
        }

        Rate.Count(packet.Length);
        if (track.ArrivalExtensionId != 0
            && HeaderExtension.TryFind(packet, header, track.ArrivalExtensionId, out var sequence) && sequence.Length == 2)
        {
            _arrivals.Record(BinaryPrimitives.ReadUInt16BigEndian(sequence), now);
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
        if (_arrivals.Pending > 0 && now - _lastArrivals >= ArrivalInterval && AnySource() is { } media)
        {
            _lastArrivals = now;
            ReportArrivals(media, now);
        }

        if (now - _lastReport >= ReportInterval)
        {
            _lastReport = now;
            ReportReception(now);
        }
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

    // The layers of the video share the room's timeline, so that any of them tells where it stands.
    private PublishedTrack? Reported()
    {
        foreach (var track in Videos)
        {
            if (track.LastReport is not null)
            {
                return track;
            }
        }

        return null;
    }

    private uint? AnySource()
    {
        foreach (var track in Videos)
        {
            if (track.Ssrc is { } ssrc)
            {
                return ssrc;
            }
        }

        return _audio?.Ssrc;
    }
}
