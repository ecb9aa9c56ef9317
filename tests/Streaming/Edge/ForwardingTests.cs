using System.Net;
using Shouldly;
using Xunit;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

public sealed class ForwardingTests
{
    private const uint VideoSource = 0x1234;
    private const uint AudioSource = 0x5678;
    private static readonly byte[] KeyFramePayload = [0x65, 1, 2, 3];
    private static readonly byte[] DeltaPayload = [0x41, 4, 5, 6];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    public async Task A_publishers_packets_reach_every_viewer_under_its_own_ssrc_and_payload_type(string profile)
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation, profiles: profile);
        await using var _1 = publisher;
        var (first, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = first;
        var (second, _) =
            await edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly").Replace("102", "120", StringComparison.Ordinal));
        await using var _3 = second;

        publisher.SendRtp(TestPeer.VideoType, VideoSource, 500, 9000, KeyFramePayload, marker: true, arrival: 1);

        var seen = new List<uint>();
        foreach (var (viewer, type) in ((TestPeer, int)[])[(first, 102), (second, 120)])
        {
            var packet = await viewer.ReadRtpAsync(Cancellation);
            var header = Header(packet);
            header.PayloadType.ShouldBe((byte)type);
            header.Marker.ShouldBeTrue();
            header.ExtensionLength.ShouldBe(0);
            packet.AsSpan(header.Length).ToArray().ShouldBe(KeyFramePayload);
            seen.Add(header.Ssrc);
        }

        seen.Distinct().Count().ShouldBe(2);
        seen.ShouldNotContain(VideoSource);
    }

    [Fact]
    public async Task Video_and_sound_go_out_as_two_streams()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        publisher.SendRtp(TestPeer.AudioType, AudioSource, 1, 960, [0xF8]);
        var audio = Header(await viewer.ReadRtpAsync(Cancellation));
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 1, 9000, KeyFramePayload);
        var video = Header(await viewer.ReadRtpAsync(Cancellation));

        audio.PayloadType.ShouldBe((byte)TestPeer.AudioType);
        video.PayloadType.ShouldBe((byte)TestPeer.VideoType);
        audio.Ssrc.ShouldNotBe(video.Ssrc);
    }

    [Fact]
    public async Task A_viewer_of_video_alone_is_sent_no_sound()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation, peer => peer.Offer("recvonly", audio: false));
        await using var _2 = viewer;

        publisher.SendRtp(TestPeer.AudioType, AudioSource, 1, 960, [0xF8]);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 1, 9000, KeyFramePayload);

        Header(await viewer.ReadRtpAsync(Cancellation)).PayloadType.ShouldBe((byte)TestPeer.VideoType);
    }

    [Fact]
    public async Task A_lost_packet_is_sent_again_from_the_buffer()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 65533, 9000, [0x41, 0]);
        var first = Header(await viewer.ReadRtpAsync(Cancellation));
        var lost = (ushort)(first.SequenceNumber + 2);
        viewer.LostOnce.Add(lost);
        for (ushort i = 1; i < 4; i++)
        {
            publisher.SendRtp(TestPeer.VideoType, VideoSource, (ushort)(65533 + i), 9000, [0x41, (byte)i]);
        }

        Header(await viewer.ReadRtpAsync(Cancellation)).SequenceNumber.ShouldBe((ushort)(lost - 1));
        Header(await viewer.ReadRtpAsync(Cancellation)).SequenceNumber.ShouldBe((ushort)(lost + 1));
        // The number far ahead has never been sent, so nobody answers for it.
        viewer.SendRtcp(TestEdge.Nack(first.Ssrc, [lost, (ushort)(lost + 50)]));

        var again = await viewer.ReadRtpAsync(Cancellation);
        Header(again).SequenceNumber.ShouldBe(lost);
        again[13].ShouldBe((byte)2);
        var figures = edge.Server.Statistics(TestEdge.Room)!.Viewers.Single();
        figures.NacksReceived.ShouldBe(2);
        figures.Retransmitted.ShouldBe(1);
    }

    [Fact]
    public async Task An_IPv4_peer_reaches_a_server_that_takes_both_families()
    {
        await using var edge = new TestEdge(options => options with { Bind = IPAddress.Any });
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        publisher.SendRtp(TestPeer.VideoType, VideoSource, 1, 9000, KeyFramePayload);

        Header(await viewer.ReadRtpAsync(Cancellation)).PayloadType.ShouldBe((byte)TestPeer.VideoType);
    }

    [Fact]
    public async Task Another_source_of_the_same_kind_waits_until_the_first_has_left()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 10, 9000, [0x65, 1]);
        publisher.SendRtp(TestPeer.VideoType, 0x9999, 700, 5, [0x65, 2]);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 11, 9000, [0x41, 3]);
        publisher.SendRtcp(Goodbye(VideoSource));
        publisher.SendRtp(TestPeer.VideoType, 0x9999, 701, 5, [0x65, 4]);

        var packets = new List<byte[]>();
        for (var i = 0; i < 3; i++)
        {
            packets.Add(await viewer.ReadRtpAsync(Cancellation));
        }

        packets.Select(packet => packet[13]).ShouldBe([(byte)1, (byte)3, (byte)4]);
        ((ushort)(Header(packets[2]).SequenceNumber - Header(packets[0]).SequenceNumber)).ShouldBe((ushort)2);
    }

    [Fact]
    public async Task A_tap_goes_on_without_a_packet_that_never_comes()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 9000, KeyFramePayload);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 102, 9000, DeltaPayload);
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == 2, Cancellation);

        for (var i = 0; i < 30; i++)
        {
            edge.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        tap.Video.Count.ShouldBe(2);
        ((ushort)(Header(tap.Video[1]).SequenceNumber - Header(tap.Video[0]).SequenceNumber)).ShouldBe((ushort)2);
    }

    [Fact]
    public async Task A_new_viewer_starts_with_the_last_key_frame_when_it_is_at_hand()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 90_000, DeltaPayload);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 101, 93_200, KeyFramePayload);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 102, 96_400, DeltaPayload);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 103, 99_600, DeltaPayload);
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == 4, Cancellation);
        var requests = edge.Server.Statistics(TestEdge.Room)!.Publisher!.KeyFrameRequests;

        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var replayed = new List<byte[]>();
        for (var i = 0; i < 3; i++)
        {
            replayed.Add(await viewer.ReadRtpAsync(Cancellation));
        }

        publisher.SendRtp(TestPeer.VideoType, VideoSource, 104, 102_800, DeltaPayload);
        var live = Header(await viewer.ReadRtpAsync(Cancellation));

        replayed[0].AsSpan(12).ToArray().ShouldBe(KeyFramePayload);
        replayed.Select(packet => (ushort)(live.SequenceNumber - Header(packet).SequenceNumber))
            .ShouldBe([(ushort)3, (ushort)2, (ushort)1]);
        // The past is drawn together by a factor of 32; the present keeps its pace.
        replayed.Select(packet => live.Timestamp - Header(packet).Timestamp).ShouldBe([3200u + 200, 3200 + 100, 3200]);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.KeyFrameRequests.ShouldBe(requests);
    }

    [Fact]
    public async Task A_new_viewer_is_not_taken_through_a_long_past()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 101, 93_200, KeyFramePayload);
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == 1, Cancellation);
        edge.Time.Advance(TimeSpan.FromSeconds(3));
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 102, 363_200, DeltaPayload);
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == 2, Cancellation);

        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 103, 366_400, [0x41, 103]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)103);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.KeyFrameRequests.ShouldBe(1);
    }

    [Fact]
    public async Task A_viewers_numbering_and_timestamps_continue_when_the_publisher_reconnects()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, publisherId) = await edge.PublishAsync(Cancellation);
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 40_000, 1_000_000, KeyFramePayload);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 40_001, 1_003_000, DeltaPayload);
        await viewer.ReadRtpAsync(Cancellation);
        var before = Header(await viewer.ReadRtpAsync(Cancellation));

        edge.Server.Close(publisherId).ShouldBeTrue();
        await publisher.DisposeAsync();
        edge.Time.Advance(TimeSpan.FromSeconds(2));
        await viewer.CheckAsync(Cancellation);
        var (again, _) = await edge.PublishAsync(Cancellation);
        await using var _3 = again;
        again.SendRtp(TestPeer.VideoType, 0x9999, 7, 55, KeyFramePayload);
        again.SendRtp(TestPeer.VideoType, 0x9999, 8, 3055, DeltaPayload);

        var first = Header(await viewer.ReadRtpAsync(Cancellation));
        var second = Header(await viewer.ReadRtpAsync(Cancellation));
        first.Ssrc.ShouldBe(before.Ssrc);
        first.SequenceNumber.ShouldBe((ushort)(before.SequenceNumber + 1));
        second.SequenceNumber.ShouldBe((ushort)(before.SequenceNumber + 2));
        // Two seconds have passed on the viewer's 90 kHz clock, too.
        ((int)(first.Timestamp - before.Timestamp)).ShouldBeInRange(170_000, 200_000);
        ((int)(second.Timestamp - first.Timestamp)).ShouldBe(3000);
        await TestEdge.UntilAsync(() => tap.Video.Count == 4, Cancellation);
        ((ushort)(Header(tap.Video[3]).SequenceNumber - Header(tap.Video[0]).SequenceNumber)).ShouldBe((ushort)3);
    }

    [Fact]
    public async Task Padding_is_forwarded_as_padding()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        publisher.SendRtp(TestPeer.VideoType, VideoSource, 1, 9000, [1, 2, 0, 0, 3], padded: true);

        var header = Header(await viewer.ReadRtpAsync(Cancellation));
        header.PaddingLength.ShouldBe(3);
        header.PayloadLength.ShouldBe(2);
    }

    private static byte[] Goodbye(uint source)
    {
        var buffer = new byte[100];
        var writer = new RtcpWriter(buffer);
        writer.ReceiverReport(source, []);
        writer.Goodbye(source);
        return buffer[..writer.Length];
    }

    private static RtpHeader Header(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return header;
    }
}
