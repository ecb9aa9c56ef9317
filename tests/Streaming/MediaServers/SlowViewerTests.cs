using Shouldly;
using Xunit;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Sessions;

namespace Xunke.Tests.Streaming.MediaServers;

/// <summary>One viewer on 500 kbit/s, one on loopback, and a camera of 1.2 Mbit/s with sound.</summary>
public sealed class SlowViewerTests : IAsyncLifetime
{
    private const int FramesPerSecond = 10;
    private const int PacketsPerFrame = 13;
    private const int PacketLength = 1150;
    private const byte KeyFrame = 0x65;
    private const byte DeltaFrame = 0x41;

    private readonly Edge _edge = new();
    private readonly List<byte[]> _wideArrived = [];
    private TestPeer _publisher = null!;
    private TestPeer _wide = null!;
    private NarrowViewer _narrow = null!;
    private TestPeer _narrowPeer = null!;
    private string _narrowId = string.Empty;
    private ushort _videoNumber;
    private ushort _soundNumber;
    private uint _frames;
    private bool _keyFrameWanted = true;
    private int _keyFramesSent;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ViewerStatistics Narrow => _edge.Server.Statistics(Edge.Room)!.Viewers.Single(viewer => viewer.SessionId == _narrowId);

    public async ValueTask InitializeAsync()
    {
        (_publisher, _) = await _edge.PublishAsync(Cancellation);
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
        var keyFrames = _keyFramesSent;
        var heard = _narrow.Sound.Count();

        await PlayAsync(15);

        Narrow.VideoPaused.ShouldBeTrue();
        _narrow.Lost.ShouldBe(0);
        (_narrow.Sound.Count() - heard).ShouldBeInRange(15 * 50 - 5, 15 * 50 + 5);
        _narrow.Sound.Skip(heard).Max(arrived => arrived.Delay).ShouldBeLessThan(200_000);
        _keyFramesSent.ShouldBe(keyFrames);
        var numbers = WideVideo();
        numbers.Count.ShouldBe((int)_frames * PacketsPerFrame);
        numbers.Zip(numbers.Skip(1)).ShouldAllBe(pair => (ushort)(pair.First + 1) == pair.Second);
    }

    [Fact]
    public async Task When_the_path_widens_the_video_goes_on_with_a_key_frame_under_the_next_numbers()
    {
        await PlayAsync(3);
        Narrow.VideoPaused.ShouldBeTrue();
        await PlayAsync(2);
        var seen = _narrow.Video.Count();

        _narrow.BitsPerSecond = 20_000_000;
        for (var i = 0; i < 30 && Narrow.VideoPaused; i++)
        {
            await PlayAsync(1);
        }

        await PlayAsync(1);
        Narrow.VideoPaused.ShouldBeFalse();
        var video = _narrow.Video.ToList();
        video.Count.ShouldBeGreaterThan(seen + (FramesPerSecond * PacketsPerFrame / 2));
        var resumed = video[seen];
        resumed.Packet[resumed.Header.Length].ShouldBe(KeyFrame);
        video.Zip(video.Skip(1)).ShouldAllBe(pair => (ushort)(pair.First.Header.SequenceNumber + 1) == pair.Second.Header.SequenceNumber);
        // The picture on which it stopped was cut short; each later one has a timestamp of its own, and none goes back.
        video.Zip(video.Skip(1)).ShouldAllBe(pair => (int)(pair.Second.Header.Timestamp - pair.First.Header.Timestamp) >= 0);
    }

    [Fact]
    public async Task Requests_of_one_viewer_for_key_frames_grow_rarer_while_it_keeps_asking()
    {
        await PlayAsync(1);
        var keyFrames = _keyFramesSent;
        for (var i = 0; i < 20; i++)
        {
            _wide.SendRtcp(PictureLoss());
            await PlayAsync(0.5);
        }

        (_keyFramesSent - keyFrames).ShouldBeInRange(2, 5);
    }

    private static byte[] PictureLoss()
    {
        var buffer = new byte[32];
        var writer = new RtcpWriter(buffer);
        writer.PictureLoss(1, 2);
        return buffer[..writer.Length];
    }

    private static RtpHeader Header(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return header;
    }

    private async Task PlayAsync(double seconds)
    {
        for (var i = 0; i < seconds * FramesPerSecond; i++)
        {
            SendFrame();
            // Who says nothing for 15 s counts as gone.
            _wide.Check();
            for (var tick = 0; tick < 1000 / FramesPerSecond / 20; tick++)
            {
                _publisher.SendRtp(TestPeer.AudioType, 8, _soundNumber, _soundNumber++ * 960u, new byte[88]);
                var sent = (_frames * PacketsPerFrame) + _soundNumber;
                await Edge.UntilAsync(() => TakeWide() == sent, Cancellation);
                _edge.Time.Advance(TimeSpan.FromMilliseconds(20));
                _narrow.Step();
            }

            TakeRequests();
        }

    }

    private List<ushort> WideVideo() =>
        [.. _wideArrived.Select(Header).Where(header => header.PayloadType == TestPeer.VideoType).Select(header => header.SequenceNumber)];

    // All that is sent to the viewer on loopback comes, and at once.
    private int TakeWide()
    {
        while (_wide.TryReadRtp(out var packet))
        {
            _wideArrived.Add(packet!);
        }

        return _wideArrived.Count;
    }

    private void SendFrame()
    {
        var payload = new byte[PacketLength];
        payload[0] = _keyFrameWanted ? KeyFrame : DeltaFrame;
        _keyFramesSent += _keyFrameWanted ? 1 : 0;
        _keyFrameWanted = false;
        for (var i = 0; i < PacketsPerFrame; i++)
        {
            _publisher.SendRtp(TestPeer.VideoType, 7, _videoNumber++, _frames * (90_000 / FramesPerSecond), payload, marker: i == PacketsPerFrame - 1);
        }

        _frames++;
    }

    private void TakeRequests()
    {
        while (_publisher.TryReadRtcp(out var compound))
        {
            _keyFrameWanted |= RtcpPacketView.All(compound!).Any(packet => packet.IsPictureLoss);
        }
    }
}
