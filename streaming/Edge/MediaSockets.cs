using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Edge;

/// <summary>The sockets of the edge, and the thread and tasks that pass on to the media plane what they receive.</summary>
internal sealed partial class MediaSockets : IDisposable
{
    private const int NoTcp = -1;
    private const long SweepInterval = 1_000_000;
    private static readonly TimeSpan ReceivePause = TimeSpan.FromMilliseconds(200);

    private readonly UdpEndpoint _udp;
    private readonly TcpEndpoint? _tcp;
    private readonly ILogger _logger;
    private Thread? _receiver;
    private long _lastSweep;
    private volatile bool _isStopping;
    private volatile bool _receiveFails;

    private MediaSockets(UdpEndpoint udp, TcpEndpoint? tcp, ImmutableArray<IPAddress> addresses, ILogger logger)
    {
        _udp = udp;
        _tcp = tcp;
        _logger = logger;
        Outbox = new Outbox(udp);
        Candidates = new HostCandidates(addresses, udp.Port, tcp?.Port);
    }

    /// <summary>Where datagrams leave.</summary>
    public Outbox Outbox { get; }

    /// <summary>Under which addresses and ports peers reach the edge.</summary>
    public HostCandidates Candidates { get; }

    /// <summary>Whether datagrams are taken in.</summary>
    public bool IsReceiving => !_isStopping && !_receiveFails && _receiver is { IsAlive: true };

    /// <summary>How many TCP connections are open.</summary>
    public int Connections => _tcp?.Count ?? 0;

    /// <summary>Binds the sockets.</summary>
    /// <exception cref="IOException">A port is in use, or the address is not this host's. The message says which.</exception>
    public static MediaSockets Open(MediaServerOptions options, MediaClock clock, ILogger logger)
    {
        var udp = UdpEndpoint.Bind(options.Bind, options.UdpPort);
        try
        {
            // A session may try a few paths before it settles; two each, with those of newcomers, is plenty.
            var tcp = options.TcpPort == NoTcp
                ? null
                : TcpEndpoint.Bind(options.Bind, options.TcpPort ?? options.UdpPort, clock, 2 * options.MaxSessions, logger);
            return new MediaSockets(udp, tcp, Announced(options, udp), logger);
        }
        catch
        {
            udp.Dispose();
            throw;
        }
    }

    /// <summary>Starts to receive.</summary>
    public void Start(MediaPlane plane)
    {
        _receiver = new Thread(() => ReceiveLoop(plane)) { IsBackground = true, Name = "media receive" };
        _receiver.Start();
        if (_tcp is not null)
        {
            _ = _tcp.AcceptAsync(plane);
        }
    }

    /// <summary>Does what is due.</summary>
    public void Tick(long now)
    {
        if (_tcp is not null && now - _lastSweep >= SweepInterval)
        {
            _lastSweep = now;
            _tcp.Sweep(now);
        }
    }

    /// <summary>Receives no more; sending goes on.</summary>
    public void StopReceiving()
    {
        _isStopping = true;
        _receiver?.Join();
    }

    /// <summary>Closes the sockets.</summary>
    public void Dispose()
    {
        _tcp?.Dispose();
        _udp.Dispose();
    }

    private static ImmutableArray<IPAddress> Announced(MediaServerOptions options, UdpEndpoint endpoint)
    {
        if (options.AnnounceAddresses.Count > 0)
        {
            return [.. options.AnnounceAddresses];
        }

        return options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any)
            ? HostAddresses.All(endpoint.TakesIPv6)
            : [options.Bind];
    }

    private void ReceiveLoop(MediaPlane plane)
    {
        var batch = new ReceiveBatch(_udp);
        while (!_isStopping)
        {
            try
            {
                batch.Receive();
                plane.Receive(batch);
                if (_receiveFails)
                {
                    _receiveFails = false;
                }
            }
            catch (Exception exception)
            {
                // Every room's media come through here: it is tried again for as long as the server runs.
                if (!_receiveFails)
                {
                    _receiveFails = true;
                    LogReceiveFailed(_logger, exception);
                }

                Thread.Sleep(ReceivePause);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The media server cannot receive for now")]
    private static partial void LogReceiveFailed(ILogger logger, Exception exception);
}
