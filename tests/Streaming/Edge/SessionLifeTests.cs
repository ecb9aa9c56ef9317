using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Sdp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

public sealed class SessionLifeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Observers_hear_of_connections_and_closures_in_order()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, viewerId) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        edge.Server.HasSession(viewerId).ShouldBeTrue();

        edge.Server.Close(viewerId).ShouldBeTrue();
        edge.Server.Close(viewerId).ShouldBeFalse();
        edge.Server.Close(publisherId).ShouldBeTrue();

        edge.Events.ShouldBe(
        [
            $"publisher {publisherId} connected with H264", $"viewer {viewerId} connected",
            $"viewer {viewerId} gone: Closed", $"publisher {publisherId} gone: Closed",
        ]);
        edge.Server.HasSession(viewerId).ShouldBeFalse();
        edge.Server.Statistics(TestEdge.Room).ShouldBeNull();
    }

    [Fact]
    public async Task A_peer_with_another_certificate_than_promised_is_refused()
    {
        await using var edge = new TestEdge();
        await using var publisher = new TestPeer();
        var stranger = "sha-256 " + string.Join(':', Enumerable.Repeat("AB", 32));
        var answer = edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly", fingerprint: stranger));

        await publisher.StartAsync(answer.Sdp, Cancellation);
        await TestEdge.UntilAsync(() => !edge.Server.HasSession(answer.SessionId), Cancellation);

        edge.Events.ShouldBe([$"publisher {answer.SessionId} gone: HandshakeFailed"]);
    }

    [Fact]
    public async Task A_vanished_peer_is_removed_with_all_its_state_after_15_seconds()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        edge.Time.Advance(TimeSpan.FromSeconds(14));
        edge.Server.HasSession(publisherId).ShouldBeTrue();

        edge.Time.Advance(TimeSpan.FromSeconds(1.1));

        edge.Server.HasSession(publisherId).ShouldBeFalse();
        edge.Server.Statistics().ShouldBeEmpty();
        edge.Events.ShouldContain($"publisher {publisherId} gone: Vanished");
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [1]);
        await TestEdge.UntilAsync(() => edge.Server.Dropped > 0, Cancellation);
    }

    [Fact]
    public async Task Signs_of_life_keep_a_silent_peer()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        for (var i = 0; i < 4; i++)
        {
            edge.Time.Advance(TimeSpan.FromSeconds(10));
            await publisher.CheckAsync(Cancellation);
        }

        edge.Server.HasSession(publisherId).ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_that_never_connects_is_removed()
    {
        await using var edge = new TestEdge();
        await using var peer = new TestPeer();
        var answer = edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));

        edge.Time.Advance(TimeSpan.FromSeconds(16));

        edge.Server.HasSession(answer.SessionId).ShouldBeFalse();
        edge.Events.ShouldBe([$"publisher {answer.SessionId} gone: NeverConnected"]);
    }

    [Fact]
    public async Task A_peer_that_says_good_bye_is_removed_at_once()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;

        publisher.CloseDtls();

        await TestEdge.UntilAsync(() => !edge.Server.HasSession(publisherId), Cancellation);
        edge.Events.ShouldContain($"publisher {publisherId} gone: Closed");
    }

    [Fact]
    public async Task The_newer_of_two_publishers_wins()
    {
        await using var edge = new TestEdge();
        var (older, olderId) = await edge.PublishAsync(Cancellation);
        await using var _1 = older;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var (newer, newerId) = await edge.PublishAsync(Cancellation);
        await using var _3 = newer;

        older.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        newer.SendRtp(TestPeer.VideoType, 2, 1, 1, [0x65, 2]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)2);
        await older.Closed.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        edge.Server.HasSession(olderId).ShouldBeFalse();
        var events = edge.Events;
        events.ShouldContain($"publisher {olderId} gone: Replaced");
        events[^1].ShouldBe($"publisher {newerId} connected with H264");
    }

    [Fact]
    public async Task An_offer_alone_takes_no_picture_away()
    {
        await using var edge = new TestEdge();
        var (older, olderId) = await edge.PublishAsync(Cancellation);
        await using var _1 = older;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        older.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        var first = await viewer.ReadRtpAsync(Cancellation);
        await using var unreachable = new TestPeer();

        var offered = edge.Server.Publish(TestEdge.Room, unreachable.Offer("sendonly"));
        older.SendRtp(TestPeer.VideoType, 1, 2, 1, [0x41, 2]);

        var second = await viewer.ReadRtpAsync(Cancellation);
        second[13].ShouldBe((byte)2);
        (second[3] - first[3]).ShouldBe(1);
        edge.Time.Advance(TimeSpan.FromSeconds(10));
        await older.CheckAsync(Cancellation);
        edge.Time.Advance(TimeSpan.FromSeconds(6));
        edge.Server.HasSession(olderId).ShouldBeTrue();
        edge.Events.ShouldContain($"publisher {offered.SessionId} gone: NeverConnected");
    }

    [Fact]
    public async Task A_room_has_one_attempt_to_take_over_at_a_time_and_the_newest_counts()
    {
        await using var edge = new TestEdge(options => options with { MaxSessions = 1 });
        var (older, olderId) = await edge.PublishAsync(Cancellation);
        await using var _1 = older;
        await using var impatient = new TestPeer();
        var first = edge.Server.Publish(TestEdge.Room, impatient.Offer("sendonly"));

        var (newer, newerId) = await edge.PublishAsync(Cancellation);
        await using var _2 = newer;

        edge.Events.ShouldBe(
        [
            $"publisher {olderId} connected with H264", $"publisher {first.SessionId} gone: Replaced",
            $"publisher {olderId} gone: Replaced", $"publisher {newerId} connected with H264",
        ]);
    }

    [Fact]
    public async Task A_publisher_that_waits_takes_the_place_of_one_that_leaves()
    {
        await using var edge = new TestEdge();
        var (older, olderId) = await edge.PublishAsync(Cancellation);
        await using var _1 = older;
        await using var newer = new TestPeer();
        var answer = edge.Server.Publish(TestEdge.Room, newer.Offer("sendonly"));
        edge.Server.Close(olderId);
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        await newer.ConnectAsync(answer.Sdp, Cancellation);
        newer.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x41, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        await edge.UntilRtcpAsync(newer, packet => packet.IsPictureLoss, Cancellation);
    }

    [Fact]
    public async Task Viewers_wait_a_minute_for_a_publisher_to_come_back()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, viewerId) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        edge.Server.Close(publisherId);

        for (var second = 0; second < 55; second += 5)
        {
            edge.Time.Advance(TimeSpan.FromSeconds(5));
            await viewer.CheckAsync(Cancellation);
        }

        edge.Server.HasSession(viewerId).ShouldBeTrue();
        edge.Time.Advance(TimeSpan.FromSeconds(7));
        edge.Server.HasSession(viewerId).ShouldBeFalse();
        edge.Events.ShouldContain($"viewer {viewerId} gone: NoPublisher");
    }

    [Fact]
    public async Task A_viewer_of_an_empty_room_is_told_so()
    {
        await using var edge = new TestEdge();
        await using var viewer = new TestPeer();

        Should.Throw<NoPublisherException>(() => edge.Server.View("elsewhere", viewer.Offer("recvonly"))).RoomId.ShouldBe("elsewhere");
    }

    [Fact]
    public async Task Viewers_of_another_codec_must_ask_again()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, viewerId) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        var (other, _) = await edge.PublishAsync(Cancellation, peer => peer.Offer("sendonly", video: "VP8/90000"));
        await using var _3 = other;

        edge.Events.ShouldContain($"viewer {viewerId} gone: MediaChanged");
        Should.Throw<UnsupportedMediaException>(() => edge.Server.View(TestEdge.Room, viewer.Offer("recvonly")));
    }

    [Fact]
    public async Task Sessions_and_viewers_are_limited_and_a_refused_offer_takes_no_place()
    {
        await using var edge = new TestEdge(options => options with { MaxSessions = 3, MaxViewersPerRoom = 1 });
        await using var peer = new TestPeer();
        Should.Throw<SdpException>(() => edge.Server.Publish("a", "v=0\r\n"));
        edge.Server.Publish("a", peer.Offer("sendonly"));
        edge.Server.View("a", peer.Offer("recvonly"));
        Should.Throw<CapacityException>(() => edge.Server.View("a", peer.Offer("recvonly")));
        edge.Server.Publish("b", peer.Offer("sendonly"));

        Should.Throw<CapacityException>(() => edge.Server.Publish("c", peer.Offer("sendonly")));
    }

    [Fact]
    public async Task A_publisher_may_replace_itself_when_the_server_is_full()
    {
        await using var edge = new TestEdge(options => options with { MaxSessions = 1 });
        await using var peer = new TestPeer();
        edge.Server.Publish("a", peer.Offer("sendonly"));

        Should.NotThrow(() => edge.Server.Publish("a", peer.Offer("sendonly")));
    }

    [Fact]
    public async Task A_port_in_use_is_named_in_the_error()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        await using var server = new MediaServer(
            new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = port }, TimeProvider.System, NullLoggerFactory.Instance);

        Should.Throw<IOException>(server.Start).Message.ShouldContain($"{port}");
    }

    [Fact]
    public async Task Stopping_the_server_ends_every_session()
    {
        var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;

        await edge.DisposeAsync();

        await publisher.Closed.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        edge.Events.ShouldContain($"publisher {publisherId} gone: ServerStopped");
    }
}
