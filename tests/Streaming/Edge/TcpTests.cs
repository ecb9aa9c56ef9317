using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>ICE over TCP (RFC 6544) by a client of the tests' own.</summary>
public sealed class TcpTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_offers_TCP_below_UDP_and_none_where_it_is_off()
    {
        await using var edge =
            new TestEdge(options => options with { AnnounceAddresses = [IPAddress.Parse("203.0.113.7"), IPAddress.Parse("2001:db8::7")] });
        await using var off = new TestEdge(options => options with { TcpPort = -1 });
        await using var peer = new TestPeer();

        var candidates = edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly")).Sdp.Split("\r\n")
            .Where(line => line.StartsWith("a=candidate:", StringComparison.Ordinal)).ToList();
        var without = off.Server.Publish(TestEdge.Room, peer.Offer("sendonly")).Sdp;

        candidates.Count.ShouldBe(4);
        candidates[0].ShouldEndWith($"203.0.113.7 {edge.Server.Port} typ host");
        candidates[2].ShouldBe($"a=candidate:3 1 tcp {(90u << 24) + (((4u << 13) + 4) << 8) + 255} 203.0.113.7 {edge.Server.TcpPort} typ host tcptype passive");
        candidates[3].ShouldEndWith($" 2001:db8::7 {edge.Server.TcpPort} typ host tcptype passive");
        candidates.Select(line => uint.Parse(line.Split(' ')[3])).ShouldBeInOrder(SortDirection.Descending);
        without.ShouldNotContain("tcptype");
        off.Server.TcpPort.ShouldBeNull();
    }

    [Fact]
    public async Task Camera_and_viewer_meet_over_TCP_alone()
    {
        await using var edge = new TestEdge();
        await using var publisher = await PeerAsync(edge);
        await publisher.ConnectAsync(edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly")).Sdp, Cancellation);
        var (viewer, _) = await edge.ViewAsync(Cancellation, with: await PeerAsync(edge));
        await using var _1 = viewer;

        for (ushort i = 1; i <= 200; i++)
        {
            publisher.SendRtp(TestPeer.VideoType, 1, i, i * 3000u, [i == 1 ? (byte)0x65 : (byte)0x41, (byte)i]);
        }

        for (var i = 1; i <= 200; i++)
        {
            (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)i);
        }
    }

    [Fact]
    public async Task A_viewer_moves_from_UDP_to_TCP_and_back_without_a_new_session()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, viewerId) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var udp = viewer.Link;
        var tcp = await LinkAsync(edge);

        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)1);
        viewer.MoveTo(tcp);
        await viewer.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 2, 1, [0x41, 2]);
        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)2);
        viewer.LastRtpFrom.ShouldBe(tcp);

        // A check that was sent twice is also one of consent, and then the connection is in use for 2 s more.
        edge.Time.Advance(TimeSpan.FromSeconds(2.1));
        viewer.MoveTo(udp);
        await viewer.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 3, 1, [0x41, 3]);
        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)3);
        viewer.LastRtpFrom.ShouldBe(udp);
        edge.Server.HasSession(viewerId).ShouldBeTrue();
    }

    [Fact]
    public async Task When_its_connection_breaks_a_viewer_is_served_by_the_path_that_is_left()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var udp = viewer.Link;
        var tcp = await LinkAsync(edge);
        viewer.MoveTo(tcp);
        await viewer.CheckAsync(Cancellation);

        tcp.Dispose();
        await TestEdge.UntilAsync(() => edge.Server.TcpConnections == 0, Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)1);
        viewer.LastRtpFrom.ShouldBe(udp);
    }

    [Fact]
    public async Task The_end_of_a_session_says_good_bye_and_closes_its_connection()
    {
        await using var edge = new TestEdge();
        await using var publisher = await PeerAsync(edge);
        var answer = edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly"));
        await publisher.ConnectAsync(answer.Sdp, Cancellation);

        edge.Server.Close(answer.SessionId);

        await publisher.Closed.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await publisher.Disconnected.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Theory]
    [InlineData(new byte[] { 0, 4, 22, 254, 253, 0 })]
    [InlineData(new byte[] { 0, 3, 0, 1, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0, 1 })]
    [InlineData(new byte[] { 0x47, 0x45, 0x54, 0x20, 0x2F })]
    public async Task A_stranger_that_does_not_begin_with_a_check_of_a_session_is_closed_at_once(byte[] sent)
    {
        await using var edge = new TestEdge();
        using var stranger = await ConnectAsync(edge);

        await stranger.SendAsync(sent, Cancellation);

        await ClosedAsync(stranger);
        await TestEdge.UntilAsync(() => edge.Server.TcpConnections == 0, Cancellation);
    }

    [Fact]
    public async Task A_silent_stranger_is_closed_after_5_seconds_and_an_idle_connection_after_30()
    {
        await using var edge = new TestEdge(options => options with { VanishTimeout = TimeSpan.FromMinutes(5) });
        await using var publisher = await PeerAsync(edge);
        await publisher.ConnectAsync(edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly")).Sdp, Cancellation);
        using var stranger = await ConnectAsync(edge);
        await TestEdge.UntilAsync(() => edge.Server.TcpConnections == 2, Cancellation);

        edge.Time.Advance(TimeSpan.FromSeconds(4));
        edge.Server.TcpConnections.ShouldBe(2);
        edge.Time.Advance(TimeSpan.FromSeconds(3));
        await ClosedAsync(stranger);
        await TestEdge.UntilAsync(() => edge.Server.TcpConnections == 1, Cancellation);
        publisher.Disconnected.IsCompleted.ShouldBeFalse();

        edge.Time.Advance(TimeSpan.FromSeconds(30));
        await publisher.Disconnected.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task One_address_has_so_many_strangers_and_the_oldest_gives_way()
    {
        await using var edge = new TestEdge();
        List<Socket> strangers = [];
        for (var i = 0; i < 65; i++)
        {
            strangers.Add(await ConnectAsync(edge));
        }

        await ClosedAsync(strangers[0]);
        edge.Server.TcpConnections.ShouldBe(64);
        strangers.ForEach(stranger => stranger.Dispose());
        await TestEdge.UntilAsync(() => edge.Server.TcpConnections == 0, Cancellation);
        await using var publisher = await PeerAsync(edge);
        await publisher.ConnectAsync(edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly")).Sdp, Cancellation);
    }

    [Fact]
    public async Task Idle_strangers_from_many_addresses_shut_nobody_out()
    {
        await using var edge = new TestEdge();
        List<Socket> strangers = [];
        for (var i = 0; i < 8 * 64; i++)
        {
            strangers.Add(await ConnectAsync(edge, IPAddress.Parse($"127.0.0.{2 + (i / 64)}")));
        }

        await TestEdge.UntilAsync(() => edge.Server.TcpConnections == 512, Cancellation);
        await using var publisher = await PeerAsync(edge);
        await publisher.ConnectAsync(edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly")).Sdp, Cancellation);

        edge.Server.TcpConnections.ShouldBe(512);
        publisher.Disconnected.IsCompleted.ShouldBeFalse();
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task A_full_table_gives_the_place_of_a_connection_that_carries_no_media()
    {
        await using var edge = new TestEdge(options => options with { MaxSessions = 2 });
        await using var publisher = await PeerAsync(edge);
        await publisher.ConnectAsync(edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly")).Sdp, Cancellation);
        var used = publisher.Link;
        for (var i = 0; i < 3; i++)
        {
            // Checked, and so no strangers, but not nominated.
            publisher.MoveTo(await LinkAsync(edge));
            await publisher.CheckAsync(Cancellation, nominate: false);
        }

        var (viewer, _) = await edge.ViewAsync(Cancellation, with: await PeerAsync(edge));
        await using var _1 = viewer;
        publisher.MoveTo(used);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        edge.Server.TcpConnections.ShouldBe(4);
    }

    [Fact]
    public async Task A_port_in_use_is_named_in_the_error_and_the_UDP_port_is_given_back()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        Should.Throw<IOException>(() => new TestEdge(options => options with { TcpPort = port })).Message.ShouldContain($"TCP port {port}");

        // The same number is free for UDP, unless another test has just been given it.
        await using var other = new TestEdge(options => options with { TcpPort = 0 });
        other.Server.TcpPort.ShouldNotBe(port);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task IPv6_peers_are_served(bool overTcp)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var edge = new TestEdge(options => options with { Bind = IPAddress.IPv6Loopback });
        var publisher = overTcp ? await PeerAsync(edge, IPAddress.IPv6Loopback) : new TestPeer(local: IPAddress.IPv6Loopback);
        await using var _1 = publisher;
        var answer = edge.Server.Publish(TestEdge.Room, publisher.Offer("sendonly")).Sdp;
        await publisher.ConnectAsync(answer, Cancellation);
        var (viewer, _) = await edge.ViewAsync(Cancellation, with: new TestPeer(local: IPAddress.IPv6Loopback));
        await using var _2 = viewer;

        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        answer.ShouldContain($" ::1 {edge.Server.Port} typ host\r\n");
        answer.ShouldContain("c=IN IP6 ::1\r\n");
    }

    [Fact]
    public async Task One_server_takes_peers_of_both_address_families()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        await using var edge = new TestEdge(options => options with { Bind = IPAddress.Any });
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation, with: new TestPeer(local: IPAddress.IPv6Loopback));
        await using var _2 = viewer;
        await using var overTcp = await PeerAsync(edge);
        await overTcp.ConnectAsync(edge.Server.View(TestEdge.Room, overTcp.Offer("recvonly")).Sdp, Cancellation);

        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        (await overTcp.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
    }

    private static async Task<TestPeer> PeerAsync(TestEdge edge, IPAddress? local = null)
    {
        var peer = new TestPeer(local: local);
        peer.MoveTo(await TestLink.TcpAsync(new IPEndPoint(local ?? IPAddress.Loopback, edge.Server.TcpPort!.Value), Cancellation));
        return peer;
    }

    private static Task<TestLink> LinkAsync(TestEdge edge) =>
        TestLink.TcpAsync(new IPEndPoint(IPAddress.Loopback, edge.Server.TcpPort!.Value), Cancellation);

    private static async Task<Socket> ConnectAsync(TestEdge edge, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, edge.Server.TcpPort!.Value), Cancellation);
        return socket;
    }

    private static async Task ClosedAsync(Socket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            (await socket.ReceiveAsync(new byte[16], limit.Token)).ShouldBe(0);
        }
        catch (SocketException)
        {
            // Closed with bytes unread, which TCP tells as a reset.
        }
    }
}
