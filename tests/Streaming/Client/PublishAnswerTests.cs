using System.Net;
using Xunke.Streaming.Client;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Tests.Streaming.Client;

public class PublishAnswerTests
{
    private const string Answer =
        """
        v=0
        o=- 1 1 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=ice-lite
        a=group:BUNDLE 0 1
        m=video 9 UDP/TLS/RTP/SAVPF 96
        c=IN IP4 0.0.0.0
        a=mid:0
        a=recvonly
        a=ice-ufrag:abcd
        a=ice-pwd:abcdefghijklmnopqrstuvwx
        a=fingerprint:sha-256 AA:BB
        a=setup:passive
        a=rtcp-mux
        a=rtpmap:96 H264/90000
        a=candidate:1 1 udp 100 10.0.0.7 8189 typ host
        a=candidate:2 1 UDP 200 2001:db8::7 8189 typ host
        a=candidate:3 1 tcp 300 10.0.0.7 8189 typ host tcptype passive
        a=candidate:4 2 udp 400 10.0.0.7 8190 typ host
        a=candidate:5 1 udp 500 abc.local 8189 typ host
        a=candidate:6 1 udp 600 10.0.0.7 0 typ host
        a=candidate:
        m=audio 0 UDP/TLS/RTP/SAVPF 111
        c=IN IP4 0.0.0.0
        a=mid:1
        a=rtpmap:111 opus/48000/2
        """;

    [Fact]
    public void The_answer_says_where_and_as_what_to_send()
    {
        var answer = PublishAnswer.Parse(Answer);

        answer.Credentials.Ufrag.ShouldBe("abcd");
        answer.Fingerprint.ShouldBe("sha-256 AA:BB");
        answer.Role.ShouldBe(DtlsRole.Client);
        answer.VideoPayloadType.ShouldBe((byte)96);
        answer.AudioPayloadType.ShouldBeNull("the server refused the audio");
        answer.Candidates.Select(candidate => candidate.EndPoint).ShouldBe(
            [new IPEndPoint(IPAddress.Parse("2001:db8::7"), 8189), new IPEndPoint(IPAddress.Parse("10.0.0.7"), 8189)]);
    }

    [Fact]
    public void A_server_that_connects_by_itself_makes_the_publisher_the_DTLS_server() =>
        PublishAnswer.Parse(Answer.Replace("setup:passive", "setup:active", StringComparison.Ordinal)).Role.ShouldBe(DtlsRole.Server);

    [Theory]
    [InlineData("m=video 9", "m=video 0")]
    [InlineData("a=ice-ufrag:abcd", "a=x:1")]
    [InlineData("a=ice-pwd:abcdefghijklmnopqrstuvwx", "a=x:1")]
    [InlineData("a=fingerprint:sha-256 AA:BB", "a=x:1")]
    [InlineData("H264/90000", "VP8/90000")]
    [InlineData("v=0", "<html>")]
    public void An_answer_that_cannot_be_used_is_refused_with_a_reason(string from, string to)
    {
        var fault = Should.Throw<PublishException>(() => PublishAnswer.Parse(Answer.Replace(from, to, StringComparison.Ordinal)));

        fault.Fault.ShouldBe(PublishFault.OfferRefused);
    }

    [Fact]
    public void The_offer_is_one_that_the_edge_reads()
    {
        var offer = new PublishOffer
        {
            Credentials = IceCredentials.Create(),
            Fingerprint = "sha-256 AA:BB",
            ProfileLevelId = "4d401f",
            HasAudio = true,
        };

        var read = Xunke.Streaming.Sdp.SessionDescription.Parse(offer.Write());

        read.Bundle.ShouldBe(["0", "1"]);
        read.Media.Select(section => section.Kind).ShouldBe(["video", "audio"]);
        read.Media[0].Codecs.Single().Parameter("profile-level-id").ShouldBe("4d401f");
        read.Media[0].Codecs.Single().Feedback.ShouldBe(["nack", "nack pli"]);
        read.Media[1].Codecs.Single().Channels.ShouldBe(2);
        read.Media.ShouldAllBe(section => section.RtcpMux && section.Setup == "actpass" && section.UserFragment == offer.Credentials.Ufrag);
    }
}
