using Shouldly;
using Xunit;
using Xunke.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Rtcp;

public sealed class RtcpTests
{
    [Fact]
    public void A_compound_of_reports_and_description_is_read_back()
    {
        var buffer = new byte[256];
        var writer = new RtcpWriter(buffer);
        var report = new SenderReport(1, 0x1122_3344_5566_7788, 90_000, 10, 2000);
        var block = new ReportBlock(2, 25, -3, 0x1_0005, 42, 0xAABBCCDD, 65536);
        writer.SenderReport(report);
        writer.ReceiverReport(9, [block, block with { Ssrc = 3, CumulativeLost = 77 }]);
        writer.SourceDescription(1, "xunke"u8);
        writer.Goodbye(1);

        ReadOnlySpan<byte> compound = buffer.AsSpan(0, writer.Length);
        RtcpPacket.TryReadNext(ref compound, out var packet).ShouldBeTrue();
        SenderReport.TryRead(packet, out var readReport).ShouldBeTrue();
        readReport.ShouldBe(report);
        RtcpPacket.TryReadNext(ref compound, out packet).ShouldBeTrue();
        ReportBlock.TryRead(packet, 0, out var first).ShouldBeTrue();
        first.ShouldBe(block);
        ReportBlock.TryRead(packet, 1, out var second).ShouldBeTrue();
        second.CumulativeLost.ShouldBe(77);
        ReportBlock.TryRead(packet, 2, out _).ShouldBeFalse();
        RtcpPacket.TryReadNext(ref compound, out packet).ShouldBeTrue();
        packet.Type.ShouldBe(RtcpType.SourceDescription);
        packet.Body[5].ShouldBe((byte)5);
        packet.Body.Slice(6, 5).ToArray().ShouldBe("xunke"u8.ToArray());
        RtcpPacket.TryReadNext(ref compound, out packet).ShouldBeTrue();
        packet.Type.ShouldBe(RtcpType.Goodbye);
        RtcpPacket.TryReadNext(ref compound, out _).ShouldBeFalse();
    }

    [Fact]
    public void Missing_numbers_are_packed_and_read_back_over_the_wrap()
    {
        ushort[] missing = [65530, 65531, 65535, 0, 10, 11, 300];
        var buffer = new byte[128];
        var writer = new RtcpWriter(buffer);
        writer.Nack(1, 2, missing).ShouldBe(missing.Length);
        // 65530 covers the sixteen numbers up to 10; 11 and 300 need entries of their own.
        writer.Length.ShouldBe(12 + (3 * 4));

        ReadOnlySpan<byte> compound = buffer.AsSpan(0, writer.Length);
        RtcpPacket.TryReadNext(ref compound, out var packet).ShouldBeTrue();
        var read = new List<ushort>();
        for (var reader = new NackReader(packet); reader.TryRead(out var number);)
        {
            read.Add(number);
        }

        read.ShouldBe(missing);
    }

    [Fact]
    public void A_NACK_takes_no_more_numbers_than_fit()
    {
        var writer = new RtcpWriter(new byte[20]);

        writer.Nack(1, 2, [1, 100, 200, 300]).ShouldBe(2);
        writer.Length.ShouldBe(20);
    }

    [Fact]
    public void NTP_times_and_differences_agree()
    {
        var time = new DateTimeOffset(2026, 9, 1, 8, 0, 0, 500, TimeSpan.Zero);
        var later = NtpTime.From(time.AddMilliseconds(1250));

        NtpTime.Difference(later, NtpTime.From(time)).TotalMilliseconds.ShouldBe(1250, 0.001);
        NtpTime.Difference(NtpTime.From(time), later).TotalMilliseconds.ShouldBe(-1250, 0.001);
        NtpTime.FromMiddle(NtpTime.ToMiddle(TimeSpan.FromMilliseconds(1250))).TotalMilliseconds.ShouldBe(1250, 0.1);
        // RFC 5905: the era starts in 1900; 2026-09-01T08:00:00Z is 3997238400 seconds later.
        (NtpTime.From(time) >> 32).ShouldBe(3_997_238_400ul);
    }

    [Fact]
    public void Garbage_is_read_to_its_end_without_a_fault()
    {
        var random = new Random(3550);
        var bytes = new byte[200];
        for (var round = 0; round < 100_000; round++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)((bytes[0] & 0x3F) | 0x80);
            bytes[1] = (byte)random.Next(199, 208);
            bytes[2] = 0;
            bytes[3] = (byte)random.Next(0, 60);
            ReadOnlySpan<byte> compound = bytes.AsSpan(0, random.Next(bytes.Length));
            while (RtcpPacket.TryReadNext(ref compound, out var packet))
            {
                SenderReport.TryRead(packet, out _);
                for (var i = 0; ReportBlock.TryRead(packet, i, out _); i++)
                {
                    i.ShouldBeLessThan(31);
                }

                for (var reader = new NackReader(packet); reader.TryRead(out _);)
                {
                }
            }
        }
    }
}
