using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>Retransmission streams (RFC 4588) on both hops.</summary>
public sealed partial class RepairTests
{
    private const uint VideoSource = 0x1234;
    private const uint RepairSource = 0x5678;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publishers_retransmission_comes_out_as_the_packet_that_was_lost()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation, peer => peer.Offer("sendonly", repair: true));
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 9000, [0x65, 100]);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 102, 9000, [0x41, 102]);
        await edge.UntilRtcpAsync(publisher, packet => packet.IsNack, Cancellation);

        publisher.SendRtp(TestPeer.RepairType, RepairSource, 7, 9000, [0, 101, 0x41, 101], marker: true, arrival: 1);
        // What a sender probes the path with: padding, and packets that have come long ago.
        publisher.SendRtp(TestPeer.RepairType, RepairSource, 8, 9000, []);
        publisher.SendRtp(TestPeer.RepairType, RepairSource, 9, 9000, [0, 100, 0x65, 100]);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 103, 9000, [0x41, 103]);

        await TestEdge.UntilAsync(() => tap.Video.Count == 4, Cancellation);
        tap.Video.Select(packet => packet[13]).ShouldBe([(byte)100, (byte)101, (byte)102, (byte)103]);
        var got = new List<byte[]>();
        while (got.Count < 4)
        {
            got.Add(await viewer.ReadRtpAsync(Cancellation));
        }

        got.Select(packet => packet[13]).ShouldBe([(byte)100, (byte)102, (byte)101, (byte)103]);
        var late = Header(got[2]);
        late.Marker.ShouldBeTrue();
        late.PayloadType.ShouldBe((byte)TestPeer.VideoType);
        late.Ssrc.ShouldBe(Header(got[0]).Ssrc);
        late.SequenceNumber.ShouldBe((ushort)(Header(got[0]).SequenceNumber + 1));
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.PacketsLost.ShouldBe(0);
    }

    [Fact]
    public async Task A_retransmission_that_overtakes_what_was_lost_counts_as_it()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation, peer => peer.Offer("sendonly", repair: true));
        await using var _1 = publisher;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 9000, [0x65, 100]);
        publisher.SendRtp(TestPeer.RepairType, RepairSource, 1, 9000, [0, 102, 0x41, 102]);
        publisher.SendRtp(TestPeer.RepairType, RepairSource, 2, 9000, [0, 101, 0x41, 101]);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 103, 9000, [0x41, 103]);

        await TestEdge.UntilAsync(() => tap.Video.Count == 4, Cancellation);
        tap.Video.Select(packet => packet[13]).ShouldBe([(byte)100, (byte)101, (byte)102, (byte)103]);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.PacketsLost.ShouldBe(0);
    }

    [Fact]
    public async Task A_viewer_gets_lost_packets_on_the_retransmission_stream_that_it_offered()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var peer = new TestPeer();
        await using var _2 = peer;
        var answer = edge.Server.View(TestEdge.Room, peer.Offer("recvonly", repair: true)).Sdp;
        await peer.ConnectAsync(answer, Cancellation);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 9000, [0x65, 100, 1, 2, 3], marker: true);
        var original = Header(await peer.ReadRtpAsync(Cancellation));
        var pair = RepairPair().Match(answer);
        uint.Parse(pair.Groups[1].Value).ShouldBe(original.Ssrc);
        answer.ShouldContain($"m=video {edge.Server.Port} UDP/TLS/RTP/SAVPF {TestPeer.VideoType} {TestPeer.RepairType}\r\n");

        peer.SendRtcp(TestEdge.Nack(original.Ssrc, original.SequenceNumber));
        peer.SendRtcp(TestEdge.Nack(original.Ssrc, original.SequenceNumber));

        var (first, second) = (await peer.ReadRtpAsync(Cancellation), await peer.ReadRtpAsync(Cancellation));
        var header = Header(first);
        header.PayloadType.ShouldBe((byte)TestPeer.RepairType);
        header.Ssrc.ShouldBe(uint.Parse(pair.Groups[2].Value));
        header.Marker.ShouldBeTrue();
        header.Timestamp.ShouldBe(original.Timestamp);
        BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(header.Length)).ShouldBe(original.SequenceNumber);
        first[(header.Length + 2)..].ShouldBe([(byte)0x65, (byte)100, (byte)1, (byte)2, (byte)3]);
        Header(second).SequenceNumber.ShouldBe((ushort)(header.SequenceNumber + 1));
    }

    private static RtpHeader Header(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return header;
    }

    [GeneratedRegex(@"a=ssrc-group:FID (\d+) (\d+)\r\n")]
    private static partial Regex RepairPair();
}
