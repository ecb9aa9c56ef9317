using Shouldly;
using Xunit;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Tests.Streaming.Viewers.Congestion;

public sealed class PacerTests
{
    private const int Packet = 1200;
    private readonly Pacer _pacer = new();

    [Fact]
    public void A_usual_key_frame_passes_at_once_while_no_limit_is_known() => Burst(0, null).ShouldBeGreaterThan(50);

    [Fact]
    public void A_large_key_frame_is_drawn_out_but_not_by_much()
    {
        var sent = Burst(0, null);
        sent.ShouldBeLessThan(60);
        var time = 0L;
        while (sent < 256)
        {
            sent += Burst(time += 20_000, null);
        }

        time.ShouldBeInRange(80_000, 160_000);
    }

    [Fact]
    public void A_burst_on_a_narrow_path_leaves_at_a_multiple_of_what_it_carries()
    {
        Burst(0, 500_000);
        var sent = 0;
        for (var time = 20_000L; time <= 1_000_000; time += 20_000)
        {
            sent += Burst(time, 500_000);
        }

        (sent * Packet * 8).ShouldBeInRange(1_100_000, 1_400_000);
    }

    [Fact]
    public void Media_at_the_rate_of_the_path_never_waits()
    {
        Burst(0, 500_000);
        for (var time = 100_000L; time < 10_000_000; time += 20_000)
        {
            _pacer.TrySpend(Packet, 500_000, time).ShouldBeTrue();
        }
    }

    private int Burst(long now, long? estimate)
    {
        var sent = 0;
        while (_pacer.TrySpend(Packet, estimate, now))
        {
            sent++;
        }

        return sent;
    }
}
