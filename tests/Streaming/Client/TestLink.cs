using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Xunke.Tests.Streaming.Client;

/// <summary>A way from a test's peer to the server: a UDP socket, or an ICE-TCP connection (RFC 6544) with RFC 4571 framing.</summary>
internal abstract class TestLink : IDisposable
{
    private TestLink(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static TestLink Udp(IPAddress local)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(local, 0));
        return new Datagrams(socket);
    }

    public static async Task<TestLink> TcpAsync(IPEndPoint server, CancellationToken cancellation)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellation);
        return new Frames(socket);
    }

    public abstract void Send(ReadOnlySpan<byte> datagram, IPEndPoint server);

    /// <summary>Waits for a datagram.</summary>
    /// <exception cref="SocketException">The link is closed, by either side.</exception>
    public abstract int Receive(Span<byte> buffer);

    public void Dispose() => Socket.Dispose();

    private sealed class Datagrams(Socket socket) : TestLink(socket)
    {
        private EndPoint _from = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);

        public override void Send(ReadOnlySpan<byte> datagram, IPEndPoint server) => Socket.SendTo(datagram, server);

        public override int Receive(Span<byte> buffer) => Socket.ReceiveFrom(buffer, ref _from);
    }

    private sealed class Frames(Socket socket) : TestLink(socket)
    {
        private readonly Lock _sending = new();

        public override void Send(ReadOnlySpan<byte> datagram, IPEndPoint server)
        {
            Span<byte> frame = stackalloc byte[2 + datagram.Length];
            BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)datagram.Length);
            datagram.CopyTo(frame[2..]);
            lock (_sending)
            {
                while (!frame.IsEmpty)
                {
                    frame = frame[Socket.Send(frame)..];
                }
            }
        }

        public override int Receive(Span<byte> buffer)
        {
            Span<byte> length = stackalloc byte[2];
            Fill(length);
            buffer = buffer[..BinaryPrimitives.ReadUInt16BigEndian(length)];
            Fill(buffer);
            return buffer.Length;
        }

        private void Fill(Span<byte> buffer)
        {
            while (!buffer.IsEmpty)
            {
                var received = Socket.Receive(buffer);
                if (received == 0)
                {
                    throw new SocketException((int)SocketError.Disconnecting);
                }

                buffer = buffer[received..];
            }
        }
    }
}
