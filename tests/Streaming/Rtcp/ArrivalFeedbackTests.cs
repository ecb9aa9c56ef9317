using Shouldly;
using Xunit;
using Xunke.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Rtcp;

public sealed class ArrivalFeedbackTests
{
    private readonly ArrivalFeedback _feedback = new();

    [Fact]
    public void Arrivals_are_reported_to_a_quarter_of_a_millisecond()
    {
        _feedback.Record(10, 1_000_000);
        _feedback.Record(11, 1_003_000);
        _feedback.Record(12, 1_103_250);

        var decoded = Write().ShouldHaveSingleItem();

        decoded.First.ShouldBe((ushort)10);
        decoded.Packets.ShouldBe([((ushort)10, (long?)1_000_000), ((ushort)11, 1_003_000), ((ushort)12, 1_103_250)]);
    }

    [Fact]
    public void A_packet_that_has_not_come_is_reported_as_such_and_when_it_comes_with_the_time_of_the_one_that_overtook_it()
    {
        _feedback.Record(65534, 1_000_000);
        _feedback.Record(1, 1_002_000);
        Write().ShouldHaveSingleItem().Packets.ShouldBe(
            [((ushort)65534, (long?)1_000_000), ((ushort)65535, null), ((ushort)0, null), ((ushort)1, 1_002_000)]);

        _feedback.Record(0, 1_004_000);
        var again = Write().ShouldHaveSingleItem();
        again.FeedbackCount.ShouldBe((byte)1);
        again.Packets.ShouldBe([((ushort)0, (long?)1_002_000), ((ushort)1, 1_002_000)]);
    }

    [Fact]
    public void Nothing_new_makes_no_feedback()
    {
        _feedback.Record(1, 5000);
        Write().Count.ShouldBe(1);
        Write().ShouldBeEmpty();
    }

    [Fact]
    public void A_long_run_and_a_long_pause_are_both_represented()
    {
        for (ushort i = 0; i < 450; i++)
        {
            _feedback.Record(i, 1_000_000 + (i * 1000));
        }

        _feedback.Record(450, 20_000_000);

        var decoded = Write();
        decoded.Count.ShouldBeGreaterThan(1);
        var all = decoded.SelectMany(feedback => feedback.Packets).ToList();
        all.Select(packet => (int)packet.SequenceNumber).ShouldBe(Enumerable.Range(0, 451));
        all[^1].Microseconds.ShouldBe(20_000_000);
        all[449].Microseconds.ShouldBe(1_449_000);
    }

    [Fact]
    public void A_jump_of_the_sender_starts_over()
    {
        _feedback.Record(5, 1_000_000);
        _feedback.Record(30_000, 1_001_000);

        Write().ShouldHaveSingleItem().Packets.ShouldBe([((ushort)30_000, (long?)1_001_000)]);
    }

    [Fact]
    public void Where_packets_come_out_of_order_a_missing_one_is_not_called_lost_before_it_is_later_than_they_are()
    {
        _feedback.Record(10, 1_000_000);
        _feedback.Record(12, 1_001_000);
        _feedback.Record(11, 1_031_000);
        Write(1_040_000).ShouldHaveSingleItem().Packets.Count.ShouldBe(3);

        _feedback.Record(13, 1_050_000);
        _feedback.Record(15, 1_051_000);
        Write(1_060_000).ShouldHaveSingleItem().Packets.ShouldBe([((ushort)13, (long?)1_050_000)]);
        Write(1_070_000).ShouldBeEmpty();
        Write(1_082_000).ShouldHaveSingleItem().Packets.ShouldBe([((ushort)14, (long?)null), ((ushort)15, 1_051_000)]);
        _feedback.Pending.ShouldBe(0);
    }

    private List<DecodedFeedback> Write(long now = 100_000_000)
    {
        var result = new List<DecodedFeedback>();
        while (true)
        {
            var buffer = new byte[1200];
            var writer = new RtcpWriter(buffer);
            if (!_feedback.TryWrite(ref writer, 1, 2, now))
            {
                return result;
            }

            ReadOnlySpan<byte> compound = buffer.AsSpan(0, writer.Length);
            RtcpPacket.TryReadNext(ref compound, out var packet).ShouldBeTrue();
            compound.Length.ShouldBe(0);
            result.Add(DecodedFeedback.Parse(packet));
        }
    }
}
