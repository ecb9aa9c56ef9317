using Xunke.Streaming;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Sdp;

/// <summary>Offers that other stacks write: what is taken by whatever name, and what is refused with its true reason.</summary>
public sealed class OfferFaultTests
{
    private const string Fingerprint =
        "a=fingerprint:sha-256 0B:30:55:7A:9F:C4:E9:0E:33:58:7D:A2:C7:EC:11:36:5B:80:A5:CA:EF:14:39:5E:83:A8:CD:F2:17:3C:61:86";
    private const string OtherFingerprint =
        "a=fingerprint:sha-256 1B:30:55:7A:9F:C4:E9:0E:33:58:7D:A2:C7:EC:11:36:5B:80:A5:CA:EF:14:39:5E:83:A8:CD:F2:17:3C:61:86";

    private static readonly string[] Audio = ["m=audio 9 UDP/TLS/RTP/SAVPF 111", .. Transport("0"), "a=rtpmap:111 opus/48000/2"];

    private static readonly string[] Video =
    [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97", .. Transport("1"), "a=rtpmap:96 H264/90000", "a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli",
        "a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96",
    ];

    [Theory]
    [InlineData("RTP/AVP")]
    [InlineData("RTP/AVPF")]
    [InlineData("RTP/SAVP")]
    [InlineData("RTP/SAVPF")]
    [InlineData("UDP/TLS/RTP/SAVP")]
    [InlineData("UDP/TLS/RTP/SAVPF")]
    [InlineData("TCP/TLS/RTP/SAVP")]
    [InlineData("TCP/DTLS/RTP/SAVP")]
    [InlineData("TCP/DTLS/RTP/SAVPF")]
    [InlineData("udp/tls/rtp/savpf")]
    public void Every_profile_of_RTP_is_taken_where_there_is_a_fingerprint_and_echoed(string profile)
    {
        var offer = Offer().Replace("UDP/TLS/RTP/SAVPF", profile, StringComparison.Ordinal);

        var accepted = Publish(offer);

        accepted.Select(media => media.Kind).ShouldBe([MediaKind.Audio, MediaKind.Video]);
        Answer(offer).ShouldContain($"m=video 8189 {profile} 96 97\r\n");
    }

    [Theory]
    [InlineData("RTP/AVP", "no DTLS fingerprint")]
    [InlineData("UDP/TLS/RTP/SAVP", "no DTLS fingerprint")]
    [InlineData("DTLS/SCTP", "profile DTLS/SCTP")]
    public void Media_that_are_not_encrypted_by_DTLS_are_refused_with_that_reason(string profile, string reason)
    {
        var offer = Offers.Without(Offer().Replace("UDP/TLS/RTP/SAVPF", profile, StringComparison.Ordinal), "a=fingerprint");

        Should.Throw<SdpException>(() => Publish(offer)).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("a=sendonly", "a=recvonly", "only receives (a=recvonly)")]
    [InlineData("a=sendonly", "a=inactive", "is inactive")]
    [InlineData("m=video 9", "m=video 0", "section 2 (video, mid 1) is switched off (port 0")]
    [InlineData("UDP/TLS/RTP/SAVPF 96", "SCTP/X 96", "profile SCTP/X")]
    public void A_section_that_is_passed_over_is_named_with_the_reason(string original, string replacement, string reason)
    {
        var offer = Offers.Lines([Session, "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:9", .. Video]);

        var refusal = Should.Throw<SdpException>(() => Publish(offer.Replace(original, replacement, StringComparison.Ordinal)));

        refusal.Message.ShouldContain(reason);
        refusal.Message.ShouldContain("section 1 (application, mid 9) is neither audio nor video");
    }

    [Fact]
    public void A_section_without_a_known_format_does_not_hide_the_next_one()
    {
        string[] unknown =
            ["m=video 9 UDP/TLS/RTP/SAVPF 100", .. Transport("5"), "a=rtpmap:100 AV1/90000",
                "m=audio 9 UDP/TLS/RTP/SAVPF 0", .. Transport("6")];
        var offer = Offers.Lines([Session, .. unknown, .. Audio, .. Video])
            .Replace("BUNDLE 0 1", "BUNDLE 5 6 0 1", StringComparison.Ordinal);

        Publish(offer).Select(media => media.SectionIndex).ShouldBe([2, 3]);
    }

    [Fact]
    public void Names_are_read_without_case_and_in_any_order()
    {
        var offer = Offers.Lines(
            Session.Replace("a=group:BUNDLE", "a=GROUP:bundle", StringComparison.Ordinal), "m=VIDEO 9 UDP/TLS/RTP/SAVPF 96",
            "a=fmtp:96 Packetization-Mode=1", "a=fmtp:96 profile-level-id=42E01F",
            "a=RTPMAP:96 h264/90000", "a=Mid:1", "a=SendOnly", "a=rtcp-MUX", "a=SETUP:ActPass",
            "a=ICE-pwd:0123456789abcdefghijklmn", "a=ice-UFRAG:Ab3d",
            Fingerprint.Replace("sha-256 0B", "SHA-256 0b", StringComparison.Ordinal));

        var accepted = Publish(offer).ShouldHaveSingleItem();

        accepted.Codec.Parameter("profile-level-id").ShouldBe("42E01F");
        H264Format.IsNonInterleaved(accepted.Codec).ShouldBeTrue();
    }

    [Fact]
    public void A_direction_of_the_session_holds_for_sections_without_one()
    {
        var offer = Offers.Without(Offer(), "a=sendonly").Replace("t=0 0\r\n", "t=0 0\r\na=recvonly\r\n", StringComparison.Ordinal);

        Should.Throw<SdpException>(() => Publish(offer)).Message.ShouldContain("a=recvonly");
    }

    [Theory]
    [InlineData("packetization-mode=1;", "packetization-mode=0;")]
    [InlineData("packetization-mode=1;", "")]
    [InlineData("a=fmtp:96 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n", "")]
    public void H264_in_single_packets_is_taken_of_a_publisher_and_offered_to_viewers_as_mode_1(string original, string replacement)
    {
        var offer = Offer().Replace(original, replacement, StringComparison.Ordinal);

        var video = Publish(offer).Single(media => media.Kind == MediaKind.Video);

        video.Codec.PayloadType.ShouldBe(96);
        Answer(offer).ShouldNotContain("packetization-mode=1");
        var viewer = SessionDescription.Parse(Offers.FirefoxViewer);
        Negotiation.ForViewer(viewer, video.Codec, null).ShouldHaveSingleItem().Codec.PayloadType.ShouldBe(126);
    }

    [Fact]
    public void Interleaved_H264_is_refused_with_what_would_do()
    {
        var offer = Offer().Replace("packetization-mode=1", "packetization-mode=2", StringComparison.Ordinal);

        Should.Throw<UnsupportedMediaException>(() => Publish(offer)).Message.ShouldContain("packetization-mode 0 or 1");
    }

    public static TheoryData<string, string, string> Clashes => new()
    {
        // Two formats under one payload type: of media, of retransmissions, of a format that nobody will choose, without an rtpmap.
        { "111", "96",
            "Payload type 96 stands for opus/48000/2 in section 1 (audio, mid 0) and for H264/90000 in section 2 (video, mid 1)" },
        { "111", "97", "Payload type 97 stands for opus/48000/2" },
        { "rtx/90000", "rtx/90000\r\na=rtpmap:97 VP8/90000", "Payload type 97 stands for both" },
        { "a=rtpmap:111 opus/48000/2", "a=rtpmap:111 opus/48000/2\r\na=rtpmap:111 PCMU/8000", "Payload type 111 stands for both" },
        { "a=mid:1", "a=mid:0", "same identification" },
        { "a=mid:1", "a=mid:1\r\na=mid:2", "two different a=mid" },
        { "a=sendonly", "a=sendonly\r\na=inactive", "two directions" },
        { "a=setup:actpass", "a=setup:actpass\r\na=setup:active", "two different a=setup" },
        { "a=ice-ufrag:Ab3d", "a=ice-ufrag:Ab3d\r\na=ice-ufrag:Ab3e", "two different a=ice-ufrag" },
        { Fingerprint, Fingerprint + "\r\n" + OtherFingerprint, "two SHA-256 fingerprints" },
    };

    [Theory]
    [MemberData(nameof(Clashes))]
    public void An_offer_that_contradicts_itself_is_refused_with_the_clash_named(string original, string replacement, string reason)
    {
        var offer = Offer().Replace(original, replacement, StringComparison.Ordinal);

        Should.Throw<SdpException>(() => Publish(offer)).Message.ShouldContain(reason);
        var viewer = offer.Replace("a=sendonly", "a=recvonly", StringComparison.Ordinal);
        Should.Throw<SdpException>(() => Negotiation.ForViewer(
            SessionDescription.Parse(viewer), new RtpCodec(96, "H264", 90_000, 1, "packetization-mode=1", []),
            new RtpCodec(111, "opus", 48_000, 2, string.Empty, [])));
    }

    [Theory]
    [InlineData("a=ssrc:77 cname:x", "a=ssrc:77 cname:x", "Source 77 (a=ssrc)")]
    [InlineData("a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap:3/sendonly urn:other", "Header extension 3 (a=extmap)")]
    public void What_two_sections_claim_alike_is_refused(string audioLine, string videoLine, string reason) =>
        Should.Throw<SdpException>(() => Publish(Offers.Lines([Session, .. Audio, audioLine, .. Video, videoLine]))).Message.ShouldContain(
            reason);

    [Theory]
    [InlineData("a=setup:actpass", "a=setup:active", "a=setup:passive", "DTLS (a=setup)")]
    [InlineData(Fingerprint, Fingerprint, OtherFingerprint, "different certificates")]
    public void One_BUNDLE_has_one_certificate_and_one_role(string original, string ofAudio, string ofVideo, string reason)
    {
        var audio = Audio.Select(line => line == original ? ofAudio : line);
        var video = Video.Select(line => line == original ? ofVideo : line);

        Should.Throw<SdpException>(() => Publish(Offers.Lines([Session, .. audio, .. video]))).Message.ShouldContain(reason);
    }

    [Fact]
    public void What_is_switched_off_or_not_in_the_bundle_clashes_with_nothing()
    {
        string[] off = ["m=video 0 UDP/TLS/RTP/SAVPF 111", .. Transport("2"), "a=rtpmap:111 VP8/90000"];
        string[] sameAgain = ["m=video 9 UDP/TLS/RTP/SAVPF 96", .. Transport("3"), "a=rtpmap:96 H264/90000", "a=ssrc:9"];

        Publish(Offers.Lines([Session, .. Audio, .. Video, .. off, .. sameAgain])
            .Replace("BUNDLE 0 1", "BUNDLE 0 1 2 3", StringComparison.Ordinal))
            .Select(media => media.SectionIndex).ShouldBe([0, 1]);
    }

    [Fact]
    public void Retransmissions_of_a_format_that_is_not_offered_are_left_out()
    {
        var offer = Offer().Replace("apt=96", "apt=98", StringComparison.Ordinal);

        Publish(offer).ShouldAllBe(media => media.RepairType == null);
        Answer(offer).ShouldContain("UDP/TLS/RTP/SAVPF 96\r\n");
    }

    [Theory]
    [InlineData("a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijklmn\r\nm=audio 9 X 0\r\na=ice-ufrag:abce\r\n", "a=ice-ufrag")]
    [InlineData(
        "a=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdefghijklmn\r\nm=audio 9 X 0\r\na=ice-pwd:1123456789abcdefghijklmn\r\n", "a=ice-pwd")]
    public void A_fragment_that_contradicts_itself_is_refused(string fragment, string reason) =>
        Should.Throw<SdpException>(() => IceFragment.Parse(fragment)).Message.ShouldContain(reason);

    private const string Session = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1";

    private static string Offer() => Offers.Lines([Session, .. Audio, .. Video]);

    private static string[] Transport(string mid) =>
    [
        "c=IN IP4 0.0.0.0", "a=ice-ufrag:Ab3d", "a=ice-pwd:0123456789abcdefghijklmn", Fingerprint, "a=setup:actpass",
        $"a=mid:{mid}", "a=sendonly", "a=rtcp-mux",
    ];

    private static System.Collections.Immutable.ImmutableArray<AcceptedMedia> Publish(string sdp)
    {
        var offer = SessionDescription.Parse(sdp);
        var accepted = Negotiation.ForPublisher(offer);
        Negotiation.Transport(offer, accepted);
        return accepted;
    }

    private static string Answer(string sdp)
    {
        var offer = SessionDescription.Parse(sdp);
        var accepted = Negotiation.ForPublisher(offer);
        return new AnswerWriter
        {
            Offer = offer,
            Accepted = accepted,
            Local = Negotiation.Transport(offer, accepted),
            Candidates = new HostCandidates([System.Net.IPAddress.Loopback], 8189),
        }.Write();
    }
}
