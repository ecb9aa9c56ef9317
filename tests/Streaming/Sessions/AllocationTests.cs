using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using Xunke.Streaming;
using Xunke.Streaming.Dtls;
using Xunke.Streaming.Network;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Sessions;

namespace Xunke.Tests.Streaming.Sessions;

public sealed class AllocationTests
{
    private const int WarmUp = 600;
    private const int Measured = 2000;
    private const int PacketsPerTick = 20;

    [Theory]
    [InlineData("SRTP_AEAD_AES_128_GCM")]
    [InlineData("SRTP_AES128_CM_SHA1_80")]
    public async Task Forwarding_to_viewers_and_taps_allocates_nothing_per_packet(string profile)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var certificate = DtlsCertificate.Create(TimeProvider.System);
        using var endpoint = UdpEndpoint.Bind(IPAddress.Loopback, 0);
        var context = new SessionContext(new MediaClock(TimeProvider.System), certificate, new Outbox(endpoint), 60_000_000, 60_000_000);
        var points = new TapPoints();
        var tap = new CountingTap();
        using var tapping = points.Add("room", tap);
        var plane = new MediaPlane(new MediaServerOptions(), context, points, new MediaEvents(), NullLogger.Instance);
        await using var publisher = new TestPeer(profile);
        await using var first = new TestPeer(profile);
        await using var second = new TestPeer(profile);

        // Until all are connected a thread of its own receives; then this thread does, and counts.
        var connecting = true;
        var pump = Task.Factory.StartNew(
            () =>
            {
                var buffer = new byte[2048];
                var from = endpoint.CreateAddress();
                while (Volatile.Read(ref connecting))
                {
                    plane.Receive(buffer.AsSpan(0, endpoint.Receive(buffer, from)), from);
                }
            },
            TaskCreationOptions.LongRunning);
        await publisher.ConnectAsync(Answer(plane, publisher.Offer("sendonly"), isViewer: false), cancellation);
        await first.ConnectAsync(Answer(plane, first.Offer("recvonly"), isViewer: true), cancellation);
        await second.ConnectAsync(Answer(plane, second.Offer("recvonly"), isViewer: true), cancellation);
        Volatile.Write(ref connecting, false);
        publisher.Check();
        await pump;

        var payload = new byte[1100];
        payload[0] = 0x41;
        var datagrams = Enumerable.Range(0, WarmUp + Measured)
            .Select(i => publisher.ProtectRtp(TestPeer.VideoType, 7, (ushort)i, (uint)i * 300, payload, arrival: (ushort)i))
            .ToArray();
        var address = publisher.LocalEndPoint.Serialize();
        var buffer = new byte[2048];
        Run(plane, datagrams.AsSpan(0, WarmUp), buffer, address);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(plane, datagrams.AsSpan(WarmUp), buffer, address);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.ShouldBe(0);
        var figures = plane.Statistics("room")!;
        figures.Publisher!.Packets.ShouldBe(WarmUp + Measured);
        figures.Viewers.Length.ShouldBe(2);
        figures.Viewers.ShouldAllBe(viewer => viewer.Packets == WarmUp + Measured);
        tap.Count.ShouldBe(WarmUp + Measured);

        string Answer(MediaPlane server, string sdp, bool isViewer)
        {
            var offer = SessionDescription.Parse(sdp);
            var session = isViewer ? server.View("room", offer, out var accepted) : server.Publish("room", offer, out accepted);
            return new AnswerWriter
            {
                Offer = offer,
                Accepted = accepted,
                Local = new TransportParameters(session.Credentials.Ufrag, session.Credentials.Password, certificate.Fingerprint),
                Addresses = [IPAddress.Loopback],
                Port = endpoint.Port,
                Ssrc = null,
            }.Write();
        }
    }

    private static void Run(MediaPlane plane, ReadOnlySpan<byte[]> datagrams, byte[] buffer, SocketAddress from)
    {
        for (var i = 0; i < datagrams.Length; i++)
        {
            // Decryption happens in place, so each datagram is copied in as the socket would.
            datagrams[i].CopyTo(buffer, 0);
            plane.Receive(buffer.AsSpan(0, datagrams[i].Length), from);
            if (i % PacketsPerTick == 0)
            {
                plane.Tick();
            }
        }
    }

    private sealed class CountingTap : IRtpTap
    {
        public int Count { get; private set; }

        public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp) => Count++;
    }
}
