using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Network;

/// <summary>The bound UDP socket of the edge.</summary>
internal sealed class UdpEndpoint : IDisposable
{
    // A key frame is a burst of a few hundred packets from each of many publishers; the kernel must hold it.
    private const int KernelBufferSize = 4 << 20;

    private readonly Socket _socket;

    private UdpEndpoint(Socket socket) => _socket = socket;

    /// <summary>The port in use.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Whether IPv6 peers are reached, too.</summary>
    public bool TakesIPv6 => _socket.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Binds a socket; <see cref="IPAddress.Any"/> binds both address families where the machine has IPv6.</summary>
    /// <exception cref="IOException">The port is in use or the address is not this host's.</exception>
    public static UdpEndpoint Bind(IPAddress address, int port)
    {
        if (address.Equals(IPAddress.Any) && Socket.OSSupportsIPv6)
        {
            address = IPAddress.IPv6Any;
        }

        var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.ReceiveBufferSize = KernelBufferSize;
            socket.SendBufferSize = KernelBufferSize;
            socket.Bind(new IPEndPoint(address, port));
            return new UdpEndpoint(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            var reason = exception.SocketErrorCode == SocketError.AddressAlreadyInUse ? "the port is in use" : exception.Message;
            throw new IOException($"The media server cannot bind UDP port {port} on {address}: {reason}.", exception);
        }
    }

    /// <summary>An address object that <see cref="Receive"/> can fill.</summary>
    public SocketAddress CreateAddress() => new(_socket.AddressFamily);

    /// <summary>Waits for a datagram.</summary>
    /// <param name="buffer">Receives the datagram; a longer one is cut.</param>
    /// <param name="from">Receives the sender.</param>
    /// <returns>The datagram's length.</returns>
    /// <exception cref="SocketException">The socket reports an error of an earlier datagram, or was closed.</exception>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public int Receive(Span<byte> buffer, SocketAddress from) => _socket.ReceiveFrom(buffer, SocketFlags.None, from);

    /// <summary>Sends a datagram.</summary>
    /// <returns>False when the network refused it; UDP promises no more.</returns>
    public bool TrySend(ReadOnlySpan<byte> datagram, SocketAddress to)
    {
        try
        {
            return _socket.SendTo(datagram, SocketFlags.None, to) == datagram.Length;
        }
        catch (SocketException)
        {
            // Unreachable peers and full buffers are the network's daily life; the caller counts them.
            return false;
        }
    }

    /// <summary>Closes the socket and wakes a waiting <see cref="Receive"/>.</summary>
    public void Dispose() => _socket.Dispose();
}
