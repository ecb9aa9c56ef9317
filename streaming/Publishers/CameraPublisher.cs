using System.Security.Cryptography;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;

namespace Xunke.Streaming.Publishers;

/// <summary>
/// A camera as a room's publisher: RTP and sender reports as FFmpeg packs them. It cannot be asked for a key frame:
/// who comes late waits for the next one. Guarded by the media plane's lock.
/// </summary>
internal sealed class CameraPublisher : IRoomPublisher
{
    private const int IdBytes = 16;

    private readonly PublishedTrack? _audio;
    private readonly PublishedTrack _video;
    private readonly SenderClock _senderClock = new();

    /// <summary>A publisher that has sent nothing yet.</summary>
    /// <param name="video">The H.264 format.</param>
    /// <param name="audio">The Opus format, or null.</param>
    public CameraPublisher(Room room, RtpCodec video, RtpCodec? audio)
    {
        Room = room;
        VideoFormat = video;
        AudioFormat = audio;
        Media = new MediaDescription(VideoCodec.H264, audio is null ? AudioCodec.None : AudioCodec.Opus);
        _video = Track(MediaKind.Video, video);
        _audio = audio is null ? null : Track(MediaKind.Audio, audio);
    }

    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public Room Room { get; }

    public MediaDescription Media { get; }

    public RtpCodec? VideoFormat { get; }

    public RtpCodec? AudioFormat { get; }

    public bool IsConnected => true;

    public bool SendsKeyFramesOnRequest => false;

    public RateMeter Rate { get; } = new();

    /// <summary>Packets that are no RTP, or not of what was agreed on.</summary>
    public long Refused { get; private set; }

    public PublisherStatistics Statistics => new(
        Id,
        Media,
        Connected: true,
        Rate.BitsPerSecond,
        Rate.Packets,
        Rate.Bytes,
        _video.PacketsLost + (_audio?.PacketsLost ?? 0),
        _video.Jitter,
        KeyFrameRequests: 0,
        NacksSent: 0,
        Refused);

    public void RequestKeyFrameIfDue(long now)
    {
        // RTSP 1.0 knows no such request.
    }

    public bool TryGetTimestamp(MediaKind kind, long now, out uint timestamp) =>
        _senderClock.TryGetTimestamp(kind == MediaKind.Video ? _video : _audio, now, out timestamp);

    /// <summary>Takes frames of one kind of media.</summary>
    /// <param name="frames">Whole interleaved frames: RTP on even channels, RTCP on odd ones (RFC 2326 10.12).</param>
    public void Receive(MediaKind kind, ReadOnlySpan<byte> frames, long now)
    {
        if ((kind == MediaKind.Video ? _video : _audio) is not { } track)
        {
            return;
        }

        while (InterleavedFrame.TryRead(frames, out var channel, out var packet))
        {
            frames = frames[(InterleavedFrame.HeaderLength + packet.Length)..];
            if ((channel & 1) != 0)
            {
                ReceiveReports(track, packet, now);
            }
            else if (RtpHeader.TryParse(packet, out var header) && header.PayloadType == track.PayloadType)
            {
                ReceiveMedia(track, header, packet, now);
            }
            else
            {
                Refused++;
            }
        }
    }

    /// <summary>Does what is due.</summary>
    public void Tick(long now) => Rate.Tick(now);

    private PublishedTrack Track(MediaKind kind, RtpCodec codec) =>
        new(new AcceptedMedia(0, kind, codec with { Feedback = [] }, 0, null), Room.Track(kind));

    private void ReceiveMedia(PublishedTrack track, in RtpHeader header, ReadOnlySpan<byte> packet, long now)
    {
        Rate.Count(packet.Length);
        if (track.TryReceive(header, packet, repaired: false, now, out var received))
        {
            Room.Forward(track.Track, received, now);
        }
    }

    private void ReceiveReports(PublishedTrack track, ReadOnlySpan<byte> compound, long now)
    {
        while (RtcpPacket.TryReadNext(ref compound, out var packet))
        {
            if (SenderReport.TryRead(packet, out var report))
            {
                _senderClock.Observe(report.NtpTime, now);
                track.Receive(report, now);
            }
        }
    }
}
