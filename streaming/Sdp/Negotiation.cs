using System.Collections.Immutable;
using System.Globalization;
using Xunke.Streaming.Dtls;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;

namespace Xunke.Streaming.Sdp;

/// <summary>Decides which sections and codecs of an offer the edge agrees to (RFC 3264, RFC 8829).</summary>
internal static class Negotiation
{
    private const string H264 = "H264";
    private const string Vp8 = "VP8";
    private const string Opus = "opus";
    private const int VideoClockRate = 90_000;
    private const int OpusClockRate = 48_000;

    /// <summary>Chooses what to receive from a publisher: at most one video and one audio section.</summary>
    /// <exception cref="SdpException">Nothing is offered that could be received.</exception>
    /// <exception cref="UnsupportedMediaException">Video is offered, but in no codec that the edge forwards.</exception>
    public static ImmutableArray<AcceptedMedia> ForPublisher(SessionDescription offer)
    {
        var video = Find(offer, MediaKind.Video, MediaDirection.SendOnly);
        var audio = Find(offer, MediaKind.Audio, MediaDirection.SendOnly);
        var videoCodec = video is { } v ? PublishedVideo(v.Section) : null;
        if (video is { } offered && videoCodec is null)
        {
            throw new UnsupportedMediaException(MediaKind.Video, Names(offered.Section), "H264 (packetization-mode=1) or VP8");
        }

        var audioCodec = audio is { } a ? OpusIn(a.Section) : null;
        if (audio is { } only && audioCodec is null && video is null)
        {
            throw new UnsupportedMediaException(MediaKind.Audio, Names(only.Section), "opus");
        }

        return Accept(offer, video, videoCodec, audio, audioCodec, receiving: true)
            ?? throw new SdpException("The offer has no video or audio section that sends.");
    }

    /// <summary>Chooses what to send to a viewer of published media.</summary>
    /// <param name="video">The publisher's video codec, or null when it sends none or the viewer may not get any.</param>
    /// <param name="audio">The publisher's audio codec, or null when it sends none or the viewer may not get any.</param>
    /// <exception cref="SdpException">The viewer offers to receive nothing that is published.</exception>
    /// <exception cref="UnsupportedMediaException">The viewer wants video, but cannot take the published codec.</exception>
    public static ImmutableArray<AcceptedMedia> ForViewer(SessionDescription offer, RtpCodec? video, RtpCodec? audio)
    {
        var videoSection = video is null ? null : Find(offer, MediaKind.Video, MediaDirection.ReceiveOnly);
        var audioSection = audio is null ? null : Find(offer, MediaKind.Audio, MediaDirection.ReceiveOnly);
        RtpCodec? videoCodec = null;
        if (videoSection is { } wanted)
        {
            videoCodec = MatchingVideo(wanted.Section, video!)
                ?? throw new UnsupportedMediaException(MediaKind.Video, Names(wanted.Section), video!.Name);
        }

        var audioCodec = audioSection is { } a ? OpusIn(a.Section) : null;
        return Accept(offer, videoSection, videoCodec, audioSection, audioCodec, receiving: false)
            ?? throw new SdpException("The offer has no section that could receive what the room sends.");
    }

    /// <summary>The video codec that a chosen format stands for.</summary>
    public static VideoCodec VideoCodecOf(RtpCodec format) => format.Is(Vp8, VideoClockRate) ? VideoCodec.Vp8 : VideoCodec.H264;

    /// <summary>The names of the codecs of the sound that a publisher offers, for telling people what is not taken; empty without sound.</summary>
    public static string OfferedAudio(SessionDescription offer)
    {
        if (Find(offer, MediaKind.Audio, MediaDirection.SendOnly) is not { } audio)
        {
            return string.Empty;
        }

        // The static payload types of RFC 3551 need no rtpmap, and so no name.
        var names = Names(audio.Section);
        return string.Join(", ", names.Count > 0 ? names : audio.Section.Formats);
    }

    /// <summary>Reads and checks the offerer's transport: ICE credentials, DTLS fingerprint and role, one port for all.</summary>
    /// <exception cref="SdpException">Something that WebRTC needs is missing or wrong.</exception>
    public static TransportParameters Transport(SessionDescription offer, ImmutableArray<AcceptedMedia> accepted)
    {
        foreach (var media in accepted)
        {
            var section = offer.Media[media.SectionIndex];
            if (accepted.Length > 1 && (section.Mid is null || !offer.Bundle.Contains(section.Mid)))
            {
                throw new SdpException("The offer's media sections are not in one BUNDLE group.");
            }
        }

        // RFC 8843 7.2: the transport of the bundle is that of its first section.
        var tagged = offer.Media.FirstOrDefault(section => section.Mid is not null && offer.Bundle.FirstOrDefault() == section.Mid)
            ?? offer.Media[accepted[0].SectionIndex];
        if (!tagged.RtcpMux && !accepted.Any(media => offer.Media[media.SectionIndex].RtcpMux))
        {
            throw new SdpException("The offer does not multiplex RTCP with RTP (a=rtcp-mux).");
        }

        return new TransportParameters(
            SdpText.UserFragment(tagged.UserFragment ?? offer.UserFragment),
            SdpText.Password(tagged.Password ?? offer.Password),
            Fingerprint(tagged.Fingerprint ?? offer.Fingerprint),
            Role(tagged.Setup ?? offer.Setup));
    }

    // RFC 5763 5: who leaves the choice to the answerer becomes the client, so that its first flight needs no further round trip.
    private static DtlsRole Role(string? setup) => setup switch
    {
        null or "actpass" or "active" => DtlsRole.Client,
        "passive" => DtlsRole.Server,
        _ => throw new SdpException("The offer's DTLS role is none of actpass, active and passive (a=setup)."),
    };

    private static ImmutableArray<AcceptedMedia>? Accept(
        SessionDescription offer,
        (int Index, MediaSection Section)? video,
        RtpCodec? videoCodec,
        (int Index, MediaSection Section)? audio,
        RtpCodec? audioCodec,
        bool receiving)
    {
        var accepted = ImmutableArray.CreateBuilder<AcceptedMedia>(2);
        var arrivals = receiving;
        if (video is { } v && videoCodec is not null)
        {
            var repair = RepairType(v.Section, videoCodec);
            var extension = ArrivalExtension(v.Section, videoCodec);
            arrivals |= CanStamp(extension) && repair is not null;
            accepted.Add(new AcceptedMedia(v.Index, MediaKind.Video, videoCodec, arrivals ? extension : 0, repair, receiving ? AcceptedLayers.Of(v.Section) : null)
            {
                PlayoutDelayId = receiving ? 0 : PlayoutDelayExtension(v.Section),
            });
        }

        if (audio is { } a && audioCodec is not null)
        {
            var repair = RepairType(a.Section, audioCodec);
            var extension = ArrivalExtension(a.Section, audioCodec);
            var stamped = receiving || (arrivals && CanStamp(extension) && (repair is not null || !audioCodec.Feedback.Contains("nack")));
            accepted.Add(new AcceptedMedia(a.Index, MediaKind.Audio, audioCodec, stamped ? extension : 0, repair));
        }

        if (accepted.Count == 0)
        {
            return null;
        }

        accepted.Sort((left, right) => left.SectionIndex.CompareTo(right.SectionIndex));
        return accepted.ToImmutable();
    }

    private static (int Index, MediaSection Section)? Find(SessionDescription offer, MediaKind kind, MediaDirection direction)
    {
        for (var i = 0; i < offer.Media.Length; i++)
        {
            var section = offer.Media[i];
            if (section.IsOf(kind) && section.IsActive
                && (section.Direction == direction || section.Direction == MediaDirection.SendReceive)
                && section.Protocol.EndsWith("TLS/RTP/SAVPF", StringComparison.OrdinalIgnoreCase))
            {
                return (i, section);
            }
        }

        return null;
    }

    private static RtpCodec? PublishedVideo(MediaSection section)
    {
        var playable = section.Codecs.Where(codec => codec.Is(H264, VideoClockRate) && H264Format.IsNonInterleaved(codec)).ToList();
        // Every browser decodes Constrained Baseline, so a publisher that can send it is asked to.
        return playable.Find(codec => H264Format.ProfileOf(codec) == H264Profile.ConstrainedBaseline)
            ?? playable.FirstOrDefault()
            ?? section.Codecs.FirstOrDefault(codec => codec.Is(Vp8, VideoClockRate));
    }

    private static RtpCodec? MatchingVideo(MediaSection section, RtpCodec published)
    {
        if (!published.Is(H264, VideoClockRate))
        {
            return section.Codecs.FirstOrDefault(codec => codec.Is(published.Name, published.ClockRate));
        }

        var playable = section.Codecs.Where(codec => codec.Is(H264, VideoClockRate) && H264Format.IsNonInterleaved(codec)).ToList();
        var profile = H264Format.ProfileOf(published);
        return playable.Find(codec => H264Format.ProfileOf(codec) == profile) ?? playable.FirstOrDefault();
    }

    private static RtpCodec? OpusIn(MediaSection section) =>
        section.Codecs.FirstOrDefault(codec => codec.Is(Opus, OpusClockRate));

    private static int ArrivalExtension(MediaSection section, RtpCodec codec) =>
        codec.Feedback.Contains("transport-cc")
            ? section.Extension(ArrivalFeedback.ExtensionUri)
            : 0;

    private static int PlayoutDelayExtension(MediaSection section) =>
        section.Extension(PlayoutDelay.ExtensionUri) is var offered && CanStamp(offered) ? offered : 0;

    // Towards a viewer the edge writes the one-byte form (RFC 8285 4.2). It stamps only what can be retransmitted under
    // another number, and the sound only beside such a video: without it there is nothing to choose by an estimate.
    private static bool CanStamp(int extension) => extension is >= 1 and <= 14;

    // RFC 4588 8.6: the retransmission payload type names the one it repairs.
    private static int? RepairType(MediaSection section, RtpCodec codec) =>
        codec.Feedback.Contains("nack")
            ? section.Codecs.FirstOrDefault(repair => repair.Is(RepairFormat.Name, codec.ClockRate)
                && repair.Parameter("apt") == codec.PayloadType.ToString(CultureInfo.InvariantCulture))?.PayloadType
            : null;

    private static List<string> Names(MediaSection section) =>
        section.Codecs.Select(codec => codec.Name).Distinct(StringComparer.OrdinalIgnoreCase).Take(20).ToList();

    private static string Fingerprint(string? value)
    {
        if (value is null)
        {
            throw new SdpException("The offer has no DTLS fingerprint.");
        }

        const string function = "sha-256 ";
        const int bytes = 32;
        if (!value.StartsWith(function, StringComparison.Ordinal))
        {
            throw new SdpException("The offer's DTLS fingerprint is not SHA-256.");
        }

        var digits = value.AsSpan(function.Length);
        var wellFormed = digits.Length == (3 * bytes) - 1;
        for (var i = 0; wellFormed && i < digits.Length; i++)
        {
            wellFormed = i % 3 == 2 ? digits[i] == ':' : char.IsAsciiHexDigitUpper(digits[i]);
        }

        return wellFormed ? value : throw new SdpException("The offer's DTLS fingerprint is not 32 bytes in hexadecimal.");
    }
}
