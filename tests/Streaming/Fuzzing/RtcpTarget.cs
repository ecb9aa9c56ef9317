using Xunke.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>RTCP compounds and all that is read out of their packets.</summary>
internal sealed class RtcpTarget : FuzzTarget
{
    public override string Name => "rtcp";

    public override IReadOnlyList<byte[]> Corpus { get; } = MediaCorpus.Rtcp;

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        ReadOnlySpan<byte> compound = input;
        while (RtcpPacket.TryReadNext(ref compound, out var packet))
        {
            SenderReport.TryRead(packet, out _);
            for (var i = 0; ReportBlock.TryRead(packet, i, out _); i++)
            {
                Expect.True(i < 31, "more report blocks than five bits can count");
            }

            ReferenceTime.TryReadDelay(packet, 1, out _, out _);
            var reported = 0;
            for (var arrivals = new ArrivalReader(packet); arrivals.TryRead(out _, out _); reported++)
            {
                Expect.True(reported < ushort.MaxValue, "feedback on more packets than 16 bits can count");
            }

            var asked = 0;
            for (var reader = new NackReader(packet); reader.TryRead(out _); asked++)
            {
                Expect.True(asked < 17 * packet.Body.Length / 4, "a NACK asks for more than its entries can name");
            }
        }
    }
}
