using Shouldly;
using Xunit;
using Xunke.Streaming.Rtp;

namespace Xunke.Tests.Streaming.Rtp;

public sealed class MissingPacketsTests
{
    private readonly MissingPackets _missing = new();
    private readonly ushort[] _numbers = new ushort[MissingPackets.Capacity];

    [Fact]
    public void A_gap_is_asked_for_after_a_moment_for_reordering()
    {
        _missing.TryAddGap(65533, 65537, now: 0).ShouldBeTrue();

        Collect(1_000).ShouldBeEmpty();
        Collect(6_000).ShouldBe([(ushort)65534, (ushort)65535, (ushort)0]);
    }

    [Fact]
    public void What_comes_meanwhile_is_not_asked_for_again()
    {
        _missing.TryAddGap(10, 13, now: 0);
        Collect(10_000).Count.ShouldBe(2);

        _missing.Remove(11, 30_000, answered: true);

        Collect(500_000).ShouldBe([(ushort)12]);
        _missing.Count.ShouldBe(1);
    }

    [Fact]
    public void Requests_are_spaced_by_the_round_trip_and_bounded_in_number()
    {
        _missing.TryAddGap(10, 12, now: 0);
        var asked = 0;
        var abandoned = false;
        for (long now = 0; now < 10_000_000 && !abandoned; now += 20_000)
        {
            asked += _missing.Collect(now, _numbers, out abandoned);
        }

        asked.ShouldBe(10);
        abandoned.ShouldBeTrue();
        _missing.Count.ShouldBe(0);
    }

    [Fact]
    public void A_slow_path_makes_the_requests_rarer()
    {
        for (var i = 0; i < 50; i++)
        {
            _missing.TryAddGap(i * 2, (i * 2) + 2, now: i * 1_000_000);
            Collect((i * 1_000_000) + 10_000);
            _missing.Remove((i * 2) + 1, (i * 1_000_000) + 160_000, answered: true);
        }

        _missing.RoundTrip.ShouldBeInRange(140_000, 150_000);
    }

    [Fact]
    public void An_outage_is_given_up_at_once()
    {
        _missing.TryAddGap(10, 5000, now: 0).ShouldBeFalse();
        _missing.Count.ShouldBe(0);
    }

    private List<ushort> Collect(long now) => [.. _numbers.Take(_missing.Collect(now, _numbers, out _))];
}
