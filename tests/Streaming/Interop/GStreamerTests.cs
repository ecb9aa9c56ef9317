using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Interop;

/// <summary>
/// GStreamer 1.22's webrtcbin on both sides of the edge. It offers SRTP_AES128_CM_SHA1_80 only, as browsers no longer do,
/// writes named identifications, sends no reduced-size reports and is a full ICE agent with TCP candidates.
/// </summary>
public sealed class GStreamerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("h264", VideoCodec.H264)]
    [InlineData("vp8", VideoCodec.Vp8)]
    public async Task Webrtcbin_publishes_and_another_webrtcbin_sees_and_hears_it(string codec, VideoCodec expected)
    {
        // libnice binds to the host's addresses and not to loopback, so the edge answers on all of them.
        await using var server = new MediaServer(new MediaServerOptions { UdpPort = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        var observer = new ConnectedPublishers();
        using var observing = server.Observe(observer);
        server.Start();

        await using var publisher = await GStreamerPeer.ConnectAsync("publish", codec, offer => server.Publish("room", offer).Sdp);
        await Eventually.TrueAsync(() => !observer.Media.IsEmpty, () => publisher.Complaint, Patience);
        await using var viewer = await GStreamerPeer.ConnectAsync("view", codec, offer => server.View("room", offer).Sdp);
        await Eventually.TrueAsync(() => viewer is { Pictures: >= 20, Sounds: >= 40 }, () => viewer.Complaint, Patience);

        observer.Media.ShouldHaveSingleItem().ShouldBe(new MediaDescription(expected, AudioCodec.Opus));
        viewer.State.ShouldBe("connected");
        var figures = server.Statistics("room")!;
        figures.Publisher!.Refused.ShouldBe(0);
        figures.Viewers.ShouldHaveSingleItem().FractionLost.ShouldBeLessThan(0.1);
    }

    private sealed class ConnectedPublishers : IMediaObserver
    {
        public ConcurrentQueue<MediaDescription> Media { get; } = new();

        public void PublisherConnected(string roomId, string sessionId, MediaDescription media) => Media.Enqueue(media);

        public void PublisherGone(string roomId, string sessionId, GoneReason reason)
        {
        }

        public void ViewerConnected(string roomId, string sessionId)
        {
        }

        public void ViewerGone(string roomId, string sessionId, GoneReason reason)
        {
        }
    }
}
