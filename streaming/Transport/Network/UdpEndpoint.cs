using System.Net;
using System.Net.Sockets;

namespace Xunke.Streaming.Transport.Network;

/// <summary>The bound UDP socket of the edge.</summary>
internal sealed class UdpEndpoint : IDisposable
{
    // A key frame is a burst of a few hundred packets from each of many publishers; the kernel must hold it.
    private const int KernelBufferSize = 4 << 20;

    private static readonly TimeSpan ReceivePatience = TimeSpan.FromMilliseconds(100);

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
            socket.ReceiveTimeout = (int)ReceivePatience.TotalMilliseconds;
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

    /// <summary>An address object of the socket's family.</summary>
    public SocketAddress CreateAddress() => new(_socket.AddressFamily);

    /// <summary>Waits for datagrams, for a fraction of a second at most, so that the caller can see that it is to stop.</summary>
    /// <returns>How many came; less than 1 when none did.</returns>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public unsafe int Receive(LinuxSocket.MultipleMessage* messages, int count)
    {
        var handle = Acquire();
        try
        {
            return LinuxSocket.recvmmsg((int)handle.DangerousGetHandle(), messages, (uint)count, LinuxSocket.WaitForOne, null);
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    /// <summary>Sends datagrams without waiting.</summary>
    /// <param name="error">Why the first one could not be sent, when the result is less than 1.</param>
    /// <returns>How many were sent.</returns>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public unsafe int Send(LinuxSocket.MultipleMessage* messages, int count, out int error)
    {
        var handle = Acquire();
        try
        {
            int sent;
            do
            {
                sent = LinuxSocket.sendmmsg((int)handle.DangerousGetHandle(), messages, (uint)count, LinuxSocket.DoNotWait);
                error = sent < 1 ? System.Runtime.InteropServices.Marshal.GetLastPInvokeError() : 0;
            }
            while (sent < 1 && error == LinuxSocket.ErrorInterrupted);

            return sent;
        }
        finally
        {
            handle.DangerousRelease();
        }
    }

    /// <summary>Closes the socket; a call under way ends first.</summary>
    public void Dispose() => _socket.Dispose();

    private SafeSocketHandle Acquire()
    {
        var handle = _socket.SafeHandle;
        var acquired = false;
        handle.DangerousAddRef(ref acquired);
        return handle;
    }
}
