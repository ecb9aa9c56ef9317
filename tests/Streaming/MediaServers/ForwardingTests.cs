using System.Buffers.Binary;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;
using Xunke.Streaming;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Sessions;

namespace Xunke.Tests.Streaming.MediaServers;

public sealed class ForwardingTests
{
    [Fact]
    public async Task A_publishers_packets_reach_every_viewer_under_its_own_ssrc_and_payload_type()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = Start();
        await using var publisher = new TestPeer();
        await publisher.ConnectAsync(server.Publish("room", publisher.Offer("sendonly")).Sdp, cancellation);
        await using var first = new TestPeer();
        await first.ConnectAsync(server.View("room", first.Offer("recvonly")).Sdp, cancellation);
        await using var second = new TestPeer();
        await second.ConnectAsync(server.View("room", second.Offer("recvonly")).Sdp, cancellation);

        byte[] payload = [0x65, 1, 2, 3];
        publisher.SendRtp(TestPeer.VideoType, 0x1234, 500, 9000, payload, marker: true, arrival: 1);

        var seen = new List<uint>();
        foreach (var viewer in (TestPeer[])[first, second])
        {
            var packet = await viewer.ReadRtpAsync(cancellation);
            RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
            header.PayloadType.ShouldBe((byte)TestPeer.VideoType);
            header.Marker.ShouldBeTrue();
            header.ExtensionLength.ShouldBe(0);
            packet.AsSpan(header.Length).ToArray().ShouldBe(payload);
            seen.Add(header.Ssrc);
        }

        seen.Distinct().Count().ShouldBe(2);
        seen.ShouldNotContain(0x1234u);
    }

    private static MediaServer Start()
    {
        var server = new MediaServer(new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        server.Start();
        return server;
    }
}
