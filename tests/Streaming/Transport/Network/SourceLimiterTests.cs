using System.Net;
using Shouldly;
using Xunit;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Tests.Streaming.Transport.Network;

public sealed class SourceLimiterTests
{
    [Fact]
    public void A_source_has_a_burst_and_then_so_many_tokens_a_second()
    {
        var limiter = new SourceLimiter();
        var source = Address("192.0.2.1", 1);

        Spend(limiter, source, 0).ShouldBe(2000);
        Spend(limiter, source, 1_000_000).ShouldBe(200);
        Spend(limiter, source, 3_600_000_000).ShouldBe(2000);
    }

    [Fact]
    public void Another_port_is_no_other_source_but_another_address_is()
    {
        var limiter = new SourceLimiter();
        Spend(limiter, Address("192.0.2.1", 1), 0);

        limiter.Allows(Address("192.0.2.1", 2), 0).ShouldBeFalse();

        // Two of them may share a bucket, all of them hardly.
        Enumerable.Range(2, 20).Count(last => limiter.Allows(Address($"192.0.2.{last}", 1), 0)).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void An_IPv6_source_is_its_network_and_an_IPv4_peer_of_a_dual_socket_its_address()
    {
        var limiter = new SourceLimiter();
        Spend(limiter, Address("2001:db8:1:2::1", 1), 0);
        Spend(limiter, Address("::ffff:192.0.2.1", 1), 0);

        limiter.Allows(Address("2001:db8:1:2:ffff::9", 1), 0).ShouldBeFalse();
        Enumerable.Range(2, 20).Count(last => limiter.Allows(Address($"::ffff:192.0.2.{last}", 1), 0)).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Any_number_of_sources_takes_no_more_memory()
    {
        var limiter = new SourceLimiter();
        var sources = Enumerable.Range(0, 20_000)
            .Select(i => Address(new IPAddress([10, 1, (byte)(i >> 8), (byte)i]).ToString(), 1)).ToList();
        limiter.Allows(sources[0], 0);
        limiter.Charge(sources[0], 1);

        // A collection that another test causes counts the rest of this thread's room as allocated, so the least of some rounds counts.
        Enumerable.Range(0, 5).Min(_ => Allocated()).ShouldBe(0);

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var source in sources)
            {
                limiter.Allows(source, 0);
                limiter.Charge(source, 1);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static int Spend(SourceLimiter limiter, SocketAddress source, long now)
    {
        var spent = 0;
        for (; limiter.Allows(source, now); spent++)
        {
            limiter.Charge(source, 1);
        }

        return spent;
    }

    private static SocketAddress Address(string address, int port) => new IPEndPoint(IPAddress.Parse(address), port).Serialize();
}
