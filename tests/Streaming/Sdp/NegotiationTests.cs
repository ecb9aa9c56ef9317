using System.Collections.Immutable;
using System.Net;
using Shouldly;
using Xunit;
using Xunke.Streaming;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Sdp;

public sealed class NegotiationTests
{
    [Fact]
    public void Chromium_is_asked_for_constrained_baseline_H264_and_opus()
    {
        var offer = SessionDescription.Parse(Offers.ChromiumPublisher);

        var accepted = Negotiation.ForPublisher(offer);

        accepted.Select(media => media.Kind).ShouldBe([MediaKind.Audio, MediaKind.Video]);
        accepted[0].Codec.PayloadType.ShouldBe(111);
        accepted[1].Codec.PayloadType.ShouldBe(109);
        accepted[1].ArrivalExtensionId.ShouldBe(3);
    }

    [Fact]
    public void Retransmissions_get_the_stream_that_was_offered_for_the_chosen_codec()
    {
        var offer = SessionDescription.Parse(Offers.ChromiumPublisher);
        var accepted = Negotiation.ForPublisher(offer);

        accepted.Select(media => media.RepairType).ShouldBe([null, 114]);
        var answer = Answer(offer, accepted, ssrc: null);
        answer.ShouldContain("UDP/TLS/RTP/SAVPF 109 114\r\n");
        answer.ShouldContain("a=rtpmap:114 rtx/90000\r\na=fmtp:114 apt=109\r\n");
        answer.ShouldNotContain("ssrc-group");
        Negotiation.ForPublisher(SessionDescription.Parse(Offers.Obs)).ShouldAllBe(media => media.RepairType == null);
    }

    [Fact]
    public void A_publisher_without_H264_is_taken_with_VP8()
    {
        var offer = SessionDescription.Parse(Offers.ChromiumPublisher.Replace("H264/90000", "H265/90000", StringComparison.Ordinal));

        Negotiation.ForPublisher(offer)[1].Codec.Name.ShouldBe("VP8");
    }

    [Fact]
    public void OBS_with_its_transport_at_session_level_is_understood()
    {
        var offer = SessionDescription.Parse(Offers.Obs);

        var accepted = Negotiation.ForPublisher(offer);
        var transport = Negotiation.Transport(offer, accepted);

        accepted.Select(media => media.Codec.PayloadType).ShouldBe([111, 96]);
        transport.UserFragment.ShouldBe("oP8x");
        transport.Fingerprint.ShouldStartWith("sha-256 7B:8B");
    }

    [Fact]
    public void GStreamer_with_named_mids_and_a_bundle_only_section_is_understood()
    {
        var offer = SessionDescription.Parse(Offers.GStreamerPublisher);

        var accepted = Negotiation.ForPublisher(offer);

        Negotiation.Transport(offer, accepted).UserFragment.ShouldStartWith("H3xV");
        accepted.Length.ShouldBe(2);
        var answer = Answer(offer, accepted, ssrc: null);
        answer.ShouldContain("a=group:BUNDLE video0 audio1\r\n");
        answer.ShouldContain("m=audio 8189 UDP/TLS/RTP/SAVPF 97\r\n");
    }

    [Fact]
    public void Firefox_gets_the_publishers_H264_under_its_own_payload_type()
    {
        var published = Negotiation.ForPublisher(SessionDescription.Parse(Offers.ChromiumPublisher));
        var offer = SessionDescription.Parse(Offers.FirefoxViewer);

        var accepted = Negotiation.ForViewer(offer, published[1].Codec, published[0].Codec);

        accepted.Select(media => media.Codec.PayloadType).ShouldBe([126, 109]);
    }

    [Fact]
    public void Safari_gets_the_profile_that_matches_the_publishers()
    {
        var published = Negotiation.ForPublisher(SessionDescription.Parse(Offers.Obs));
        var offer = SessionDescription.Parse(Offers.SafariViewer);

        Negotiation.ForViewer(offer, published[1].Codec, published[0].Codec)[0].Codec.PayloadType.ShouldBe(98);
    }

    [Fact]
    public void A_viewer_without_the_publishers_profile_gets_another_with_the_same_packetization()
    {
        var high = Offers.Obs.Replace("42e01f", "640032", StringComparison.Ordinal);
        var published = Negotiation.ForPublisher(SessionDescription.Parse(high));

        var accepted = Negotiation.ForViewer(SessionDescription.Parse(Offers.FirefoxViewer), published[1].Codec, null);

        accepted.ShouldHaveSingleItem().Codec.PayloadType.ShouldBe(126);
    }

    [Fact]
    public void A_viewer_that_lacks_the_codec_is_told_what_it_offered()
    {
        var published = Negotiation.ForPublisher(SessionDescription.Parse(Offers.Obs));
        var offer = SessionDescription.Parse(Offers.FirefoxViewer.Replace("H264/", "AV1/", StringComparison.Ordinal));

        var refusal = Should.Throw<UnsupportedMediaException>(() => Negotiation.ForViewer(offer, published[1].Codec, published[0].Codec));

        refusal.Kind.ShouldBe(MediaKind.Video);
        refusal.Message.ShouldContain("VP8, rtx, VP9, AV1");
        refusal.Message.ShouldContain("H264");
    }

    [Fact]
    public void A_camera_with_only_H265_is_told_so()
    {
        var refusal = Should.Throw<UnsupportedMediaException>(
            () => Negotiation.ForPublisher(SessionDescription.Parse(Offers.Obs.Replace("H264/", "H265/", StringComparison.Ordinal))));

        refusal.Offered.ShouldBe(["H265"]);
    }

    [Fact]
    public void Video_without_usable_audio_is_published_as_video_alone()
    {
        var offer = SessionDescription.Parse(Offers.Obs.Replace("opus/48000/2", "L16/48000/2", StringComparison.Ordinal));

        var accepted = Negotiation.ForPublisher(offer);

        accepted.ShouldHaveSingleItem().Kind.ShouldBe(MediaKind.Video);
        var answer = Answer(offer, accepted, ssrc: null);
        answer.ShouldContain("m=audio 0 UDP/TLS/RTP/SAVPF 111\r\n");
        answer.ShouldContain("a=group:BUNDLE 1\r\n");
    }

    [Theory]
    [InlineData("a=fingerprint", "no DTLS fingerprint")]
    [InlineData("a=ice-ufrag", "user fragment")]
    [InlineData("a=ice-pwd", "password")]
    [InlineData("a=group:BUNDLE", "BUNDLE")]
    [InlineData("a=rtcp-mux", "rtcp-mux")]
    [InlineData("m=", "no video or audio section")]
    public void An_offer_that_lacks_what_WebRTC_needs_is_refused_with_the_reason(string missing, string reason)
    {
        var offer = SessionDescription.Parse(Offers.Without(Offers.Obs, missing));

        Should.Throw<SdpException>(() => Negotiation.Transport(offer, Negotiation.ForPublisher(offer))).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("a=setup:actpass", "a=setup:holdconn", "DTLS role")]
    [InlineData("a=fingerprint:sha-256", "a=fingerprint:sha-1", "SHA-256")]
    [InlineData(":19:08", ":19", "32 bytes")]
    [InlineData("a=ice-pwd:B1ZyhAzXzxnZrRXgr2BIEK", "a=ice-pwd:short", "22 to 256")]
    [InlineData("a=sendonly", "a=recvonly", "sends")]
    [InlineData("UDP/TLS/RTP/SAVPF", "UDP/DTLS/SCTP", "not RTP")]
    public void An_offer_that_WebRTC_cannot_be_made_of_is_refused_with_the_reason(string original, string replacement, string reason)
    {
        var offer = SessionDescription.Parse(Offers.Obs.Replace(original, replacement, StringComparison.Ordinal));

        Should.Throw<SdpException>(() => Negotiation.Transport(offer, Negotiation.ForPublisher(offer))).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("actpass", "passive")]
    [InlineData("active", "passive")]
    [InlineData("passive", "active")]
    public void The_edge_takes_the_DTLS_role_that_the_offer_leaves(string offered, string answered)
    {
        var offer = SessionDescription.Parse(Offers.Obs.Replace("a=setup:actpass", $"a=setup:{offered}", StringComparison.Ordinal));
        var accepted = Negotiation.ForPublisher(offer);

        var role = Negotiation.Transport(offer, accepted).Role == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client;

        Answer(offer, accepted, ssrc: null, role).ShouldContain($"a=setup:{answered}\r\n");
    }

    [Fact]
    public void An_answer_to_a_viewer_is_a_lite_agent_and_DTLS_server_that_sends()
    {
        var published = Negotiation.ForPublisher(SessionDescription.Parse(Offers.Obs));
        var offer = SessionDescription.Parse(Offers.FirefoxViewer);
        var accepted = Negotiation.ForViewer(offer, published[1].Codec, published[0].Codec);

        var text = Answer(offer, accepted, kind => kind == MediaKind.Video ? 77u : 78u);
        var answer = SessionDescription.Parse(text);

        text.ShouldContain("a=ice-lite\r\n");
        text.ShouldContain("a=candidate:1 1 udp 2130706431 192.168.1.2 8189 typ host\r\n");
        text.ShouldContain("a=candidate:2 1 udp 2130706175 fd00::2 8189 typ host\r\n");
        text.ShouldContain("a=ssrc:77 cname:");
        answer.Bundle.ShouldBe(["0", "1"]);
        answer.Media.Length.ShouldBe(2);
        answer.Media[0].Direction.ShouldBe(MediaDirection.SendOnly);
        answer.Media[0].Setup.ShouldBe("passive");
        answer.Media[0].RtcpMux.ShouldBeTrue();
        answer.Media[0].Codecs.Select(each => each.PayloadType).ShouldBe([126, 127]);
        var codec = answer.Media[0].Codecs[0];
        codec.Feedback.ShouldBe(["nack", "nack pli", "ccm fir", "transport-cc"]);
        codec.Parameter("packetization-mode").ShouldBe("1");
        answer.Media[1].Codecs.ShouldHaveSingleItem().Is("opus", 48_000).ShouldBeTrue();
    }

    [Fact]
    public void A_viewer_that_knows_the_playout_delay_is_told_it_and_a_publisher_is_not()
    {
        var published = Negotiation.ForPublisher(SessionDescription.Parse(Offers.Obs));
        var offer = SessionDescription.Parse(Offers.FirefoxViewer);

        var accepted = Negotiation.ForViewer(offer, published[1].Codec, published[0].Codec);

        accepted.Select(media => media.PlayoutDelayId).ShouldBe([6, 0]);
        Answer(offer, accepted, _ => 77u).ShouldContain("a=extmap:6 http://www.webrtc.org/experiments/rtp-hdrext/playout-delay\r\n");
        Negotiation.ForPublisher(SessionDescription.Parse(Offers.FirefoxViewer.Replace("recvonly", "sendonly", StringComparison.Ordinal)))
            .ShouldAllBe(media => media.PlayoutDelayId == 0);
    }

    private static string Answer(
        SessionDescription offer, ImmutableArray<AcceptedMedia> accepted, Func<MediaKind, uint>? ssrc, DtlsRole role = DtlsRole.Server) =>
            new AnswerWriter
            {
                Offer = offer,
                Accepted = accepted,
                Local = new TransportParameters("ufrag", "password-of-twenty-four-", "sha-256 AA", role),
                Candidates = new HostCandidates([IPAddress.Parse("192.168.1.2"), IPAddress.Parse("fd00::2")], 8189),
                Ssrc = ssrc,
            }.Write();
}
