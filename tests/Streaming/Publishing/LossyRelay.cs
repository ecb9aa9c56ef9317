using System.Net;
using System.Net.Sockets;

namespace Xunke.Tests.Streaming.Publishing;

/// <summary>A UDP relay between a publisher and the server that loses every so many of the publisher's RTP packets.</summary>
internal sealed class LossyRelay : IDisposable
{
    private readonly Socket _publisherSide = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _serverSide = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly int _lossInterval;
    private EndPoint? _publisher;
    private int _packets;
    private volatile int _lost;

    public LossyRelay(int serverPort, int lossInterval)
    {
        _lossInterval = lossInterval;
        _publisherSide.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _serverSide.Connect(IPAddress.Loopback, serverPort);
        _ = ToServerAsync();
        _ = ToPublisherAsync();
    }

    public int Port => ((IPEndPoint)_publisherSide.LocalEndPoint!).Port;

    public int Lost => _lost;

    public void Dispose()
    {
        _publisherSide.Dispose();
        _serverSide.Dispose();
    }

    private async Task ToServerAsync()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var received = await _publisherSide.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                _publisher = received.RemoteEndPoint;
                if (IsRtp(buffer) && ++_packets % _lossInterval == 0)
                {
                    _lost++;
                    continue;
                }

                await _serverSide.SendAsync(buffer.AsMemory(0, received.ReceivedBytes));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ToPublisherAsync()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var length = await _serverSide.ReceiveAsync(buffer);
                await _publisherSide.SendToAsync(buffer.AsMemory(0, length), _publisher!);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static bool IsRtp(byte[] datagram) => datagram[0] >> 6 == 2 && datagram[1] is not (>= 192 and <= 223);
}
