using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Bench.Sessions;

/// <summary>A media server on loopback to which peers come, with sockets, handshakes and media of their own, and from which they
/// go.</summary>
internal sealed class VisitedSchool : IAsyncDisposable
{
    private const int Ways = 7;
    private const int Pictures = 10;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MediaServer _server;
    private readonly byte[] _payload = new byte[900];
    private long _received;
    private int _rooms;
    private int _unfinished;
    private int _vanished;

    public VisitedSchool()
    {
        // Peers that vanish are noticed soon, so that the bench need not wait for the minute that rooms are kept.
        _server = new MediaServer(
            new MediaServerOptions
            {
                Bind = IPAddress.Loopback,
                UdpPort = 0,
                VanishTimeout = Silence,
                HandshakeTimeout = Silence,
                ViewerWait = Silence
            },
            TimeProvider.System,
            NullLoggerFactory.Instance);
        _server.Start();
        _payload[0] = 0x65;
    }

    /// <summary>Publishers and viewers that the server answered.</summary>
    public int Sessions { get; private set; }

    public string Summary =>
        $"{_vanished} vanished without a word, {_unfinished} never finished connecting; {_received} packets reached viewers";

    /// <summary>Lets peers come and go until there were so many.</summary>
    public async Task VisitAsync(int sessions, CancellationToken cancellationToken)
    {
        for (var end = Sessions + sessions; Sessions < end;)
        {
            var room = $"room-{++_rooms}";
            await using var publisher = new TestPeer();
            var publishing = Publish(room, publisher);
            switch (_rooms % Ways)
            {
                case 0:
                    // The answer is all that this recorder ever asked for.
                    _unfinished++;
                    continue;
                case 1:
                    // It checks the way and begins a handshake that it leaves in the middle.
                    await publisher.StartAsync(publishing.Sdp, cancellationToken);
                    _unfinished++;
                    continue;
            }

            await publisher.ConnectAsync(publishing.Sdp, cancellationToken);
            await using var viewer = new TestPeer();
            var viewing = View(room, viewer);
            await viewer.ConnectAsync(viewing.Sdp, cancellationToken);
            await PlayAsync(publisher, viewer, cancellationToken);
            await LeaveAsync(room, publisher, publishing.SessionId, viewer, viewing.SessionId, cancellationToken);
        }
    }

    /// <summary>Waits until the server has forgotten all sessions and rooms.</summary>
    /// <exception cref="TimeoutException">It remembers some after half a minute.</exception>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; _server.Statistics().Count > 0; waited += Silence)
        {
            if (waited > Patience)
            {
                throw new TimeoutException($"{_server.Statistics().Count} rooms are still in use.");
            }

            await Task.Delay(Silence, cancellationToken);
        }

        // A room that nobody uses is forgotten within a second of its wait.
        await Task.Delay(Silence + Silence, cancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private SessionAnswer Publish(string room, TestPeer peer)
    {
        Sessions++;
        return _server.Publish(room, peer.Offer("sendonly"));
    }

    private SessionAnswer View(string room, TestPeer peer)
    {
        Sessions++;
        return _server.View(room, peer.Offer("recvonly"));
    }

    private async Task PlayAsync(TestPeer publisher, TestPeer viewer, CancellationToken cancellationToken)
    {
        for (ushort picture = 0; picture < Pictures; picture++)
        {
            publisher.SendRtp(TestPeer.VideoType, 7, picture, picture * 3600u, _payload, marker: true);
            publisher.SendRtp(TestPeer.AudioType, 8, picture, picture * 1920u, _payload.AsSpan(0, 100));
        }

        await viewer.ReadRtpAsync(cancellationToken);
        for (_received++; viewer.TryReadRtp(out _); _received++)
        {
        }
    }

    private async Task LeaveAsync(
        string room, TestPeer publisher, string publisherId, TestPeer viewer, string viewerId, CancellationToken cancellationToken)
    {
        switch (_rooms % Ways)
        {
            case 2:
                // Both delete their resources, as browsers do.
                _server.Close(viewerId);
                _server.Close(publisherId);
                break;
            case 3:
                viewer.CloseDtls();
                publisher.CloseDtls();
                break;
            case 4:
                publisher.CloseDtls();
                _vanished++;
                break;
            case 5:
                _vanished += 2;
                break;
            default:
                // The recorder starts anew while the server still believes in its first session.
                await using (var successor = new TestPeer())
                {
                    await successor.ConnectAsync(Publish(room, successor).Sdp, cancellationToken);
                    await PlayAsync(successor, viewer, cancellationToken);
                    successor.CloseDtls();
                }

                _server.Close(viewerId);
                break;
        }
    }
}
