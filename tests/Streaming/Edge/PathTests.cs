using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>
/// Whose an address is, and when a session goes another way. A source can be forged; a check can be valid for a session of
/// the forger's own, or be another's, caught and sent again.
/// </summary>
public sealed class PathTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2.1);

    private ushort _sequence = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_check_that_is_valid_for_a_visitors_own_session_takes_no_cameras_address()
    {
        using var server = new TestPlane(NullLogger.Instance);
        using var camera = Camera(server);
        using var forger = new DirectPeer(server, Offers.FirefoxViewer, offer => server.View(offer));
        for (var i = 0; i < 50; i++)
        {
            server.Plane.Receive(forger.CheckMessage.ToArray(), camera.Address);
            SendPicture(camera);
            server.Pass(TimeSpan.FromMilliseconds(200));
        }

        server.Plane.Statistics(TestPlane.Room)!.Publisher!.Packets.ShouldBe(50);
        server.Plane.Dropped.ShouldBe(50);
    }

    [Fact]
    public void A_silent_camera_keeps_its_address_from_one_consent_check_to_the_next()
    {
        using var server = new TestPlane(NullLogger.Instance);
        using var camera = Camera(server);
        using var forger = new DirectPeer(server, Offers.FirefoxViewer, offer => server.View(offer));
        for (var i = 0; i < 3; i++)
        {
            camera.Check();
            server.Pass(TimeSpan.FromSeconds(6));
            server.Plane.Receive(forger.CheckMessage.ToArray(), camera.Address);
        }

        SendPicture(camera);
        server.Plane.Statistics(TestPlane.Room)!.Publisher!.Packets.ShouldBe(1);
    }

    [Fact]
    public void An_address_that_a_session_left_may_be_anothers()
    {
        using var server = new TestPlane(NullLogger.Instance);
        using var camera = Camera(server);
        using var viewer = new DirectPeer(server, Offers.FirefoxViewer, offer => server.View(offer));
        server.Pass(TimeSpan.FromSeconds(9));

        server.Plane.Receive(viewer.CheckMessage.ToArray(), camera.Address);

        server.Plane.Dropped.ShouldBe(0);
    }

    [Fact]
    public void An_address_that_was_claimed_before_its_camera_came_is_the_cameras()
    {
        using var server = new TestPlane(NullLogger.Instance);
        using var camera = Camera(server);
        using var forger = new DirectPeer(server, Offers.FirefoxViewer, offer => server.View(offer));
        using var later = new DirectPeer(server, Offers.ChromiumPublisher, offer => server.Publish(offer, "another"), from =>
        {
            server.Plane.Receive(forger.CheckMessage.ToArray(), from);
        });

        server.Plane.Receive(forger.CheckMessage.ToArray(), later.Address);
        SendPicture(later);

        server.Plane.Statistics("another")!.Publisher!.Packets.ShouldBe(1);
    }

    [Fact]
    public void A_camera_that_connects_again_from_the_same_port_is_taken_at_once()
    {
        using var server = new TestPlane(NullLogger.Instance);
        using var camera = Camera(server);
        SendPicture(camera);
        using var again = new DirectPeer(server, Offers.ChromiumPublisher, offer => server.Publish(offer));

        server.Plane.Receive(again.CheckMessage.ToArray(), camera.Address);

        server.Plane.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task A_caught_check_that_is_sent_again_from_elsewhere_moves_nothing_while_its_peer_is_heard()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var before = viewer.Link;
        viewer.SendRtcp(TestEdge.PictureLoss());
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Viewers[0].KeyFrameRequests == 1, Cancellation);

        viewer.MoveTo(TestLink.Udp(IPAddress.Parse("127.0.0.9")));
        await viewer.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        viewer.LastRtpFrom.ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_peer_that_is_heard_from_its_new_address_only_is_followed_within_two_seconds(bool byCheck)
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        viewer.SendRtcp(TestEdge.PictureLoss());
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Viewers[0].KeyFrameRequests == 1, Cancellation);
        var after = TestLink.Udp(IPAddress.Parse("127.0.0.9"));
        viewer.MoveTo(after);
        await viewer.CheckAsync(Cancellation);

        edge.Time.Advance(Silence);
        if (byCheck)
        {
            await viewer.CheckAsync(Cancellation);
        }
        else
        {
            viewer.SendRtcp(TestEdge.PictureLoss());
            await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Viewers[0].KeyFrameRequests == 2, Cancellation);
        }

        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);
        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        viewer.LastRtpFrom.ShouldBe(after);
    }

    [Fact]
    public async Task An_ICE_restart_moves_the_media_at_once()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, viewerId) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        viewer.SendRtcp(TestEdge.PictureLoss());
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Viewers[0].KeyFrameRequests == 1, Cancellation);
        var after = TestLink.Udp(IPAddress.Parse("127.0.0.9"));

        viewer.Restart(edge.Server.UpdateIce(viewerId, viewer.RestartFragment(), iceSessions: null)!.SdpFragment!);
        viewer.MoveTo(after);
        await viewer.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        viewer.LastRtpFrom.ShouldBe(after);
    }

    private static DirectPeer Camera(TestPlane server) => new(server, Offers.ChromiumPublisher, offer => server.Publish(offer));

    private void SendPicture(DirectPeer camera)
    {
        Span<byte> packet = stackalloc byte[100];
        RtpHeader.Write(packet, marker: true, camera.Type(MediaKind.Video), _sequence, _sequence * 3000u, 7);
        packet[RtpHeader.FixedLength] = 0x65;
        _sequence++;
        camera.SendProtected(packet, isRtcp: false);
    }
}
