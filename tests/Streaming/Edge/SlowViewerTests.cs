using Shouldly;
using Xunit;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>One viewer on 500 kbit/s, one on loopback, and a camera of 1.2 Mbit/s with sound.</summary>
public sealed class SlowViewerTests : IAsyncLifetime
{
    private readonly TestEdge _edge = new();
    private readonly List<(byte[] Packet, RtpHeader Header)> _wideArrived = [];
    private TestPeer _publisher = null!;
    private SimulatedCamera _camera = null!;
    private TestPeer _wide = null!;
    private NarrowViewer _narrow = null!;
    private TestPeer _narrowPeer = null!;
    private string _narrowId = string.Empty;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ViewerStatistics Narrow => _edge.Server.Statistics(TestEdge.Room)!.Viewers.Single(viewer => viewer.SessionId == _narrowId);

    public async ValueTask InitializeAsync()
    {
        (_publisher, _) = await _edge.PublishAsync(Cancellation);
        _camera = new SimulatedCamera(_edge, _publisher, [1_200_000]);
        (_wide, _) = await _edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly", repair: true));
        (_narrowPeer, _narrowId) = await _edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly", repair: true));
        _narrow = new NarrowViewer(_narrowPeer, _edge.Time);
    }

    public async ValueTask DisposeAsync()
    {
        await _narrowPeer.DisposeAsync();
        await _wide.DisposeAsync();
        await _publisher.DisposeAsync();
        await _edge.DisposeAsync();
    }

    [Fact]
    public async Task A_slow_viewer_keeps_its_sound_loses_its_video_and_costs_the_others_nothing()
    {
        await PlayAsync(3);
        Narrow.VideoPaused.ShouldBeTrue();
        Narrow.EstimatedBitsPerSecond!.Value.ShouldBeInRange(350_000, 500_000);
        var keyFrames = _camera.KeyFrames[0];
        var heard = _narrow.Sound.Count();

        for (var i = 0; i < 15; i++)
        {
            await PlayAsync(1);
        }

        Narrow.VideoPaused.ShouldBeTrue();
        _narrow.Lost.ShouldBe(0);
        (_narrow.Sound.Count() - heard).ShouldBeInRange((15 * 50) - 5, (15 * 50) + 5);
        _narrow.Sound.Skip(heard).Max(arrived => arrived.Delay).ShouldBeLessThan(200_000);
        _camera.KeyFrames[0].ShouldBe(keyFrames);
        var numbers = _wideArrived.Where(arrived => arrived.Header.PayloadType == TestPeer.VideoType)
            .Select(arrived => arrived.Header.SequenceNumber).ToList();
        numbers.Count.ShouldBe(_camera.LayerPackets[0]);
        numbers.Zip(numbers.Skip(1)).ShouldAllBe(pair => (ushort)(pair.First + 1) == pair.Second);
    }

    [Fact]
    public async Task When_the_path_widens_the_video_goes_on_with_a_key_frame_under_the_next_numbers()
    {
        await PlayAsync(5);
        Narrow.VideoPaused.ShouldBeTrue();
        var seen = _narrow.Video.Count();

        _narrow.BitsPerSecond = 20_000_000;
        for (var i = 0; i < 30 && Narrow.VideoPaused; i++)
        {
            await PlayAsync(1);
        }

        await PlayAsync(1);
        Narrow.VideoPaused.ShouldBeFalse();
        var video = _narrow.Video.ToList();
        video.Count.ShouldBeGreaterThan(seen + (SimulatedCamera.FramesPerSecond * 5));
        var resumed = video[seen];
        resumed.Packet[resumed.Header.Length].ShouldBe(SimulatedCamera.KeyFrame);
        _narrow.ShouldHaveSeenOneStream();
    }

    [Fact]
    public async Task Requests_of_one_viewer_for_key_frames_grow_rarer_while_it_keeps_asking()
    {
        await PlayAsync(1);
        var keyFrames = _camera.KeyFrames[0];
        for (var i = 0; i < 20; i++)
        {
            _wide.SendRtcp(TestEdge.PictureLoss());
            await PlayAsync(0.5);
        }

        (_camera.KeyFrames[0] - keyFrames).ShouldBeInRange(2, 5);
    }

    private Task PlayAsync(double seconds)
    {
        // Who says nothing for 15 s counts as gone.
        _wide.Check();
        return _camera.PlayAsync(
            seconds,
            async () =>
            {
                // All that is sent to the viewer on loopback comes, and at once.
                await TestEdge.UntilAsync(() => TakeWide() == _camera.Packets, Cancellation);
                await TestEdge.UntilAsync(() => _narrow.Take() == Narrow.Packets, Cancellation);
                _narrow.Step();
            },
            Cancellation);
    }

    private int TakeWide()
    {
        while (_wide.TryReadRtp(out var packet))
        {
            RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
            _wideArrived.Add((packet!, header));
        }

        return _wideArrived.Count;
    }
}
