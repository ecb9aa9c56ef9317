using Shouldly;
using Xunit;
using Xunke.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Rtcp;

public sealed class ReceptionStatisticsTests
{
    [Fact]
    public void Loss_is_reported_since_the_last_report_and_in_all()
    {
        var reception = new ReceptionStatistics(90_000);
        for (ushort i = 0; i < 100; i++)
        {
            if (i % 4 != 3)
            {
                Receive(reception, i);
            }
        }

        var block = reception.Report(7, 0, 0);
        block.FractionLost.ShouldBe((byte)(24 * 256 / 99));
        block.CumulativeLost.ShouldBe(24);
        block.HighestSequence.ShouldBe(98u);

        for (ushort i = 99; i < 150; i++)
        {
            Receive(reception, i);
        }

        reception.Report(7, 0, 0).FractionLost.ShouldBe((byte)0);
    }

    [Fact]
    public void Sequence_numbers_extend_over_the_wrap()
    {
        var reception = new ReceptionStatistics(90_000);
        Receive(reception, 65534);
        Receive(reception, 65535);
        Receive(reception, 1);
        Receive(reception, 0);

        var block = reception.Report(7, 0, 0);

        block.HighestSequence.ShouldBe(0x1_0001u);
        block.CumulativeLost.ShouldBe(0);
        reception.Lost.ShouldBe(0);
    }

    [Fact]
    public void Jitter_follows_RFC_3550()
    {
        var reception = new ReceptionStatistics(90_000);
        // Sent every 10 ms, arriving alternately 2 ms late: |D| is 180 units each time, and J tends to 180.
        for (var i = 0; i < 500; i++)
        {
            reception.Record(reception.Extend((ushort)i), (uint)(i * 900), (i * 10_000) + (i % 2 * 2_000));
        }

        reception.Report(7, 0, 0).Jitter.ShouldBeInRange(178u, 180u);
        reception.Jitter.TotalMilliseconds.ShouldBe(2, 0.05);
    }

    private static void Receive(ReceptionStatistics reception, ushort sequence) =>
        reception.Record(reception.Extend(sequence), sequence * 900u, sequence * 10_000L);
}
