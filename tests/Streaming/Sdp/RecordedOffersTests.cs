using System.Net;
using Xunke.Streaming;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Sdp;

/// <summary>What real peers offered, and what they are answered (see <c>Recorded/README.md</c>).</summary>
public sealed class RecordedOffersTests
{
    /// <summary>Publishers: file, video codec and payload type, audio payload type.</summary>
    public static TheoryData<string, string, int, int?> Publishers => new()
    {
        { "obs30-publisher", "H264", 96, 111 },
        { "obs31-publisher", "H264", 96, 111 },
        { "firefox121-simulcast-publisher", "H264", 126, null },
        { "safari14-publisher", "H264", 98, 111 },
        { "gstreamer122-publisher", "H264", 96, 111 },
        { "pion-publisher", "VP8", 96, 111 },
    };

    /// <summary>Viewers: file, the published video codec, the payload types of video and audio.</summary>
    public static TheoryData<string, string, int, int> Viewers => new()
    {
        { "firefox-viewer", "H264", 126, 106 },
        { "firefox-viewer", "VP8", 120, 106 },
        { "safari16-viewer", "H264", 98, 111 },
        { "safari16-viewer", "VP8", 104, 111 },
        { "gstreamer122-viewer", "VP8", 98, 111 },
    };

    [Theory]
    [MemberData(nameof(Publishers))]
    public void A_recorded_publisher_is_taken_with_the_codecs_that_every_browser_plays(
        string file, string codec, int videoType, int? audioType)
    {
        var offer = SessionDescription.Parse(RecordedOffers.Read(file));

        var accepted = Negotiation.ForPublisher(offer);

        var video = accepted.Single(media => media.Kind == MediaKind.Video);
        video.Codec.Name.ShouldBe(codec);
        video.Codec.PayloadType.ShouldBe(videoType);
        int? audio = accepted.SingleOrDefault(media => media.Kind == MediaKind.Audio)?.Codec.PayloadType;
        audio.ShouldBe(audioType);
        ShouldBeAnswerable(offer, accepted, "recvonly");
    }

    [Theory]
    [MemberData(nameof(Viewers))]
    public void A_recorded_viewer_gets_the_rooms_codecs_under_its_own_payload_types(string file, string codec, int videoType, int audioType)
    {
        var offer = SessionDescription.Parse(RecordedOffers.Read(file));
        var video = new RtpCodec(
            96, codec, 90_000, 1, codec == "H264" ? "packetization-mode=1;profile-level-id=42e01f" : string.Empty, ["nack", "nack pli"]);
        var sound = new RtpCodec(111, "opus", 48_000, 2, "useinbandfec=1", []);

        var accepted = Negotiation.ForViewer(offer, video, sound);

        accepted.Single(media => media.Kind == MediaKind.Video).Codec.PayloadType.ShouldBe(videoType);
        accepted.Single(media => media.Kind == MediaKind.Audio).Codec.PayloadType.ShouldBe(audioType);
        ShouldBeAnswerable(offer, accepted, "sendonly");
    }

    private static void ShouldBeAnswerable(
        SessionDescription offer, System.Collections.Immutable.ImmutableArray<AcceptedMedia> accepted, string direction)
    {
        var remote = Negotiation.Transport(offer, accepted);
        remote.Fingerprint.ShouldStartWith("sha-256 ");
        var text = new AnswerWriter
        {
            Offer = offer,
            Accepted = accepted,
            Local = remote,
            Candidates = new HostCandidates([IPAddress.Loopback], 8189),
            Ssrc = direction == "sendonly" ? static kind => (uint)kind + 1 : null,
        }.Write();
        var answer = SessionDescription.Parse(text);
        answer.Media.Length.ShouldBe(offer.Media.Length);
        answer.Bundle.ShouldBe(accepted.Select(media => offer.Media[media.SectionIndex].Mid!));
        for (var i = 0; i < answer.Media.Length; i++)
        {
            var isAccepted = accepted.Any(media => media.SectionIndex == i);
            answer.Media[i].Kind.ShouldBe(offer.Media[i].Kind);
            answer.Media[i].Mid.ShouldBe(offer.Media[i].Mid);
            (answer.Media[i].Port != 0).ShouldBe(isAccepted);
            answer.Media[i].Direction.ShouldBe(
                !isAccepted ? MediaDirection.Inactive : direction == "sendonly" ? MediaDirection.SendOnly : MediaDirection.ReceiveOnly);
        }
    }
}
