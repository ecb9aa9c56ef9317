using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Transport.Network;

public sealed class TcpConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_peer_that_reads_nothing_costs_a_bounded_queue_and_gets_whole_datagrams_when_it_reads_again()
    {
        var (connection, peer) = await ConnectAsync();
        using var _1 = peer;
        var sent = new List<int>();
        for (var i = 0; i < 20_000; i++)
        {
            if (connection.TryAdd(Datagram(i)))
            {
                sent.Add(i);
            }

            connection.Flush();
        }

        // The queue and two kernel buffers, of which the peer's own may grow to some megabytes.
        sent.Count.ShouldBeLessThan(19_000);
        var received = new List<int>();
        var buffer = new byte[1100];
        while (received.Count < sent.Count)
        {
            await FillAsync(peer, buffer.AsMemory(0, 2));
            BinaryPrimitives.ReadUInt16BigEndian(buffer).ShouldBe((ushort)1100);
            await FillAsync(peer, buffer);
            received.Add(BinaryPrimitives.ReadInt32BigEndian(buffer));
        }

        received.ShouldBe(sent);
        connection.Abort();
    }

    [Fact]
    public async Task Sending_to_a_peer_that_keeps_up_allocates_nothing_per_datagram()
    {
        const int Parts = 10;
        const int Datagrams = 200;
        var (connection, peer) = await ConnectAsync();
        var reading = Task.Factory.StartNew(() => Drain(peer), TaskCreationOptions.LongRunning);
        var datagram = Datagram(1);
        var allocated = new List<long>();
        for (var part = 0; part < Parts + 2; part++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Datagrams; i++)
            {
                connection.TryAdd(datagram);
                connection.Flush();
            }

            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
            await Task.Delay(5, Cancellation);
        }

        // The first parts make the queue and compile. A send that must wait for the reader, kept back by other tests, costs
        // an object once; an allocation per datagram would show in every part.
        allocated.Skip(2).Min().ShouldBeLessThan(Datagrams);
        connection.Abort();
        await reading;
        peer.Dispose();
    }

    [Fact]
    public async Task What_is_queued_is_sent_before_an_orderly_end()
    {
        var (connection, peer) = await ConnectAsync();
        using var _1 = peer;

        connection.TryAdd(Datagram(7)).ShouldBeTrue();
        connection.Finish();
        connection.TryAdd(Datagram(8)).ShouldBeFalse();
        connection.Flush();

        var buffer = new byte[1102];
        await FillAsync(peer, buffer);
        BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(2)).ShouldBe(7);
        (await peer.ReceiveAsync(buffer, Cancellation)).ShouldBe(0);
    }

    private static async Task<(TcpConnection Connection, Socket Peer)> ConnectAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!, Cancellation);
        return (new TcpConnection(await listener.AcceptAsync(Cancellation), new MediaClock(TimeProvider.System)), peer);
    }

    private static byte[] Datagram(int number)
    {
        var datagram = new byte[1100];
        BinaryPrimitives.WriteInt32BigEndian(datagram, number);
        return datagram;
    }

    private static async Task FillAsync(Socket peer, Memory<byte> buffer)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!buffer.IsEmpty)
        {
            var count = await peer.ReceiveAsync(buffer, limit.Token);
            count.ShouldBeGreaterThan(0);
            buffer = buffer[count..];
        }
    }

    private static void Drain(Socket peer)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (peer.Receive(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The other side was closed with data on its way.
        }
    }
}
