using System.Buffers.Binary;
using Shouldly;
using Xunit;
using Xunke.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Rtcp;

public sealed class ArrivalReaderTests
{
    // Chunks of all three kinds: a run of 20, singles, large and negative deltas.
    private static readonly (ushort Number, long At)[] Arrivals =
    [
        .. Enumerable.Range(65_530, 20).Select(i => ((ushort)i, 7_000_000_000L + ((i - 65_530) * 1_000L))),
        ((ushort)16, 7_000_100_000), ((ushort)19, 7_000_090_000), ((ushort)40, 7_004_000_000), ((ushort)41, 7_004_000_250),
    ];

    [Fact]
    public void What_the_writer_reports_is_read_as_it_arrived()
    {
        ReadOnlySpan<byte> compound = Feedback();
        RtcpPacket.TryReadNext(ref compound, out var packet).ShouldBeTrue();
        var reader = new ArrivalReader(packet);
        var read = new Dictionary<ushort, long>();
        var origin = reader.Reference * 64_000L;
        while (reader.TryRead(out var number, out var arrival))
        {
            if (arrival != ArrivalReader.NotReceived)
            {
                read.Add(number, origin + arrival);
            }
        }

        read.Keys.ShouldBe(Arrivals.Select(arrival => arrival.Number), ignoreOrder: true);
        foreach (var (number, at) in Arrivals)
        {
            Math.Abs(read[number] - at).ShouldBeLessThanOrEqualTo(250);
        }
    }

    [Fact]
    public void Feedback_that_is_cut_off_or_mutated_ends_the_reading()
    {
        var feedback = Feedback();
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var length = 4 * random.Next(1, (feedback.Length / 4) + 1);
            var copy = feedback[..length];
            BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(2), (ushort)((length / 4) - 1));
            for (var i = random.Next(4); i > 0 && length > 4; i--)
            {
                copy[random.Next(4, length)] = (byte)random.Next(256);
            }

            Count(copy).ShouldBeLessThanOrEqualTo(1024);
        }
    }

    [Fact]
    public void A_few_bytes_that_claim_thousands_of_packets_are_read_in_bounds()
    {
        var buffer = new byte[64];
        var writer = new RtcpWriter(buffer);
        var body = writer.Feedback(RtcpType.TransportFeedback, ArrivalFeedback.Format, 1, 2, 28);
        BinaryPrimitives.WriteUInt16BigEndian(body[2..], ushort.MaxValue);
        for (var chunk = 8; chunk < body.Length; chunk += 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(body[chunk..], 0x1FFF);
        }

        Count(buffer[..writer.Length]).ShouldBe(1024);
    }

    private static int Count(byte[] feedback)
    {
        ReadOnlySpan<byte> compound = feedback;
        RtcpPacket.TryReadNext(ref compound, out var packet).ShouldBeTrue();
        var reader = new ArrivalReader(packet);
        var count = 0;
        while (reader.TryRead(out _, out _))
        {
            count++;
        }

        return count;
    }

    private static byte[] Feedback()
    {
        var feedback = new ArrivalFeedback();
        foreach (var (number, at) in Arrivals)
        {
            feedback.Record(number, at);
        }

        var buffer = new byte[1500];
        var writer = new RtcpWriter(buffer);
        feedback.TryWrite(ref writer, 1, 2, Arrivals[^1].At + 1_000_000).ShouldBeTrue();
        return buffer[..writer.Length];
    }
}
