using System.Net;
using Shouldly;
using Xunit;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>Peers whose address, ICE session or DTLS role is not the usual one.</summary>
public sealed class MobilityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DtlsRole.Server, null)]
    [InlineData(DtlsRole.Client, null)]
    [InlineData(DtlsRole.Client, "active")]
    public async Task A_peer_of_either_DTLS_role_gets_its_media(DtlsRole role, string? setup)
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var peer = setup is null ? new TestPeer(role: role) : new TestPeer(role: role) { Setup = setup };
        var (viewer, _) = await edge.ViewAsync(Cancellation, with: peer);
        await using var _2 = viewer;

        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        viewer.Answer!.Media[0].Setup.ShouldBe(role == DtlsRole.Server ? "active" : "passive");
    }

    [Fact]
    public async Task The_edge_as_DTLS_client_sends_lost_flights_again()
    {
        await using var edge = new TestEdge();
        await using var peer = new TestPeer(role: DtlsRole.Server) { LostHandshakeDatagrams = 3 };
        var answer = edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));

        var connecting = peer.ConnectAsync(answer.Sdp, Cancellation);
        while (!connecting.IsCompleted)
        {
            edge.Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(20, Cancellation);
        }

        await connecting;
        peer.LostHandshakeDatagrams.ShouldBe(0);
    }

    [Fact]
    public async Task Media_follows_a_viewer_to_its_new_address()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, viewerId) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        viewer.MoveTo(TestLink.Udp(IPAddress.Loopback));
        await viewer.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
        edge.Server.HasSession(viewerId).ShouldBeTrue();
    }

    [Fact]
    public async Task A_publisher_goes_on_from_a_new_address_and_its_viewers_notice_nothing()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        var first = await viewer.ReadRtpAsync(Cancellation);

        publisher.MoveTo(TestLink.Udp(IPAddress.Loopback));
        await publisher.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 2, 1, [0x41, 2]);

        var second = await viewer.ReadRtpAsync(Cancellation);
        second[13].ShouldBe((byte)2);
        (second[3] - first[3]).ShouldBe(1);
    }

    [Fact]
    public async Task A_check_that_does_not_nominate_moves_no_media()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        using var beside = TestLink.Udp(IPAddress.Loopback);
        viewer.MoveTo(beside);
        var before = edge.Server.Statistics(TestEdge.Room)!;
        before.Viewers.Length.ShouldBe(1);

        viewer.Check(nominate: false);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);
        await viewer.ReadRtpAsync(Cancellation);

        viewer.LastRtpFrom.ShouldNotBe(beside);
    }

    [Fact]
    public async Task Many_checked_paths_do_not_push_out_the_one_in_use()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var link = publisher.Link;
        for (var i = 0; i < 30; i++)
        {
            publisher.MoveTo(TestLink.Udp(IPAddress.Loopback));
            await publisher.CheckAsync(Cancellation, nominate: false);
        }

        publisher.MoveTo(link);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 7]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)7);
    }

    [Fact]
    public async Task An_ICE_restart_keeps_keys_and_media_and_ends_the_old_credentials_when_the_new_path_is_nominated()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        var fragment = publisher.RestartFragment();
        var update = edge.Server.UpdateIce(publisherId, fragment, iceSessions: null)!;
        update.Outcome.ShouldBe(IceUpdateOutcome.Restarted);
        await publisher.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)1);

        publisher.MoveTo(TestLink.Udp(IPAddress.Loopback));
        var earlier = publisher.Restart(update.SdpFragment!);
        await publisher.CheckAsync(Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 1, 2, 1, [0x41, 2]);
        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)2);

        var dropped = edge.Server.Dropped;
        publisher.Restart(earlier);
        publisher.Check();
        await TestEdge.UntilAsync(() => edge.Server.Dropped == dropped + 1, Cancellation);
        edge.Server.UpdateIce(publisherId, fragment, [update.IceSession])!.Outcome.ShouldBe(IceUpdateOutcome.Trickled);
    }

    [Fact]
    public async Task A_restart_that_is_restarted_again_leaves_the_path_in_use_alone()
    {
        await using var edge = new TestEdge();
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;

        var lost = edge.Server.UpdateIce(publisherId, publisher.RestartFragment(), iceSessions: null)!;
        var second = edge.Server.UpdateIce(publisherId, publisher.RestartFragment(), iceSessions: null)!;
        await publisher.CheckAsync(Cancellation);
        edge.Server.UpdateIce(publisherId, publisher.RestartFragment(), [lost.IceSession])!.Outcome.ShouldBe(IceUpdateOutcome.Stale);

        publisher.Restart(second.SdpFragment!);
        await publisher.CheckAsync(Cancellation);
        edge.Server.HasSession(publisherId).ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_session_or_a_broken_fragment_restarts_nothing()
    {
        await using var edge = new TestEdge();
        await using var peer = new TestPeer();
        var answer = edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));

        edge.Server.UpdateIce("nobody", peer.RestartFragment(), iceSessions: null).ShouldBeNull();
        Should.Throw<SdpException>(() => edge.Server.UpdateIce(answer.SessionId, "a=ice-ufrag:abcd\r\n", iceSessions: null));
        Should.Throw<SdpException>(() => edge.Server.UpdateIce(answer.SessionId, new string('a', 70_000), iceSessions: null));
        Should.Throw<SdpException>(
            () => edge.Server.UpdateIce(answer.SessionId, string.Concat(Enumerable.Repeat("a=x\n", 600)), iceSessions: null));
    }
}
