using Xunke.Streaming;
using Xunke.Streaming.Sdp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>What a viewer may see and hear is the server's decision, whatever its offer says; and nobody talks back.</summary>
public sealed class ListeningTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MediaKinds.Video, 0, 1)]
    [InlineData(MediaKinds.Audio, 1, 0)]
    public async Task A_section_that_is_not_allowed_is_rejected(MediaKinds allowed, int taken, int rejected)
    {
        await using var edge = new TestEdge();
        await using var publisher = new TestPeer();
        edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly"));
        await using var viewer = new TestPeer();

        var answer = SessionDescription.Parse(edge.Server.View(TestEdge.Room, viewer.Offer("recvonly"), allowed).Sdp);

        answer.Media[taken].Port.ShouldNotBe(0);
        answer.Media[taken].Direction.ShouldBe(MediaDirection.SendOnly);
        answer.Media[rejected].Port.ShouldBe(0);
        answer.Media[rejected].Direction.ShouldBe(MediaDirection.Inactive);
        answer.Bundle.ShouldBe([$"{taken}"]);
    }

    [Fact]
    public async Task A_viewer_allowed_to_listen_hears_and_is_sent_no_picture()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var publishing = publisher;
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(edge.Server.View(TestEdge.Room, viewer.Offer("recvonly"), MediaKinds.Audio).Sdp, Cancellation);

        publisher.SendRtp(TestPeer.VideoType, 0x1234, 500, 9000, [0x65, 1, 2, 3], marker: true);
        publisher.SendRtp(TestPeer.AudioType, 0x5678, 100, 960, [1, 2, 3]);

        var heard = await viewer.ReadRtpAsync(Cancellation);
        (heard[1] & 0x7F).ShouldBe(TestPeer.AudioType);
        viewer.TryReadRtp(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_offer_for_nothing_but_what_is_not_allowed_is_refused()
    {
        await using var edge = new TestEdge();
        await using var publisher = new TestPeer();
        edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly"));
        await using var viewer = new TestPeer();

        Should.Throw<SdpException>(() => edge.Server.View(TestEdge.Room, viewer.Offer("recvonly", audio: false), MediaKinds.Audio));
        edge.Server.Statistics(TestEdge.Room)!.Viewers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_viewer_that_offers_to_send_as_well_is_only_sent_to()
    {
        await using var edge = new TestEdge();
        await using var publisher = new TestPeer();
        edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly"));
        await using var viewer = new TestPeer();

        var answer = SessionDescription.Parse(edge.Server.View(TestEdge.Room, viewer.Offer("sendrecv")).Sdp);

        answer.Media.ShouldAllBe(section => section.Direction == MediaDirection.SendOnly);
    }

    [Fact]
    public async Task A_microphone_beside_the_picture_is_rejected()
    {
        await using var edge = new TestEdge();
        await using var publisher = new TestPeer();
        edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly"));
        await using var viewer = new TestPeer();
        var offer = viewer.Offer("recvonly");
        var sound = offer.IndexOf("m=audio", StringComparison.Ordinal);

        var answer = SessionDescription.Parse(
            edge.Server.View(TestEdge.Room, offer[..sound] + offer[sound..]
                .Replace("a=recvonly", "a=sendonly", StringComparison.Ordinal)).Sdp);

        answer.Media[0].Direction.ShouldBe(MediaDirection.SendOnly);
        answer.Media[1].Port.ShouldBe(0);
        answer.Media[1].Direction.ShouldBe(MediaDirection.Inactive);
    }

    [Fact]
    public async Task What_a_viewer_sends_all_the_same_reaches_nobody()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var publishing = publisher;
        var (other, _) = await edge.ViewAsync(Cancellation);
        await using var viewing = other;
        await using var talker = new TestPeer();
        await talker.ConnectAsync(edge.Server.View(TestEdge.Room, talker.Offer("sendrecv")).Sdp, Cancellation);

        talker.SendRtp(TestPeer.AudioType, 0x9999, 1, 960, [9, 9, 9]);
        publisher.SendRtp(TestPeer.AudioType, 0x5678, 100, 960, [1, 2, 3]);

        (await other.ReadRtpAsync(Cancellation))[^3..].ShouldBe([1, 2, 3]);
        other.TryReadRtp(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Sound_that_browsers_cannot_play_is_told_apart_from_silence()
    {
        await using var edge = new TestEdge();
        await using var publisher = new TestPeer();
        await using var silent = new TestPeer();
        edge.Server.Publish("alaw", publisher.Offer("sendonly").Replace("opus/48000/2", "PCMA/8000", StringComparison.Ordinal));
        edge.Server.Publish("silent", silent.Offer("sendonly", audio: false));

        edge.Server.Statistics("alaw")!.Publisher!.Media.AudioCodec.ShouldBe(AudioCodec.Unplayable);
        edge.Server.Statistics("silent")!.Publisher!.Media.AudioCodec.ShouldBe(AudioCodec.None);
    }
}
