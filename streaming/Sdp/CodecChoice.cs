using System.Globalization;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Sdp;

/// <summary>Chooses among the formats of one section.</summary>
internal static class CodecChoice
{
    /// <summary>The video that publishers may send, for people.</summary>
    public const string PublishableVideo = "H264 (packetization-mode 0 or 1) or VP8";

    public const string H264 = "H264";
    public const string Vp8 = "VP8";
    public const string Opus = "opus";
    public const int VideoClockRate = 90_000;
    public const int OpusClockRate = 48_000;

    /// <summary>The video to receive from a publisher; null when none is known.</summary>
    public static RtpCodec? PublishedVideo(MediaSection section)
    {
        var h264 = section.Codecs.Where(codec => codec.Is(H264, VideoClockRate)).ToList();
        var playable = h264.FindAll(H264Format.IsNonInterleaved);

        // A publisher of mode 0 sends packets that mode 1 has, too (RFC 6184 6.2, 6.3), and viewers are offered mode 1.
        var single = h264.FindAll(H264Format.IsSingle);
        return Best(playable) ?? section.Codecs.FirstOrDefault(codec => codec.Is(Vp8, VideoClockRate)) ?? Best(single);

        // Every browser decodes Constrained Baseline, so a publisher that can send it is asked to.
        static RtpCodec? Best(List<RtpCodec> codecs) =>
            codecs.Find(codec => H264Format.ProfileOf(codec) == H264Profile.ConstrainedBaseline) ?? codecs.FirstOrDefault();
    }

    /// <summary>The format under which a viewer takes the published video; null when it cannot.</summary>
    public static RtpCodec? MatchingVideo(MediaSection section, RtpCodec published)
    {
        if (!published.Is(H264, VideoClockRate))
        {
            return section.Codecs.FirstOrDefault(codec => codec.Is(published.Name, published.ClockRate));
        }

        var playable = section.Codecs.Where(codec => codec.Is(H264, VideoClockRate) && H264Format.IsNonInterleaved(codec)).ToList();
        var profile = H264Format.ProfileOf(published);
        return playable.Find(codec => H264Format.ProfileOf(codec) == profile) ?? playable.FirstOrDefault();
    }

    public static RtpCodec? OpusIn(MediaSection section) =>
        section.Codecs.FirstOrDefault(codec => codec.Is(Opus, OpusClockRate));

    public static int ArrivalExtension(MediaSection section, RtpCodec codec) =>
        codec.Feedback.Contains("transport-cc")
            ? section.Extension(ArrivalFeedback.ExtensionUri)
            : 0;

    public static int PlayoutDelayExtension(MediaSection section) =>
        section.Extension(PlayoutDelay.ExtensionUri) is var offered && CanStamp(offered) ? offered : 0;

    // The edge writes the one-byte form to viewers (RFC 8285 4.2), whose identifiers are 1 to 14.
    public static bool CanStamp(int extension) => extension is >= 1 and <= 14;

    // RFC 4588 8.6: the retransmission payload type names the one it repairs.
    public static int? RepairType(MediaSection section, RtpCodec codec) =>
        codec.Feedback.Contains("nack")
            ? section.Codecs.FirstOrDefault(repair => repair.Is(RepairFormat.Name, codec.ClockRate)
                && repair.Parameter("apt") == codec.PayloadType.ToString(CultureInfo.InvariantCulture))?.PayloadType
            : null;
}
