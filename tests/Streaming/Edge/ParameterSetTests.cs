using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>Publishers that send their H.264 parameter sets once, or in their SDP only.</summary>
public sealed class ParameterSetTests
{
    private const uint Source = 0x1234;

    private static readonly byte[] SequenceSet = [0x67, 0x42, 0xC0, 0x1F, 0x80, 1];
    private static readonly byte[] PictureSet = [0x68, 0x80, 2];
    private static readonly byte[] Aggregate = [0x78, 0, 6, .. SequenceSet, 0, 3, .. PictureSet];
    private static readonly byte[] KeySlice = [0x65, 0x88, 3];
    private static readonly byte[] SecondKeySlice = [0x65, 0x10, 4];
    private static readonly byte[] Delta = [0x41, 0x9A, 5];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sets_sent_once_go_before_every_later_key_frame()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;

        Send(publisher, 100, 1, SequenceSet, PictureSet, KeySlice, SecondKeySlice);
        Send(publisher, 104, 2, Delta);
        Send(publisher, 105, 3, KeySlice, SecondKeySlice);
        Send(publisher, 107, 4, Delta);

        await TestEdge.UntilAsync(() => tap.Video.Count == 9, Cancellation);
        Payloads(tap.Video)
            .ShouldBe([SequenceSet, PictureSet, KeySlice, SecondKeySlice, Delta, Aggregate, KeySlice, SecondKeySlice, Delta]);
        Contiguous(tap.Video);
        Header(tap.Video[5]).Timestamp.ShouldBe(Header(tap.Video[6]).Timestamp);
        Header(tap.Video[5]).Marker.ShouldBeFalse();

        // A viewer who comes now starts at the last key frame, with the sets.
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var got = new List<byte[]>();
        while (got.Count < 4)
        {
            got.Add(await viewer.ReadRtpAsync(Cancellation));
        }

        Payloads(got).ShouldBe([Aggregate, KeySlice, SecondKeySlice, Delta]);
        Contiguous(got);
    }

    [Fact]
    public async Task Sets_of_the_SDP_go_before_the_first_key_frame()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var sets = $"sprop-parameter-sets={Convert.ToBase64String(SequenceSet)},{Convert.ToBase64String(PictureSet)},%%%";
        var (publisher, _) = await edge.PublishAsync(
            Cancellation, peer =>
                peer.Offer("sendonly").Replace("packetization-mode=1", $"packetization-mode=1;{sets}", StringComparison.Ordinal));
        await using var _1 = publisher;

        Send(publisher, 100, 1, KeySlice);
        Send(publisher, 101, 2, Delta);

        await TestEdge.UntilAsync(() => tap.Video.Count == 3, Cancellation);
        Payloads(tap.Video).ShouldBe([Aggregate, KeySlice, Delta]);
        Contiguous(tap.Video);
    }

    [Fact]
    public async Task Sets_that_are_only_late_are_not_sent_twice_and_the_picture_starts_with_them()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        Send(publisher, 100, 1, Aggregate, KeySlice);
        Send(publisher, 102, 2, Delta);
        Send(publisher, 104, 3, KeySlice);
        Send(publisher, 103, 3, Aggregate);

        await TestEdge.UntilAsync(() => tap.Video.Count == 5, Cancellation);
        Payloads(tap.Video).ShouldBe([Aggregate, KeySlice, Delta, Aggregate, KeySlice]);
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        Payloads([await viewer.ReadRtpAsync(Cancellation), await viewer.ReadRtpAsync(Cancellation)]).ShouldBe([Aggregate, KeySlice]);
    }

    [Fact]
    public async Task A_packet_from_before_the_inserted_sets_still_finds_its_place()
    {
        await using var edge = new TestEdge();
        var tap = new RecordingTap();
        using var _ = edge.Server.Tap(TestEdge.Room, tap);
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        Send(publisher, 100, 1, Aggregate, KeySlice);
        Send(publisher, 103, 3, [0x41, 0x9A, 103]);
        Send(publisher, 104, 4, KeySlice);
        Send(publisher, 105, 5, [0x41, 0x9A, 105]);
        Send(publisher, 102, 2, [0x41, 0x9A, 102]);

        await TestEdge.UntilAsync(() => tap.Video.Count == 7, Cancellation);
        Payloads(tap.Video).ShouldBe([Aggregate, KeySlice, [0x41, 0x9A, 102], [0x41, 0x9A, 103], Aggregate, KeySlice, [0x41, 0x9A, 105]]);
        Contiguous(tap.Video);
    }

    private static void Send(TestPeer publisher, ushort sequence, uint picture, params ReadOnlySpan<byte[]> payloads)
    {
        foreach (var payload in payloads)
        {
            publisher.SendRtp(TestPeer.VideoType, Source, sequence++, picture * 6000, payload);
        }
    }

    private static byte[][] Payloads(IEnumerable<byte[]> packets) => [.. packets.Select(packet => packet[RtpHeader.FixedLength..])];

    private static void Contiguous(IReadOnlyList<byte[]> packets)
    {
        for (var i = 1; i < packets.Count; i++)
        {
            Header(packets[i]).SequenceNumber.ShouldBe((ushort)(Header(packets[i - 1]).SequenceNumber + 1));
        }
    }

    private static RtpHeader Header(byte[] packet)
    {
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        return header;
    }
}
