using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rtcp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>A running media server on loopback whose clock the test moves, and what its observer heard.</summary>
internal sealed class TestEdge : IAsyncDisposable
{
    public const string Room = "room";

    private readonly Recorder _recorder = new();

    public TestEdge(Func<MediaServerOptions, MediaServerOptions>? configure = null)
    {
        var options = new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = 0 };
        Server = new MediaServer(configure?.Invoke(options) ?? options, Time, NullLoggerFactory.Instance);
        Server.Observe(_recorder);
        Server.Start();
    }

    public ManualTime Time { get; } = new();

    public MediaServer Server { get; }

    /// <summary>What the observer heard so far, in order, after the events of now are delivered.</summary>
    public IReadOnlyList<string> Events
    {
        get
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            lock (_recorder)
            {
                return [.. _recorder.Events];
            }
        }
    }

    public async Task<(TestPeer Peer, string SessionId)> PublishAsync(
        CancellationToken cancellation, Func<TestPeer, string>? offer = null, string? profiles = null)
    {
        var peer = profiles is null ? new TestPeer() : new TestPeer(profiles);
        var answer = Server.Publish(Room, offer?.Invoke(peer) ?? peer.Offer("sendonly"));
        await peer.ConnectAsync(answer.Sdp, cancellation);
        return (peer, answer.SessionId);
    }

    public async Task<(TestPeer Peer, string SessionId)> ViewAsync(
        CancellationToken cancellation, Func<TestPeer, string>? offer = null, TestPeer? with = null)
    {
        var peer = with ?? new TestPeer();
        var answer = Server.View(Room, offer?.Invoke(peer) ?? peer.Offer("recvonly"));
        await peer.ConnectAsync(answer.Sdp, cancellation);
        return (peer, answer.SessionId);
    }

    /// <summary>Moves the clock until the peer gets an RTCP packet that matches.</summary>
    public async Task<byte[]> UntilRtcpAsync(TestPeer peer, Func<RtcpPacketView, bool> wanted, CancellationToken cancellation)
    {
        for (var round = 0; round < 300; round++)
        {
            while (peer.TryReadRtcp(out var compound))
            {
                if (RtcpPacketView.All(compound!).Any(wanted))
                {
                    return compound!;
                }
            }

            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(5, cancellation);
        }

        throw new TimeoutException("The expected RTCP packet did not come.");
    }

    /// <summary>Waits, in real time, until the server has seen what was sent to it.</summary>
    public static async Task UntilAsync(Func<bool> condition, CancellationToken cancellation)
    {
        for (var round = 0; round < 2000; round++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(5, cancellation);
        }

        throw new TimeoutException("The condition was not met.");
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A viewer's request for a key frame (RFC 4585 6.3.1).</summary>
    public static byte[] PictureLoss()
    {
        var buffer = new byte[32];
        var writer = new RtcpWriter(buffer);
        writer.PictureLoss(1, 2);
        return buffer[..writer.Length];
    }

    /// <summary>A viewer's request for lost packets (RFC 4585 6.2.1).</summary>
    public static byte[] Nack(uint media, params ushort[] missing)
    {
        var buffer = new byte[100];
        var writer = new RtcpWriter(buffer);
        writer.Nack(1, media, missing);
        return buffer[..writer.Length];
    }

    private sealed class Recorder : IMediaObserver
    {
        public List<string> Events { get; } = [];

        public void PublisherConnected(string roomId, string sessionId, MediaDescription media) =>
            Add($"publisher {sessionId} connected with {media.VideoCodec}");

        public void PublisherGone(string roomId, string sessionId, GoneReason reason) => Add($"publisher {sessionId} gone: {reason}");

        public void ViewerConnected(string roomId, string sessionId) => Add($"viewer {sessionId} connected");

        public void ViewerGone(string roomId, string sessionId, GoneReason reason) => Add($"viewer {sessionId} gone: {reason}");

        private void Add(string text)
        {
            lock (this)
            {
                Events.Add(text);
            }
        }
    }
}

/// <summary>One packet of an RTCP compound, in a form that lambdas can take.</summary>
internal sealed record RtcpPacketView(RtcpType Type, int Format, byte[] Body)
{
    public static List<RtcpPacketView> All(byte[] compound)
    {
        var result = new List<RtcpPacketView>();
        ReadOnlySpan<byte> rest = compound;
        while (RtcpPacket.TryReadNext(ref rest, out var packet))
        {
            result.Add(new RtcpPacketView(packet.Type, packet.Count, packet.Body.ToArray()));
        }

        return result;
    }

    public bool IsPictureLoss => Type == RtcpType.PayloadFeedback && Format == RtcpWriter.PictureLossFormat;

    public bool IsNack => Type == RtcpType.TransportFeedback && Format == NackReader.Format;
}
