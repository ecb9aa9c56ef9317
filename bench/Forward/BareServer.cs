using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace Xunke.Bench.Forward;

/// <summary>
/// The least that a forwarder could do, written plainly: one socket from which a loop receives a packet, encrypts it for
/// each viewer with AES-128-GCM, as SRTP does, and sends it with a call of its own. No sessions, reports, or repair.
/// </summary>
internal sealed class BareServer(ServerChild child) : IForwardServer
{
    /// <summary>The bench's argument that makes a process the loop.</summary>
    public const string ServeArgument = "serve-bare";

    public const int KeyLength = 16;
    public const int TagLength = 16;
    public const int HeaderLength = 12;

    public string Name => "bare";

    public int ProcessId => child.ProcessId;

    public static BareServer Start() => new(ServerChild.Start(ServeArgument));

    /// <summary>The child's side: forwards until its input ends.</summary>
    public static async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var loop = new Loop();
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            var request = JsonSerializer.Deserialize<Request>(line)!;
            loop.Know(request);
            Console.WriteLine(JsonSerializer.Serialize(new Response(loop.Port, GC.GetTotalAllocatedBytes())));
        }
    }

    public Task<ILoadPeer> PublishAsync(string room, CancellationToken cancellationToken) => JoinAsync("publish", room, cancellationToken);

    public Task<ILoadPeer> ViewAsync(string room, CancellationToken cancellationToken) => JoinAsync("view", room, cancellationToken);

    public async Task<long?> AllocatedAsync(CancellationToken cancellationToken) =>
        (await child.AskAsync<Response>(new Request("allocated", string.Empty, string.Empty, string.Empty), cancellationToken)).Allocated;

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private async Task<ILoadPeer> JoinAsync(string verb, string room, CancellationToken cancellationToken)
    {
        var port = (await child.AskAsync<Response>(new Request("port", room, string.Empty, string.Empty), cancellationToken)).Port;
        var peer = new BarePeer(port);
        await child.AskAsync<Response>(new Request(verb, room, peer.Address, peer.Key), cancellationToken);
        return peer;
    }

    private sealed record Request(string Verb, string Room, string Address, string Key);

    private sealed record Response(int Port, long Allocated);

    private sealed record Viewer(SocketAddress Address, AesGcm Key);

    private sealed class Loop : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Lock _gate = new();
        private readonly Dictionary<SocketAddress, string> _publishers = [];
        private readonly Dictionary<string, List<Viewer>> _rooms = [];
        private readonly Thread _thread;

        public Loop()
        {
            _socket.ReceiveBufferSize = 4 << 20;
            _socket.SendBufferSize = 4 << 20;
            _socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            _thread = new Thread(Forward) { IsBackground = true, Name = "bare loop" };
            _thread.Start();
        }

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public void Know(Request request)
        {
            lock (_gate)
            {
                if (request.Verb == "publish")
                {
                    _publishers[IPEndPoint.Parse(request.Address).Serialize()] = request.Room;
                    _rooms.TryAdd(request.Room, []);
                }
                else if (request.Verb == "view")
                {
                    _rooms[request.Room]
                        .Add(new Viewer(
                        IPEndPoint.Parse(request.Address).Serialize(), new AesGcm(Convert.FromHexString(request.Key), TagLength)));
                }
            }
        }

        public void Dispose()
        {
            _socket.Dispose();
            _thread.Join();
            foreach (var viewer in _rooms.Values.SelectMany(viewers => viewers))
            {
                viewer.Key.Dispose();
            }
        }

        private void Forward()
        {
            var packet = new byte[2048];
            var outgoing = new byte[2048];
            var from = new SocketAddress(AddressFamily.InterNetwork);
            try
            {
                while (true)
                {
                    var length = _socket.ReceiveFrom(packet, SocketFlags.None, from);
                    lock (_gate)
                    {
                        if (_publishers.TryGetValue(from, out var room))
                        {
                            Forward(packet.AsSpan(0, length), outgoing, _rooms[room]);
                        }
                    }
                }
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                // The socket was closed: the bench is over.
            }
        }

        private void Forward(ReadOnlySpan<byte> packet, Span<byte> outgoing, List<Viewer> viewers)
        {
            var header = packet[..HeaderLength];
            var datagram = outgoing[..(packet.Length + TagLength)];
            foreach (var viewer in viewers)
            {
                header.CopyTo(datagram);
                // Each packet has a header of its own, which is as good a nonce as SRTP's.
                viewer.Key.Encrypt(header, packet[HeaderLength..], datagram[HeaderLength..^TagLength], datagram[^TagLength..], header);
                _socket.SendTo(datagram, SocketFlags.None, viewer.Address);
            }
        }
    }
}
