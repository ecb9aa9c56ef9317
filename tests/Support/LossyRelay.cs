using System.Net;
using System.Net.Sockets;

namespace Xunke.Tests.Support;

/// <summary>
/// A UDP relay on the loopback between any number of peers and the media server, each over a bad path of its own.
/// Conditions may change while it runs.
/// </summary>
internal sealed class LossyRelay : IDisposable
{
    private const int BufferLength = 2048;

    private readonly Socket _peerSide = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Dictionary<EndPoint, (Socket Upstream, PathDirection Path)> _peers = [];
    private readonly DelayLine _line = new();
    private readonly int _serverPort;
    private readonly int _seed;
    private int _lost;

    /// <summary>Starts the relay.</summary>
    /// <param name="serverPort">The media server's port on the loopback.</param>
    /// <param name="seed">Makes the same losses and delays each time.</param>
    public LossyRelay(int serverPort, int seed = 1)
    {
        _serverPort = serverPort;
        _seed = seed;
        _peerSide.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _ = ToServerAsync();
    }

    /// <summary>What befalls datagrams on their way to the server.</summary>
    public PathConditions ToServer { get; set; } = PathConditions.Perfect;

    /// <summary>What befalls datagrams on their way to a peer.</summary>
    public PathConditions ToPeer { get; set; } = PathConditions.Perfect;

    public int Port => ((IPEndPoint)_peerSide.LocalEndPoint!).Port;

    /// <summary>Datagrams lost so far, both ways.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>The server's SDP answer with the relay's port in place of the server's in its candidates.</summary>
    public string Redirect(string sdp) => sdp.Replace($" {_serverPort} typ", $" {Port} typ", StringComparison.Ordinal);

    public void Dispose()
    {
        _peerSide.Dispose();
        lock (_peers)
        {
            foreach (var (upstream, _) in _peers.Values)
            {
                upstream.Dispose();
            }
        }

        _line.Dispose();
    }

    private async Task ToServerAsync()
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (true)
            {
                var received = await _peerSide.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                var (upstream, path) = Peer(received.RemoteEndPoint);
                Pass(path, ToServer, buffer.AsSpan(0, received.ReceivedBytes), datagram => upstream.Send(datagram));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ToPeerAsync(Socket upstream, EndPoint peer, PathDirection path)
    {
        var buffer = new byte[BufferLength];
        try
        {
            while (true)
            {
                var length = await upstream.ReceiveAsync(buffer);
                Pass(path, ToPeer, buffer.AsSpan(0, length), datagram => _peerSide.SendTo(datagram, peer));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over, or the server is.
        }
    }

    private (Socket Upstream, PathDirection Path) Peer(EndPoint address)
    {
        lock (_peers)
        {
            if (!_peers.TryGetValue(address, out var peer))
            {
                var upstream = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                upstream.Connect(IPAddress.Loopback, _serverPort);
                var seed = _seed + (2 * _peers.Count);
                _peers.Add(address, peer = (upstream, new PathDirection(seed)));
                _ = ToPeerAsync(upstream, address, new PathDirection(seed + 1));
            }

            return peer;
        }
    }

    private void Pass(PathDirection path, PathConditions conditions, ReadOnlySpan<byte> datagram, Action<byte[]> send)
    {
        if (path.TryPass(conditions, datagram, out var arrival))
        {
            _line.Add(arrival, datagram.ToArray(), send);
        }
        else
        {
            Interlocked.Increment(ref _lost);
        }
    }
}
