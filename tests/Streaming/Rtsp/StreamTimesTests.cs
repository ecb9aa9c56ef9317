using System.Buffers.Binary;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>What is done to single times, on a clock of the test's own.</summary>
public sealed class StreamTimesTests
{
    private const int Interval = 6000;
    private const byte PredictedSlice = 0xE0; // First macroblock 0, slice type 0: P.
    private const byte BidirectionalSlice = 0x9C; // First macroblock 0, slice type 6: B.

    private readonly StreamTimes _times = new(new StreamClock(90_000, IsVideo: true, Fragments: false));

    [Fact]
    public void Right_times_are_left_as_they_are_over_the_end_of_their_32_bits_and_in_bursts()
    {
        for (var picture = 0; picture < 200; picture++)
        {
            var time = unchecked(uint.MaxValue - 60_000u + (uint)(picture * Interval));

            // Nothing comes for two seconds, and then all that was held.
            var at = picture is >= 100 and < 130 ? 130 * Interval : picture * Interval;
            Send(time, at).ShouldBe(time);
        }

        _times.Strays.ShouldBe(0);
    }

    [Fact]
    public void A_gap_of_pictures_that_were_dropped_stays_a_gap()
    {
        Run(30);

        Send(100 * Interval, 100 * Interval).ShouldBe(100u * Interval);
        Send(101 * Interval, 101 * Interval).ShouldBe(101u * Interval);
        _times.Strays.ShouldBe(0);
    }

    [Theory]
    [InlineData(-9800 * 90_000)]
    [InlineData(9800 * 90_000)]
    [InlineData(90_000)]
    [InlineData(-12_000)]
    public void A_stray_is_given_the_time_that_its_picture_was_due(int astray)
    {
        Run(30);

        Send((30 * Interval) + astray, 30 * Interval).ShouldBe(30u * Interval);
        Send(31 * Interval, 31 * Interval).ShouldBe(31u * Interval);
        _times.Strays.ShouldBe(1);
    }

    [Fact]
    public void A_clock_that_was_set_goes_on_from_where_it_was()
    {
        Run(30);

        Send(5_000_000, 30 * Interval).ShouldBe(30u * Interval);
        Send(5_000_000 + Interval, 31 * Interval).ShouldBe(31u * Interval);
        Send(5_000_000 + (2 * Interval), 32 * Interval).ShouldBe(32u * Interval);
    }

    [Fact]
    public void B_frames_keep_their_order()
    {
        int[] order = [0, 3, 1, 2, 6, 4, 5, 9, 7, 8];
        var sent = order.Select((shown, picture) =>
            Send(900_000 + (shown * Interval), picture * Interval, shown % 3 == 0 ? PredictedSlice : BidirectionalSlice)).ToList();

        // It is known from the first of them on.
        sent.Skip(2).ShouldBe(order.Skip(2).Select(shown => (uint)(900_000 + (shown * Interval))));
    }

    [Fact]
    public void Packets_of_one_picture_share_its_time_though_all_are_marked()
    {
        Run(10);

        Send(10 * Interval, 60_000).ShouldBe(60_000u);
        Send(10 * Interval, 60_010, 0x40).ShouldBe(60_000u);
        Send(10 * Interval, 60_020, 0x40).ShouldBe(60_000u);
        _times.Strays.ShouldBe(0);
    }

    [Fact]
    public void A_report_follows_the_packets_and_a_wall_clock_that_steps_is_held_to_the_line()
    {
        Report(1000, 5).ShouldBeNull();
        Run(30);
        Report(180_000, 100).ShouldBe((180_000u, 100.0));
        Send(5_000_000, 30 * Interval);
        Send(5_000_000 + Interval, 31 * Interval);
        Report(5_000_000, 100).ShouldBe((180_000u, 100.0));
        Report(5_000_000 + 90_000, 5000).ShouldBe((270_000u, 101.0));
        Report(77, 101).ShouldBeNull();
    }

    [Fact]
    public void A_time_that_was_announced_and_is_far_from_the_first_packets_is_kept_to()
    {
        _times.Announce(500_000);

        Send(900_000_000, 0).ShouldBe(500_000u);
        Send(900_000_000 + Interval, Interval).ShouldBe(500_000u + Interval);
    }

    private void Run(int pictures)
    {
        for (var picture = 0; picture < pictures; picture++)
        {
            Send(picture * Interval, picture * Interval).ShouldBe((uint)(picture * Interval));
        }
    }

    private uint Send(long time, long at, byte slice = PredictedSlice)
    {
        var packet = new byte[RtpHeader.FixedLength + 20];
        RtpHeader.Write(packet, marker: true, 96, 1, unchecked((uint)time), 1);
        (packet[12], packet[13]) = (0x61, slice);
        _times.Repair(packet, at);
        return BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));
    }

    /// <returns>The report's time and its wall clock in seconds; null when it was made void.</returns>
    private (uint Time, double Wall)? Report(uint time, double wall)
    {
        var report = new byte[28];
        (report[0], report[1], report[3]) = (0x80, 200, 6);
        BinaryPrimitives.WriteUInt64BigEndian(report.AsSpan(8), (ulong)(wall * (1L << 32)));
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(16), time);
        _times.Repair(report, 0);
        return report[1] == 200
            ? (BinaryPrimitives.ReadUInt32BigEndian(report.AsSpan(16)),
                BinaryPrimitives.ReadUInt64BigEndian(report.AsSpan(8)) / (double)(1L << 32))
            : null;
    }
}
