using System.Collections.Immutable;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;

namespace Xunke.Streaming.Sdp;

/// <summary>Decides which sections and codecs of an offer the edge agrees to (RFC 3264, RFC 8829).</summary>
internal static class Negotiation
{
    /// <summary>Chooses what to receive from a publisher: at most one video and one audio section.</summary>
    /// <exception cref="SdpException">Nothing is offered that could be received, or the offer contradicts itself.</exception>
    /// <exception cref="UnsupportedMediaException">Video is offered, but in no codec that the edge forwards.</exception>
    public static ImmutableArray<AcceptedMedia> ForPublisher(SessionDescription offer)
    {
        OfferConsistency.Check(offer);
        var search = new SectionSearch(offer, MediaDirection.SendOnly);
        var video = search.Find(MediaKind.Video, CodecChoice.PublishedVideo, CodecChoice.PublishableVideo, out var foreignVideo);
        if (foreignVideo is not null)
        {
            throw new UnsupportedMediaException(MediaKind.Video, foreignVideo, CodecChoice.PublishableVideo);
        }

        var audio = search.Find(MediaKind.Audio, CodecChoice.OpusIn, CodecChoice.Opus, out var foreignAudio);
        if (video is null && foreignAudio is not null)
        {
            throw new UnsupportedMediaException(MediaKind.Audio, foreignAudio, CodecChoice.Opus);
        }

        if (video is null && audio is null)
        {
            search.ThrowNothing("The offer has no video or audio section that sends what could be taken");
        }

        return Accept(video, audio, receiving: true);
    }

    /// <summary>Chooses what to send to a viewer of published media.</summary>
    /// <param name="video">The publisher's video codec, or null when it sends none or the viewer may not get any.</param>
    /// <param name="audio">The publisher's audio codec, or null when it sends none or the viewer may not get any.</param>
    /// <exception cref="SdpException">The viewer offers to receive nothing that is published, or contradicts itself.</exception>
    /// <exception cref="UnsupportedMediaException">The viewer wants video, but cannot take the published codec.</exception>
    public static ImmutableArray<AcceptedMedia> ForViewer(SessionDescription offer, RtpCodec? video, RtpCodec? audio)
    {
        OfferConsistency.Check(offer);
        var search = new SectionSearch(offer, MediaDirection.ReceiveOnly);
        FoundSection? videoSection = null, audioSection = null;
        if (video is null)
        {
            search.Exclude(MediaKind.Video, "asks for video, which the room does not send or this visit does not include");
        }
        else
        {
            var wanted = video.Is(CodecChoice.H264, CodecChoice.VideoClockRate) ? "H264 (packetization-mode=1)" : video.Name;
            videoSection = search.Find(MediaKind.Video, section => CodecChoice.MatchingVideo(section, video), wanted, out var foreign);
            if (foreign is not null)
            {
                throw new UnsupportedMediaException(MediaKind.Video, foreign, wanted);
            }
        }

        if (audio is null)
        {
            search.Exclude(MediaKind.Audio, "asks for sound, which the room does not send or this visit does not include");
        }
        else
        {
            audioSection = search.Find(MediaKind.Audio, CodecChoice.OpusIn, CodecChoice.Opus, out _);
        }

        if (videoSection is null && audioSection is null)
        {
            search.ThrowNothing("The offer has no section that could receive what the room sends");
        }

        return Accept(videoSection, audioSection, receiving: false);
    }

    /// <summary>The video codec that a chosen format stands for.</summary>
    public static VideoCodec VideoCodecOf(RtpCodec format) => format.Is(CodecChoice.Vp8, CodecChoice.VideoClockRate)
        ? VideoCodec.Vp8
        : VideoCodec.H264;

    /// <summary>The names of the codecs of the sound that a publisher offers, for telling people what is not taken; empty without
    /// sound.</summary>
    public static string OfferedAudio(SessionDescription offer)
    {
        var audio = offer.Media.FirstOrDefault(section => section.IsOf(MediaKind.Audio) && section.IsActive
            && section.Direction is (MediaDirection.SendOnly or MediaDirection.SendReceive));
        if (audio is null)
        {
            return string.Empty;
        }

        // The static payload types of RFC 3551 need no rtpmap, and so no name.
        var names = SectionSearch.Names(audio);
        return string.Join(", ", names.Count > 0 ? names : audio.Formats);
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
                throw new SdpException(
                    $"The offer's media sections are not in one BUNDLE group: {SectionSearch.NameOf(offer, media.SectionIndex)} is not in a=group:BUNDLE.");
            }
        }

        // RFC 8843 7.2: the transport of the bundle is that of its first section that takes part.
        var first = offer.Media[accepted[0].SectionIndex];
        var tagged = offer.BundledWith(first).FirstOrDefault() ?? first;
        if (!tagged.RtcpMux && !accepted.Any(media => offer.Media[media.SectionIndex].RtcpMux))
        {
            throw new SdpException("The offer does not multiplex RTCP with RTP (a=rtcp-mux).");
        }

        return new TransportParameters(
            SdpText.UserFragment(offer.UserFragmentOf(tagged)),
            SdpText.Password(offer.PasswordOf(tagged)),
            Fingerprint(offer.FingerprintOf(tagged)),
            Role(offer.SetupOf(tagged)));
    }

    // RFC 5763 5: who leaves the choice to the answerer becomes the client, so that its first flight needs no further round trip.
    private static DtlsRole Role(string? setup) => setup switch
    {
        null or "actpass" or "active" => DtlsRole.Client,
        "passive" => DtlsRole.Server,
        _ => throw new SdpException("The offer's DTLS role is none of actpass, active and passive (a=setup)."),
    };

    private static ImmutableArray<AcceptedMedia> Accept(FoundSection? video, FoundSection? audio, bool receiving)
    {
        var accepted = ImmutableArray.CreateBuilder<AcceptedMedia>(2);
        var arrivals = receiving;
        if (video is var (videoIndex, videoSection, videoCodec))
        {
            var repair = CodecChoice.RepairType(videoSection, videoCodec);
            var extension = CodecChoice.ArrivalExtension(videoSection, videoCodec);
            // A viewer's packets are numbered only if they can be resent under another number, and its sound only beside such video.
            arrivals |= CodecChoice.CanStamp(extension) && repair is not null;
            accepted.Add(new AcceptedMedia(
                videoIndex, MediaKind.Video, videoCodec, arrivals
                    ? extension : 0, repair, receiving ? AcceptedLayers.Of(videoSection)
                    : null)
            {
                PlayoutDelayId = receiving ? 0 : CodecChoice.PlayoutDelayExtension(videoSection),
            });
        }

        if (audio is var (audioIndex, audioSection, audioCodec))
        {
            var repair = CodecChoice.RepairType(audioSection, audioCodec);
            var extension = CodecChoice.ArrivalExtension(audioSection, audioCodec);
            var stamped = receiving
                || (arrivals && CodecChoice.CanStamp(extension) && (repair is not null || !audioCodec.Feedback.Contains("nack")));
            accepted.Add(new AcceptedMedia(audioIndex, MediaKind.Audio, audioCodec, stamped ? extension : 0, repair));
        }

        accepted.Sort((left, right) => left.SectionIndex.CompareTo(right.SectionIndex));
        return accepted.ToImmutable();
    }

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
