using System.Buffers.Binary;
using Shouldly;
using Xunit;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Edge;

public sealed class FeedbackTests
{
    private const uint VideoSource = 0x1234;
    private static readonly byte[] KeyFramePayload = [0x65, 1, 2, 3];
    private static readonly byte[] DeltaPayload = [0x41, 4, 5, 6];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gap_from_the_publisher_is_asked_for_and_filled_for_viewers_and_taps()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 9000, KeyFramePayload);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 103, 9000, DeltaPayload);

        var nack = RtcpPacketView.All(await edge.UntilRtcpAsync(publisher, packet => packet.IsNack, Cancellation))
            .Single(packet => packet.IsNack);
        BinaryPrimitives.ReadUInt32BigEndian(nack.Body.AsSpan(4)).ShouldBe(VideoSource);
        // Number 101 and, by the bitmask, the one after it.
        nack.Body.AsSpan(8).ToArray().ShouldBe([0, 101, 0, 1]);
        tap.Video.Count.ShouldBe(1);

        publisher.SendRtp(TestPeer.VideoType, VideoSource, 102, 9000, [0x41, 102]);
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 101, 9000, [0x41, 101]);

        await TestEdge.UntilAsync(() => tap.Video.Count == 4, Cancellation);
        var first = Header(tap.Video[0]).SequenceNumber;
        tap.Video.Select(packet => (ushort)(Header(packet).SequenceNumber - first)).ShouldBe([(ushort)0, (ushort)1, (ushort)2, (ushort)3]);
        tap.Video[1][13].ShouldBe((byte)101);
    }

    [Fact]
    public async Task A_new_viewer_makes_the_server_ask_for_a_key_frame_but_not_more_than_twice_a_second()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 100, 9000, DeltaPayload);
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == 1, Cancellation);

        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        await edge.UntilRtcpAsync(publisher, packet => packet.IsPictureLoss, Cancellation);

        var request = TestEdge.PictureLoss();
        for (var i = 0; i < 20; i++)
        {
            viewer.SendRtcp(request);
        }

        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Viewers.Single().KeyFrameRequests == 20, Cancellation);
        for (var i = 0; i < 50; i++)
        {
            edge.Time.Advance(TimeSpan.FromMilliseconds(20));
            viewer.SendRtcp(request);
        }

        edge.Server.Statistics(TestEdge.Room)!.Publisher!.KeyFrameRequests.ShouldBeInRange(2, 4);
    }

    [Fact]
    public async Task The_publisher_is_told_when_its_packets_arrived_and_how_they_were_received()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        for (ushort i = 0; i < 10; i++)
        {
            publisher.SendRtp(TestPeer.VideoType, VideoSource, i, 9000, DeltaPayload, arrival: (ushort)(65530 + i));
        }

        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets == 10, Cancellation);
        var compound =
            await edge.UntilRtcpAsync(publisher, packet => packet.Type == RtcpType.TransportFeedback && packet.Format == 15, Cancellation);
        ReadOnlySpan<byte> rest = compound;
        RtcpPacket.TryReadNext(ref rest, out var packet).ShouldBeTrue();
        var feedback = DecodedFeedback.Parse(packet);
        feedback.First.ShouldBe((ushort)65530);
        feedback.Packets.Count(arrival => arrival.Microseconds is not null).ShouldBe(10);

        var report = RtcpPacketView.All(
            await edge.UntilRtcpAsync(publisher, view => view.Type == RtcpType.ReceiverReport && view.Format == 1, Cancellation));
        report.ShouldContain(view => view.Type == RtcpType.SourceDescription);
        BinaryPrimitives.ReadUInt32BigEndian(report[0].Body.AsSpan(4)).ShouldBe(VideoSource);
    }

    [Fact]
    public async Task A_viewer_gets_sender_reports_in_its_own_numbering_and_the_round_trip_is_measured()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        publisher.SendRtp(TestPeer.VideoType, VideoSource, 1, 900_000, KeyFramePayload);
        var packet = Header(await viewer.ReadRtpAsync(Cancellation));
        publisher.SendRtcp(Report(NtpTime.From(edge.Time.GetUtcNow().AddDays(-3)), 900_000));
        await Task.Delay(50, Cancellation);

        var compound = RtcpPacketView.All(await edge.UntilRtcpAsync(viewer, view => view.Type == RtcpType.SenderReport, Cancellation));
        var body = compound[0].Body;
        BinaryPrimitives.ReadUInt32BigEndian(body).ShouldBe(packet.Ssrc);
        BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)).ShouldBe(1u);
        var ntp = BinaryPrimitives.ReadUInt64BigEndian(body.AsSpan(4));
        var timestamp = BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(12));
        // The packet's timestamp belongs to the moment of the publisher's report; both clocks ran on since.
        var elapsed = NtpTime.Difference(ntp, NtpTime.From(edge.Time.GetUtcNow()));
        Math.Abs(elapsed.TotalMilliseconds).ShouldBeLessThan(50);
        ((int)(timestamp - packet.Timestamp)).ShouldBeInRange(0, 90_000 * 6);

        viewer.SendRtcp(Reception(new ReportBlock(packet.Ssrc, 64, 1, 1, 90, NtpTime.Middle(ntp), 0)));
        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Viewers.Single().RoundTrip is not null, Cancellation);
        var figures = edge.Server.Statistics(TestEdge.Room)!.Viewers.Single();
        figures.FractionLost.ShouldBe(0.25);
        figures.Jitter.ShouldBe(TimeSpan.FromMilliseconds(1));
        figures.RoundTrip!.Value.ShouldBeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task The_round_trip_to_the_publisher_is_measured_by_its_answer_to_a_reference_time()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var compound = RtcpPacketView.All(await edge.UntilRtcpAsync(publisher, view => view.Type == RtcpType.ExtendedReport, Cancellation));
        var report = compound.Single(view => view.Type == RtcpType.ExtendedReport).Body;
        report.AsSpan(4, 4).ToArray().ShouldBe([4, 0, 0, 2]);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.RoundTrip.ShouldBeNull();

        edge.Time.Advance(TimeSpan.FromMilliseconds(150));
        // An extended report with the answer: block type 5, this receiver, the middle of its time, held for 100 ms.
        byte[] answer = [0x80, 207, 0, 5, 0, 0, 0x12, 0x34, 5, 0, 0, 3, .. report.AsSpan(0, 4), .. report.AsSpan(10, 4), 0, 0, 0x19, 0x9A];
        publisher.SendRtcp(answer);

        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.RoundTrip is not null, Cancellation);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.RoundTrip!.Value.TotalMilliseconds.ShouldBeInRange(49, 200);
    }

    private static byte[] Report(ulong ntpTime, uint timestamp)
    {
        var buffer = new byte[100];
        var writer = new RtcpWriter(buffer);
        writer.SenderReport(new SenderReport(VideoSource, ntpTime, timestamp, 1, 4));
        return buffer[..writer.Length];
    }

    private static byte[] Reception(ReportBlock block)
    {
        var buffer = new byte[100];
        var writer = new RtcpWriter(buffer);
        writer.ReceiverReport(5, [block]);
        return buffer[..writer.Length];
    }

    private static RtpHeader Header(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return header;
    }
}
