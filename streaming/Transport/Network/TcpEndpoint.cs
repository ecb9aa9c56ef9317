using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Xunke.Streaming.Transport.Network;

/// <summary>The TCP port of the edge, for peers whose network lets no UDP through (ICE-TCP passive, RFC 6544).</summary>
internal sealed partial class TcpEndpoint : IDisposable
{
    private const int Backlog = 128;

    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly HashSet<TcpConnection> _connections = [];
    private readonly Socket _listener;
    private readonly MediaClock _clock;
    private readonly int _maxConnections;
    private readonly ILogger _logger;
    private volatile bool _isDisposed;

    private TcpEndpoint(Socket listener, MediaClock clock, int maxConnections, ILogger logger)
    {
        _listener = listener;
        _clock = clock;
        _maxConnections = maxConnections;
        _logger = logger;
    }

    /// <summary>The port in use.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>How many connections are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Binds a port; <see cref="IPAddress.Any"/> binds both address families where the machine has IPv6.</summary>
    /// <param name="maxConnections">How many connections may be open at once.</param>
    /// <exception cref="IOException">The port is in use or the address is not this host's.</exception>
    public static TcpEndpoint Bind(IPAddress address, int port, MediaClock clock, int maxConnections, ILogger logger)
    {
        if (address.Equals(IPAddress.Any) && Socket.OSSupportsIPv6)
        {
            address = IPAddress.IPv6Any;
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(Backlog);
            return new TcpEndpoint(socket, clock, maxConnections, logger);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            var reason = exception.SocketErrorCode == SocketError.AddressAlreadyInUse ? "the port is in use" : exception.Message;
            throw new IOException($"The media server cannot bind TCP port {port} on {address}: {reason}.", exception);
        }
    }

    /// <summary>Accepts connections until disposal.</summary>
    public async Task AcceptAsync(IFrameReceiver receiver)
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync().ConfigureAwait(false);
                if (Admit(socket) is { } connection)
                {
                    _ = RunAsync(connection, receiver);
                }
            }
            catch (Exception) when (_isDisposed)
            {
                return;
            }
            catch (SocketException fault)
            {
                // Out of file descriptors, perhaps; or the peer left before it was accepted.
                LogAcceptFailed(_logger, fault.SocketErrorCode);
                await Task.Delay(AcceptPause).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                // A bug costs this connection, not the port.
                LogConnectionFailed(_logger, fault);
                await Task.Delay(AcceptPause).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Closes the connections whose time is up.</summary>
    public void Sweep(long now)
    {
        lock (_gate)
        {
            foreach (var connection in _connections)
            {
                connection.AbortIfOverdue(now);
            }
        }
    }

    /// <summary>Closes the port and all connections.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var connection in _connections)
            {
                connection.Abort();
            }
        }

        _listener.Dispose();
    }

    private TcpConnection? Admit(Socket socket)
    {
        lock (_gate)
        {
            try
            {
                var connection = new TcpConnection(socket, _clock);
                if (!_isDisposed && TcpAdmission.TryAdmit(_connections, connection, _maxConnections, out var leaving))
                {
                    if (leaving is not null)
                    {
                        _connections.Remove(leaving);
                        leaving.Abort();
                    }

                    _connections.Add(connection);
                    return connection;
                }
            }
            catch (SocketException)
            {
                // The peer has gone before it could be asked for its address.
            }

            socket.Dispose();
            return null;
        }
    }

    private async Task RunAsync(TcpConnection connection, IFrameReceiver receiver)
    {
        try
        {
            await connection.RunAsync(receiver).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A bug in the handling of one connection must not go unseen, nor touch the others.
            LogConnectionFailed(_logger, exception);
        }
        finally
        {
            lock (_gate)
            {
                _connections.Remove(connection);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A media connection could not be accepted: {Error}")]
    private static partial void LogAcceptFailed(ILogger logger, SocketError error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A media connection failed")]
    private static partial void LogConnectionFailed(ILogger logger, Exception exception);
}
