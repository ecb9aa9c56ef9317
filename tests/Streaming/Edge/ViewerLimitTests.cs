using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Viewers;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>A visit, an account and a room have so many viewers, and publishers are never shut out by them.</summary>
public sealed class ViewerLimitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visit_has_one_attempt_at_a_time_and_the_newest_counts()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        await using var peer = new TestPeer();
        var ids = Enumerable.Range(0, 200).Select(_ => View(edge, peer, "visit", "account").SessionId).ToList();

        ids.Where(edge.Server.HasSession).ShouldBe([ids[^1]]);
        edge.Events.Count(line => line.EndsWith("gone: Replaced", StringComparison.Ordinal)).ShouldBe(199);
    }

    [Fact]
    public async Task A_connected_viewer_keeps_its_picture_until_the_newer_session_of_its_visit_is_connected()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        await using var older = new TestPeer();
        await using var newer = new TestPeer();
        var first = View(edge, older, "visit", "account");
        await older.ConnectAsync(first.Sdp, Cancellation);
        var other = View(edge, newer, "another", "account");

        var second = View(edge, newer, "visit", "account");
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        (await older.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)1);
        await newer.ConnectAsync(second.Sdp, Cancellation);

        await older.Closed.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        edge.Server.HasSession(first.SessionId).ShouldBeFalse();
        edge.Server.HasSession(second.SessionId).ShouldBeTrue();
        edge.Server.HasSession(other.SessionId).ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_connects_so_many_viewers_at_once_and_others_are_not_hindered()
    {
        await using var edge = new TestEdge(options => options with { MaxConnectingPerAccount = 3 });
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        await using var peer = new TestPeer();
        for (var visit = 0; visit < 3; visit++)
        {
            View(edge, peer, $"{visit}", "greedy");
        }

        Should.Throw<CapacityException>(() => View(edge, peer, "3", "greedy")).Limit.ShouldBe(CapacityLimit.Account);
        View(edge, peer, "0", "greedy");
        View(edge, peer, "4", "other");
    }

    [Fact]
    public async Task One_account_takes_no_room_for_itself()
    {
        await using var edge = new TestEdge(options => options with { MaxViewersPerAccount = 2 });
        await using var peer = new TestPeer();
        edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));
        View(edge, peer, "0", "greedy");
        View(edge, peer, "1", "greedy");

        Should.Throw<CapacityException>(() => View(edge, peer, "2", "greedy")).Limit.ShouldBe(CapacityLimit.Account);
        View(edge, peer, "3", "other");
    }

    [Fact]
    public async Task A_viewer_that_sends_no_check_is_forgotten_after_8_seconds()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        await using var peer = new TestPeer();
        var silent = View(edge, peer, "visit", "account");

        edge.Time.Advance(TimeSpan.FromSeconds(7));
        edge.Server.HasSession(silent.SessionId).ShouldBeTrue();
        edge.Time.Advance(TimeSpan.FromSeconds(2));

        edge.Server.HasSession(silent.SessionId).ShouldBeFalse();
    }

    [Fact]
    public async Task Full_of_viewers_a_visit_may_still_reconnect_and_any_camera_comes_back()
    {
        await using var edge = new TestEdge(options => options with { MaxSessions = 8, KeptForPublishers = 4 });
        await using var peer = new TestPeer();
        edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));
        for (var visit = 0; visit < 4; visit++)
        {
            View(edge, peer, $"{visit}", $"{visit}");
        }

        Should.Throw<CapacityException>(() => View(edge, peer, "4", "4")).Limit.ShouldBe(CapacityLimit.Server);
        View(edge, peer, "0", "0");
        foreach (var room in (string[])["b", "c", "d"])
        {
            Should.NotThrow(() => edge.Server.Publish(room, peer.Offer("sendonly")));
        }
    }

    [Fact]
    public async Task A_full_room_says_so()
    {
        await using var edge = new TestEdge(options => options with { MaxViewersPerRoom = 1 });
        await using var peer = new TestPeer();
        edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));
        View(edge, peer, "0", "0");

        Should.Throw<CapacityException>(() => View(edge, peer, "1", "1")).Limit.ShouldBe(CapacityLimit.Room);
    }

    private static SessionAnswer View(TestEdge edge, TestPeer peer, string visit, string account) =>
        edge.Server.View(TestEdge.Room, peer.Offer("recvonly"), MediaKinds.Both, new ViewerOwner(visit, account));
}
