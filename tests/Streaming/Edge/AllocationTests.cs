using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Transport.Network;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Edge;

public sealed class AllocationTests
{
    // More than a second of media, so that every report has been written once.
    private const int WarmUp = 1200;
    private const int Measured = 2000;
    private const int Parts = 5;
    private const int PacketsPerTick = 20;

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    public async Task Forwarding_to_viewers_and_taps_allocates_nothing_per_packet(string profile)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var server = new TestPlane(NullLogger.Instance);
        var (plane, time) = (server.Plane, server.Time);
        var tap = new CountingTap();
        using var tapping = server.Points.Add(TestPlane.Room, tap);
        await using var publisher = new TestPeer(profile);
        await using var first = new TestPeer(profile);
        await using var second = new TestPeer(profile);

        // Until all are connected a thread of its own receives; then this thread does, and counts.
        var batch = new ReceiveBatch(server.Endpoint);
        var connecting = true;
        var pump = Task.Factory.StartNew(
            () =>
            {
                while (Volatile.Read(ref connecting))
                {
                    batch.Receive();
                    plane.Receive(batch);
                }
            },
            TaskCreationOptions.LongRunning);
        await publisher.ConnectAsync(server.Publish(publisher.Offer("sendonly")), cancellation);
        await first.ConnectAsync(server.View(first.Offer("recvonly", repair: true)), cancellation);
        await second.ConnectAsync(server.View(second.Offer("recvonly")), cancellation);
        Volatile.Write(ref connecting, false);
        await pump;

        var payload = new byte[1100];
        payload[0] = 0x41;
        var datagrams = Enumerable.Range(0, WarmUp + Measured)
            .Select(i => publisher.ProtectRtp(TestPeer.VideoType, 7, (ushort)i, (uint)i * 300, payload, arrival: (ushort)i))
            .ToArray();
        Run(plane, batch, publisher, time, datagrams.AsSpan(0, WarmUp));
        var allocated = Enumerable.Range(0, Parts)
            .Select(part => Run(plane, batch, publisher, time, datagrams.AsSpan(WarmUp + (part * Measured / Parts), Measured / Parts)))
            .ToList();

        // A collection that other tests cause may disturb the counter in one part; an allocation per packet shows in all.
        allocated.Min().ShouldBe(0);
        allocated.Count(bytes => bytes == 0).ShouldBeGreaterThan(Parts / 2);
        var figures = plane.Statistics(TestPlane.Room)!;
        figures.Publisher!.Packets.ShouldBe(WarmUp + Measured);
        figures.Viewers.Length.ShouldBe(2);
        figures.Viewers.ShouldAllBe(viewer => viewer.Packets == WarmUp + Measured);
        tap.Count.ShouldBe(WarmUp + Measured);
    }

    private static long Run(MediaPlane plane, ReceiveBatch batch, TestPeer publisher, ManualTime time, ReadOnlySpan<byte[]> datagrams)
    {
        long allocated = 0;
        for (var start = 0; start < datagrams.Length; start += PacketsPerTick)
        {
            foreach (var datagram in datagrams.Slice(start, PacketsPerTick))
            {
                publisher.SendRaw(datagram);
            }

            time.Advance(TimeSpan.FromMilliseconds(20));
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var received = 0; received < PacketsPerTick; received += batch.Count)
            {
                batch.Receive();
                plane.Receive(batch);
            }

            plane.Tick();
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private sealed class CountingTap : IRtpTap
    {
        public int Count { get; private set; }

        public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp) => Count++;
    }
}
