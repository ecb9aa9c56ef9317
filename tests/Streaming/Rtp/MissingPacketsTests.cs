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
    public void Requests_are_spaced_by_the_round_trip_and_end_after_a_bounded_time()
    {
        _missing.TryAddGap(10, 12, now: 0);

        AskUntilAbandoned(out var after).ShouldBe(8);
        after.ShouldBeInRange(760_000, 860_000);
        _missing.Count.ShouldBe(0);
    }

    [Fact]
    public void Whoever_tells_the_round_trip_is_asked_all_the_time_as_requests_get_lost_as_well()
    {
        _missing.NoteRoundTrip(80_000);
        _missing.TryAddGap(10, 12, now: 0);

        Collect(6_000).ShouldBe([(ushort)11]);
        Collect(16_000).ShouldBeEmpty();
        Collect(26_000).ShouldBe([(ushort)11]);
        AskUntilAbandoned(out var after);
        after.ShouldBe(1_000_000);
    }

    [Fact]
    public void A_sender_that_answers_every_request_is_asked_once_in_a_round_trip()
    {
        _missing.NoteRoundTrip(80_000);
        for (var i = 0; i < 40; i++)
        {
            var now = i * 1_000_000L;
            _missing.TryAddGap(i * 2, (i * 2) + 2, now);
            Collect(now + 10_000);
            _missing.Remove((i * 2) + 1, now + 90_000, answered: true);
            _missing.Remove((i * 2) + 1, now + 110_000, answered: true);
            _missing.Remove((i * 2) + 1, now + 130_000, answered: true);
        }

        _missing.TryAddGap(100, 102, now: 50_000_000);
        Collect(50_010_000).ShouldBe([(ushort)101]);
        Collect(50_100_000).ShouldBeEmpty();
        Collect(50_140_000).ShouldBe([(ushort)101]);
    }

    [Fact]
    public void A_packet_that_was_lost_tells_how_late_one_may_come_that_is_lost_three_times()
    {
        _missing.NoteRoundTrip(80_000);
        _missing.TryAddGap(10, 13, now: 0);
        Collect(6_000).Count.ShouldBe(2);

        _missing.Remove(11, 20_000, answered: false).ShouldBe(0);
        _missing.Remove(12, 95_000, answered: true).ShouldBe(95_000 + (2 * 125_000));
        _missing.Remove(12, 96_000, answered: true).ShouldBe(0);
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
    public void Packets_that_come_late_by_themselves_make_the_first_request_wait_and_losses_draw_it_back()
    {
        for (var i = 0; i < 50; i++)
        {
            _missing.TryAddGap(i * 2, (i * 2) + 2, now: i * 1_000_000);
            _missing.Remove((i * 2) + 1, (i * 1_000_000) + 15_000, answered: false);
        }

        _missing.TryAddGap(1000, 1002, now: 60_000_000);
        Collect(60_025_000).ShouldBeEmpty();
        Collect(60_031_000).ShouldBe([(ushort)1001]);

        for (var i = 0; i < 50; i++)
        {
            var now = 61_000_000 + (i * 1_000_000L);
            _missing.TryAddGap(2000 + (i * 2), 2002 + (i * 2), now);
            Collect(now + 100_000);
            _missing.Remove(2001 + (i * 2), now + 160_000, answered: true);
        }

        _missing.TryAddGap(3000, 3002, now: 200_000_000);
        Collect(200_006_000).ShouldContain((ushort)3001);
    }

    [Fact]
    public void Whoever_wants_packets_in_order_waits_for_a_few_rounds_of_asking_and_never_long()
    {
        _missing.NoteRoundTrip(1_000);
        _missing.Patience.ShouldBe(150_000);

        for (var i = 0; i < 100; i++)
        {
            _missing.NoteRoundTrip(70_000);
        }

        _missing.Patience.ShouldBeInRange(4 * 100_000, 550_000);
        for (var i = 0; i < 100; i++)
        {
            _missing.NoteRoundTrip(2_000_000);
        }

        _missing.Patience.ShouldBe(1_000_000);
    }

    [Fact]
    public void Packets_repeated_unasked_do_not_pass_for_a_fast_path_once_the_round_trip_is_known()
    {
        _missing.NoteRoundTrip(80_000);
        for (var i = 0; i < 50; i++)
        {
            _missing.TryAddGap(i * 2, (i * 2) + 2, now: i * 1_000_000);
            Collect((i * 1_000_000) + 10_000);
            _missing.Remove((i * 2) + 1, (i * 1_000_000) + 11_000, answered: true);
        }

        _missing.RoundTrip.ShouldBe(80_000);
    }

    [Fact]
    public void An_outage_is_given_up_at_once()
    {
        _missing.TryAddGap(10, 5000, now: 0).ShouldBeFalse();
        _missing.Count.ShouldBe(0);
    }

    [Fact]
    public void A_sender_that_probes_the_path_with_copies_of_one_packet_is_still_asked_all_the_time()
    {
        _missing.NoteRoundTrip(80_000);
        for (var i = 0; i < 10; i++)
        {
            var now = i * 1_000_000L;
            _missing.TryAddGap(i * 2, (i * 2) + 2, now);
            Collect(now + 10_000);
            for (var copy = 0; copy < (i == 9 ? 100 : 1); copy++)
            {
                _missing.Remove((i * 2) + 1, now + 90_000 + copy, answered: true);
            }
        }

        _missing.TryAddGap(100, 102, now: 50_000_000);
        Collect(50_010_000).ShouldBe([(ushort)101]);
        Collect(50_030_000).ShouldBe([(ushort)101]);
    }

    private int AskUntilAbandoned(out long after)
    {
        var asked = 0;
        var abandoned = false;
        for (after = 0; after < 10_000_000 && !abandoned; after += abandoned ? 0 : 20_000)
        {
            asked += _missing.Collect(after, _numbers, out abandoned);
        }

        return asked;
    }

    private List<ushort> Collect(long now) => [.. _numbers.Take(_missing.Collect(now, _numbers, out _))];
}
