using System.Text;
using Shouldly;
using Xunit;
using Xunke.Streaming.Sdp;

namespace Xunke.Tests.Streaming.Sdp;

public sealed class SessionDescriptionTests
{
    [Fact]
    public void Sections_keep_their_order_and_codecs_the_order_of_the_format_list()
    {
        var session = SessionDescription.Parse(Offers.FirefoxViewer);

        session.Media.Select(section => section.Kind).ShouldBe(["video", "audio"]);
        session.Media[0].Codecs.Take(2).Select(codec => codec.PayloadType).ShouldBe([120, 124]);
        session.Media[0].Extensions.ShouldContain(new ExtensionMapping(6, "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"));
        session.Media[1].IsActive.ShouldBeTrue();
        session.Media[1].BundleOnly.ShouldBeTrue();
        session.Bundle.ShouldBe(["0", "1"]);
    }

    [Fact]
    public void Line_ends_may_be_bare_line_feeds()
    {
        var session = SessionDescription.Parse(Offers.Obs.Replace("\r\n", "\n", StringComparison.Ordinal));

        session.Media.Length.ShouldBe(2);
    }

    [Fact]
    public void Parameters_are_found_by_name_without_case()
    {
        var codec = SessionDescription.Parse(Offers.Obs).Media[1].Codecs[0];

        codec.Parameter("Packetization-Mode").ShouldBe("1");
        codec.Parameter("mode").ShouldBeNull();
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("hello", "v=0")]
    [InlineData("v=0\r\nnonsense\r\n", "Line 2")]
    [InlineData("v=0\r\nm=video\r\n", "media line")]
    [InlineData("v=0\r\nm=video 70000 UDP/TLS/RTP/SAVPF 96\r\n", "port")]
    [InlineData("v=0\r\nm=video -1 UDP/TLS/RTP/SAVPF 96\r\n", "port")]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:300 H264/90000\r\n", "payload type")]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 H264\r\n", "rtpmap")]
    [InlineData("v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 H264/fast\r\n", "clock rate")]
    [InlineData("v=0\r\na=fingerprint:nothing\r\n", "hash function")]
    public void Malformed_text_is_refused_with_the_reason(string text, string reason) =>
        Should.Throw<SdpException>(() => SessionDescription.Parse(text)).Message.ShouldContain(reason);

    [Fact]
    public void Text_beyond_the_limits_is_refused()
    {
        Should.Throw<SdpException>(() => SessionDescription.Parse(new string('v', 70_000))).Message.ShouldContain("longer");
        Should.Throw<SdpException>(
            () => SessionDescription.Parse("v=0\n" + string.Concat(Enumerable.Repeat("a=x\n", 5_000)))).Message.ShouldContain("lines");
        Should.Throw<SdpException>(() => SessionDescription.Parse(
            "v=0\n" + string.Concat(Enumerable.Repeat("m=video 9 X 96\n", 100)))).Message.ShouldContain("sections");
        Should.Throw<SdpException>(() => SessionDescription.Parse(
            "v=0\nm=video 9 X " + string.Join(' ', Enumerable.Range(0, 500)) + "\n")).Message.ShouldContain("formats");
    }

    [Fact]
    public void Mutated_offers_are_parsed_or_refused_but_never_break_the_parser()
    {
        var random = new Random(20261122);
        string[] offers = [Offers.ChromiumPublisher, Offers.Obs, Offers.FirefoxViewer, Offers.SafariViewer, Offers.GStreamerPublisher];
        var parsed = 0;
        for (var round = 0; round < 4000; round++)
        {
            var text = new StringBuilder(offers[round % offers.Length]);
            for (var change = random.Next(1, 12); change > 0; change--)
            {
                var at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text[at] = (char)random.Next(1, 300);
                        break;
                    case 1:
                        text.Remove(at, Math.Min(random.Next(1, 40), text.Length - at));
                        break;
                    default:
                        text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at)));
                        break;
                }
            }

            try
            {
                var session = SessionDescription.Parse(text.ToString());
                var accepted = Negotiation.ForPublisher(session);
                Negotiation.Transport(session, accepted);
                parsed++;
            }
            catch (Exception refusal) when (refusal is SdpException or UnsupportedMediaException)
            {
                refusal.Message.ShouldNotBeEmpty();
            }
        }

        parsed.ShouldBeInRange(1, 3999);
    }
}
