using Shouldly;
using Xunit;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>
/// A publisher of VP8 in three simulcast layers, each numbered from elsewhere and with temporal layers, as Chromium sends
/// them. A player that sees the pictures' numbers jump waits for pictures that do not exist.
/// </summary>
public sealed class Vp8PicturesTests : IAsyncLifetime
{
    private static readonly string[] Names = ["q", "h", "f"];
    private static readonly int[] Rates = [150_000, 500_000, 1_500_000];

    private readonly TestEdge _edge = new();
    private TestPeer _publisher = null!;
    private SimulatedCamera _camera = null!;
    private TestPeer _peer = null!;
    private string _viewerId = string.Empty;
    private NarrowViewer _viewer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ViewerStatistics Viewer => _edge.Server.Statistics(TestEdge.Room)!.Viewers.Single(viewer => viewer.SessionId == _viewerId);

    public async ValueTask InitializeAsync()
    {
        await PublishAsync();
        (_peer, _viewerId) = await _edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly", video: "VP8/90000", repair: true));
        _viewer = new NarrowViewer(_peer, _edge.Time) { BitsPerSecond = 30_000_000 };
        await PlayAsync(4);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        await _publisher.DisposeAsync();
        await _edge.DisposeAsync();
    }

    [Fact]
    public async Task Are_numbered_without_a_jump_when_the_path_narrows_and_widens()
    {
        _viewer.BitsPerSecond = 400_000;
        await PlayAsync(8);
        Viewer.Layer.ShouldBe("q");
        _viewer.BitsPerSecond = 30_000_000;
        for (var i = 0; i < 40 && Viewer.Layer != "f"; i++)
        {
            await PlayAsync(1);
        }

        await PlayAsync(1);

        Viewer.Layer.ShouldBe("f");
        ShouldBeNumberedInOrder();
    }

    [Fact]
    public async Task Are_numbered_without_a_jump_when_every_other_one_is_left_out_and_when_they_come_back()
    {
        _viewer.BitsPerSecond = 150_000;
        await PlayAsync(10);
        Viewer.LayerReduced.ShouldBeTrue();
        Layers(_viewer.Video.Last().Packet).Temporal.ShouldBe(0);
        _viewer.BitsPerSecond = 30_000_000;
        for (var i = 0; i < 40 && Viewer.LayerReduced; i++)
        {
            await PlayAsync(1);
        }

        await PlayAsync(1);

        Viewer.LayerReduced.ShouldBeFalse();
        ShouldBeNumberedInOrder();
    }

    [Fact]
    public async Task Are_numbered_without_a_jump_when_another_publisher_takes_over()
    {
        await _publisher.DisposeAsync();
        await PublishAsync();

        var seen = _viewer.Video.Count();
        await PlayAsync(4);

        _viewer.Video.Count().ShouldBeGreaterThan(seen + 20);
        ShouldBeNumberedInOrder();
    }

    [Fact]
    public async Task From_before_a_change_of_layer_are_not_sent_again()
    {
        var old = _viewer.Video.Last().Header;
        _viewer.BitsPerSecond = 400_000;
        for (var i = 0; i < 30 && Viewer.Layer != "q"; i++)
        {
            await PlayAsync(0.1);
        }

        // The old layer's last packets leave the link, and are still at hand in the room.
        await PlayAsync(3);
        var present = _viewer.Video.Last().Header;
        var repeated = Viewer.Retransmitted;

        _peer.SendRtcp(TestEdge.Nack(present.Ssrc, old.SequenceNumber));
        _peer.SendRtcp(TestEdge.Nack(present.Ssrc, present.SequenceNumber));
        await PlayAsync(0.5);

        Viewer.Retransmitted.ShouldBe(repeated + 1);
    }

    private static (int Picture, int Base, int Temporal) Layers(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        var payload = packet.AsSpan(header.Length);
        Vp8PictureNumbers.TryRead(payload, out var numbers).ShouldBeTrue();
        Vp8Descriptor.TryRead(payload, out var descriptor).ShouldBeTrue();
        return (numbers.Picture, numbers.Base, descriptor.TemporalLayer);
    }

    private void ShouldBeNumberedInOrder()
    {
        var pictures = _viewer.Video.Select(arrived => Layers(arrived.Packet)).ToList();
        foreach (var (before, after) in pictures.Zip(pictures.Skip(1)))
        {
            var isNew = after.Picture != before.Picture;
            after.Picture.ShouldBe((before.Picture + (isNew ? 1 : 0)) & 0x7FFF);
            after.Base.ShouldBe((before.Base + (isNew && after.Temporal == 0 ? 1 : 0)) & 0xFF);
        }
    }

    private async Task PublishAsync()
    {
        (_publisher, _) = await _edge.PublishAsync(Cancellation, peer => peer.Offer("sendonly", video: "VP8/90000", layers: Names));
        _camera = new SimulatedCamera(_edge, _publisher, Rates, Names, vp8: true);
    }

    private Task PlayAsync(double seconds) => _camera.PlayAsync(
        seconds,
        async () =>
        {
            await TestEdge.UntilAsync(() => _viewer is null || _viewer.Take() == Viewer.Packets, Cancellation);
            _viewer?.Step();
        },
        Cancellation);
}
