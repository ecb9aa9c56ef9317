using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Bench.Forward;

/// <summary>An end of the bare loop: a socket that sends clear packets, or takes encrypted ones and opens one in a hundred.</summary>
internal sealed class BarePeer : ILoadPeer
{
    private const int CheckEvery = 100;

    private static readonly IPAddress Host = HostAddresses.All(withIPv6: false)[0];

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(BareServer.KeyLength);
    private readonly Thread _thread;
    private long _received;
    private long _genuine;
    private volatile bool _stopped;

    public BarePeer(int serverPort)
    {
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(Host, 0));
        _socket.Connect(new IPEndPoint(Host, serverPort));
        _thread = new Thread(Receive) { IsBackground = true, Name = "bare load" };
        _thread.Start();
    }

    public long Received => Volatile.Read(ref _received);

    public long Genuine => Volatile.Read(ref _genuine);

    /// <summary>The key that the loop encrypts for this peer with.</summary>
    public string Key => Convert.ToHexString(_key);

    /// <summary>Where this peer sends from and receives.</summary>
    public string Address => _socket.LocalEndPoint!.ToString()!;

    public void Send(ReadOnlySpan<byte> packet) => _socket.Send(packet);

    public void Check()
    {
        // The loop knows its peers for as long as it runs.
    }

    public void Dispose()
    {
        _stopped = true;
        _socket.Dispose();
        _thread.Join();
    }

    private void Receive()
    {
        using var key = new AesGcm(_key, BareServer.TagLength);
        var buffer = new byte[2048];
        while (!_stopped)
        {
            try
            {
                var packet = buffer.AsSpan(0, _socket.Receive(buffer));
                if (_received++ % CheckEvery == 0)
                {
                    var payload = packet[BareServer.HeaderLength..^BareServer.TagLength];
                    key.Decrypt(packet[..BareServer.HeaderLength], payload, packet[^BareServer.TagLength..], payload,
                        packet[..BareServer.HeaderLength]);
                    _genuine++;
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or AuthenticationTagMismatchException)
            {
                // Closed under the call, or not what was sent: the counts tell.
            }
        }
    }
}
