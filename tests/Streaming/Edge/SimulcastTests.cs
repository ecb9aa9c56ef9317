using System.Buffers.Binary;
using Shouldly;
using Xunit;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>A publisher of three layers, the best neither first nor last; one viewer on loopback, one on a narrow path, and a
/// tap.</summary>
public sealed class SimulcastTests : IAsyncLifetime
{
    private const int Middle = 0;
    private const int Best = 1;
    private const int Least = 2;

    private static readonly string[] Names = ["h", "f", "q"];
    private static readonly int[] Rates = [500_000, 1_500_000, 150_000];

    private readonly TestEdge _edge = new();
    private readonly RecordingTap _tap = new();
    private readonly List<byte[]> _wideVideo = [];
    private IDisposable _tapping = null!;
    private TestPeer _publisher = null!;
    private SimulatedCamera _camera = null!;
    private TestPeer _wide = null!;
    private string _wideId = string.Empty;
    private int _wideTaken;
    private TestPeer? _narrowPeer;
    private NarrowViewer? _narrow;
    private string _narrowId = string.Empty;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _tapping = _edge.Server.Tap(TestEdge.Room, _tap);
        (_publisher, _) = await _edge.PublishAsync(Cancellation, peer => peer.Offer("sendonly", layers: Names));
        _camera = new SimulatedCamera(_edge, _publisher, Rates, Names);
        (_wide, _wideId) = await _edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly", repair: true));
    }

    public async ValueTask DisposeAsync()
    {
        if (_narrowPeer is not null)
        {
            await _narrowPeer.DisposeAsync();
        }

        await _wide.DisposeAsync();
        await _publisher.DisposeAsync();
        _tapping.Dispose();
        await _edge.DisposeAsync();
    }

    [Fact]
    public void The_answer_takes_three_layers_at_most()
    {
        var offer = new TestPeer().Offer("sendonly", layers: ["a", "b", "c", "d"]);

        var answer = _edge.Server.Publish("another", offer).Sdp;

        answer.ShouldContain("a=rid:a recv\r\na=rid:b recv\r\na=rid:c recv\r\na=simulcast:recv a;b;c\r\n");
        answer.ShouldContain($"a=extmap:{TestPeer.LayerExtension} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n");
    }

    [Fact]
    public async Task A_viewer_on_a_wide_path_and_the_taps_get_the_best_layer_in_one_stream()
    {
        await PlayAsync(5);

        Viewer(_wideId).Layer.ShouldBe("f");
        Viewer(_wideId).LayerReduced.ShouldBeFalse();
        LayerOf(_wideVideo[^1]).ShouldBe(Best);
        ShouldBeOneStream(_wideVideo);
        LayerOf(_tap.Video[^1]).ShouldBe(Best);
        ShouldBeOneStream(_tap.Video);
    }

    [Fact]
    public async Task When_the_best_layer_ends_the_next_best_takes_its_place_and_when_it_is_back_it_returns()
    {
        await PlayAsync(4);
        _camera.Alive[Best] = false;

        await PlayAsync(4);

        LayerOf(_wideVideo[^1]).ShouldBe(Middle);
        LayerOf(_tap.Video[^1]).ShouldBe(Middle);

        _camera.Alive[Best] = true;
        await PlayAsync(4);

        LayerOf(_wideVideo[^1]).ShouldBe(Best);
        LayerOf(_tap.Video[^1]).ShouldBe(Best);
        ShouldBeOneStream(_wideVideo);
        ShouldBeOneStream(_tap.Video);
    }

    [Theory]
    [InlineData(900_000, Middle)]
    [InlineData(400_000, Least)]
    public async Task A_viewer_on_a_narrow_path_gets_the_layer_that_it_carries_and_the_others_notice_nothing(int bitsPerSecond, int layer)
    {
        await PlayAsync(4);
        await JoinAsync(bitsPerSecond);
        await PlayAsync(4);
        var keyFrames = _camera.KeyFrames[Best];
        var heard = _narrow!.Sound.Count();
        var seen = _narrow.Video.Count();

        for (var i = 0; i < 12; i++)
        {
            await PlayAsync(1);
        }

        Viewer(_narrowId).Layer.ShouldBe(Names[layer]);
        Viewer(_narrowId).LayerReduced.ShouldBeTrue();
        Viewer(_narrowId).VideoPaused.ShouldBeFalse();
        _narrow.Video.Skip(seen).ShouldAllBe(arrived => LayerOf(arrived.Packet) == layer);
        _narrow.Sound.Skip(heard).Max(arrived => arrived.Delay).ShouldBeLessThan(250_000);
        _narrow.Lost.ShouldBe(0);
        _narrow.ShouldHaveSeenOneStream();
        _camera.KeyFrames[Best].ShouldBe(keyFrames);
    }

    [Fact]
    public async Task A_viewer_that_waits_for_the_key_frame_of_a_lower_layer_counts_as_on_that_layer()
    {
        await PlayAsync(4);
        _camera.Answers[Least] = false;
        await JoinAsync(400_000);
        await PlayAsync(4);
        var seen = _narrow!.Video.Count();

        await PlayAsync(1);

        _narrow.Video.Count().ShouldBe(seen);
        Viewer(_narrowId).Layer.ShouldBe(Names[Least]);
        Viewer(_narrowId).LayerReduced.ShouldBeTrue();
        Viewer(_narrowId).VideoPaused.ShouldBeFalse();

        _camera.Answers[Least] = true;
        await PlayAsync(3);

        LayerOf(_narrow.Video.Last().Packet).ShouldBe(Least);
        _narrow.ShouldHaveSeenOneStream();
    }

    [Fact]
    public async Task A_viewer_that_has_asked_for_many_key_frames_does_not_wait_for_the_one_of_a_lower_layer()
    {
        await PlayAsync(4);
        await JoinAsync(30_000_000);
        for (var i = 0; i < 60; i++)
        {
            _narrowPeer!.SendRtcp(TestEdge.PictureLoss());
            await PlayAsync(0.1);
        }

        _narrow!.BitsPerSecond = 400_000;
        for (var i = 0; i < 20 && Viewer(_narrowId).Layer != Names[Least]; i++)
        {
            await PlayAsync(0.1);
        }

        var keyFrames = _camera.KeyFrames[Least];
        await PlayAsync(0.3);

        Viewer(_narrowId).Layer.ShouldBe(Names[Least]);
        _camera.KeyFrames[Least].ShouldBe(keyFrames + 1);
    }

    [Fact]
    public async Task When_a_narrow_path_widens_the_viewer_gets_the_best_layer_without_a_gap()
    {
        await PlayAsync(4);
        await JoinAsync(400_000);
        await PlayAsync(6);
        LayerOf(_narrow!.Video.Last().Packet).ShouldBe(Least);

        _narrow.BitsPerSecond = 30_000_000;
        for (var i = 0; i < 40 && LayerOf(_narrow.Video.Last().Packet) != Best; i++)
        {
            await PlayAsync(1);
        }

        LayerOf(_narrow.Video.Last().Packet).ShouldBe(Best);
        _narrow.ShouldHaveSeenOneStream();
    }

    [Fact]
    public async Task Packets_that_name_no_layer_or_an_unknown_one_are_refused()
    {
        await PlayAsync(1);
        var refused = _edge.Server.Statistics(TestEdge.Room)!.Publisher!.Refused;

        _publisher.SendRtp(TestPeer.VideoType, 77, 1, 1, [0x41, 0]);
        _publisher.SendRtp(TestPeer.VideoType, 78, 1, 1, [0x41, 0], layer: "x");
        _publisher.SendRtp(TestPeer.VideoType, 79, 1, 1, [0x41, 0], layer: "hf");

        await TestEdge.UntilAsync(() => _edge.Server.Statistics(TestEdge.Room)!.Publisher!.Refused == refused + 3, Cancellation);
    }

    [Fact]
    public async Task A_publisher_without_simulcast_that_takes_over_is_shown_to_all()
    {
        await PlayAsync(4);
        await _publisher.DisposeAsync();
        (_publisher, _) = await _edge.PublishAsync(Cancellation);
        _camera = new SimulatedCamera(_edge, _publisher, [800_000]);
        var (seen, tapped) = (_wideVideo.Count, _tap.Video.Count);

        await PlayAsync(4);

        _wideVideo.Count.ShouldBeGreaterThan(seen + 20);
        _tap.Video.Count.ShouldBeGreaterThan(tapped + 20);
        Viewer(_wideId).Layer.ShouldBeNull();
        ShouldBeOneStream(_wideVideo);
        ShouldBeOneStream(_tap.Video);
    }

    private static int LayerOf(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return packet[header.Length + 1];
    }

    private static void ShouldBeOneStream(IReadOnlyList<byte[]> packets)
    {
        packets.Zip(packets.Skip(1)).ShouldAllBe(pair => (ushort)(Number(pair.First) + 1) == Number(pair.Second));
        packets.Zip(packets.Skip(1)).ShouldAllBe(pair => (int)(Timestamp(pair.Second) - Timestamp(pair.First)) >= 0
            && (int)(Timestamp(pair.Second) - Timestamp(pair.First)) < 90_000 * 3);
        // Another layer begins with a key frame.
        packets.Zip(packets.Skip(1)).Where(pair => LayerOf(pair.First) != LayerOf(pair.Second))
            .ShouldAllBe(pair => IsKeyFrame(pair.Second));
    }

    private static ushort Number(byte[] packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));

    private static uint Timestamp(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));

    private static bool IsKeyFrame(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return packet[header.Length] == SimulatedCamera.KeyFrame;
    }

    private async Task JoinAsync(int bitsPerSecond)
    {
        (_narrowPeer, _narrowId) = await _edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly", repair: true));
        _narrow = new NarrowViewer(_narrowPeer, _edge.Time) { BitsPerSecond = bitsPerSecond };
    }

    private Task PlayAsync(double seconds)
    {
        _wide.Check();
        return _camera.PlayAsync(
            seconds,
            async () =>
            {
                await TestEdge.UntilAsync(() => TakeWide() == Viewer(_wideId).Packets, Cancellation);
                if (_narrow is not null)
                {
                    await TestEdge.UntilAsync(() => _narrow.Take() == Viewer(_narrowId).Packets, Cancellation);
                    _narrow.Step();
                }
            },
            Cancellation);
    }

    private ViewerStatistics Viewer(string id) => _edge.Server.Statistics(TestEdge.Room)!.Viewers.Single(viewer => viewer.SessionId == id);

    private int TakeWide()
    {
        for (; _wide.TryReadRtp(out var packet); _wideTaken++)
        {
            RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
            if (header.PayloadType == TestPeer.VideoType)
            {
                _wideVideo.Add(packet!);
            }
        }

        return _wideTaken;
    }
}
