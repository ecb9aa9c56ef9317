using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Transport.Network;

public sealed class OutboxTests : IDisposable
{
    private readonly UdpEndpoint _endpoint = UdpEndpoint.Bind(IPAddress.Loopback, 0);
    private readonly Socket _first = Receiver();
    private readonly Socket _second = Receiver();
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_endpoint);

    [Fact]
    public void Datagrams_of_any_lengths_arrive_whole_and_in_order_at_each_address()
    {
        var (first, second) = (Address(_first), Address(_second));
        var random = new Random(7);
        var lengths = Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? random.Next(1, Outbox.MaxDatagram) : 1100).ToArray();
        for (var i = 0; i < lengths.Length; i++)
        {
            Queue((byte)i, lengths[i], first);
            Queue((byte)(255 - i), lengths[i], second);
        }

        _outbox.Flush();

        for (var i = 0; i < lengths.Length; i++)
        {
            Read(_first).ShouldBe(((byte)i, lengths[i]));
            Read(_second).ShouldBe(((byte)(255 - i), lengths[i]));
        }

        _outbox.Refused.ShouldBe(0);
    }

    [Fact]
    public void More_datagrams_than_fit_are_sent_along_the_way()
    {
        var first = Address(_first);
        for (var i = 0; i < 2000; i++)
        {
            Queue((byte)i, 20, first);
        }

        _outbox.Flush();

        for (var i = 0; i < 2000; i++)
        {
            Read(_first).ShouldBe(((byte)i, 20));
        }
    }

    [Fact]
    public void An_address_that_cannot_be_reached_costs_the_others_nothing()
    {
        // A socket bound to loopback has no way out to this address.
        var unreachable = new Destination(new IPEndPoint(IPAddress.Parse("192.0.2.200"), 9).Serialize());
        Queue(1, 100, unreachable);
        Queue(2, 100, unreachable);
        Queue(3, 100, Address(_first));

        _outbox.Flush();

        Read(_first).ShouldBe(((byte)3, 100));
        _outbox.Refused.ShouldBe(2);
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private static Socket Receiver()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram,
            ProtocolType.Udp)
        { ReceiveBufferSize = 4 << 20, ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static Destination Address(Socket socket) => new(((IPEndPoint)socket.LocalEndPoint!).Serialize());

    private static (byte Mark, int Length) Read(Socket socket)
    {
        Span<byte> buffer = stackalloc byte[2000];
        var length = socket.Receive(buffer);
        return (buffer[0], length);
    }

    private void Queue(byte mark, int length, Destination to)
    {
        _outbox.Reserve()[0] = mark;
        _outbox.Commit(length, to);
    }
}
