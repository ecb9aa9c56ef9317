using Xunke.Streaming.Rooms;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Edge;

namespace Xunke.Tests.Streaming.Rooms;

/// <summary>A room's counts outlive those who made them: a count that fell would read as a restart.</summary>
public sealed class RoomTotalsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_go_on_when_viewers_leave_and_publishers_change()
    {
        await using var edge = new TestEdge();
        var (first, _) = await edge.PublishAsync(Cancellation);
        await using var firstPublisher = first;
        var (viewer, viewing) = await edge.ViewAsync(Cancellation);
        await using var leaving = viewer;
        first.SendRtp(TestPeer.VideoType, 0x1234, 500, 9000, [0x65, 1, 2, 3], marker: true);
        await viewer.ReadRtpAsync(Cancellation);

        edge.Server.Close(viewing);
        var (second, _) = await edge.PublishAsync(Cancellation);
        await using var secondPublisher = second;
        second.SendRtp(TestPeer.VideoType, 0x4321, 7, 9000, [0x65, 1, 2, 3, 4], marker: true);

        await TestEdge.UntilAsync(() => Totals(edge).PacketsReceived == 2, Cancellation);
        var totals = Totals(edge);
        totals.BytesReceived.ShouldBe(16 + 17);
        totals.PacketsSent.ShouldBe(1);
        totals.BytesSent.ShouldBe(16);
        edge.Server.Statistics(TestEdge.Room)!.Viewers.ShouldBeEmpty();
    }

    private static RoomTotals Totals(TestEdge edge) => edge.Server.Statistics(TestEdge.Room)!.Totals;
}
