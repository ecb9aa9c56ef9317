using System.Buffers.Binary;
using Shouldly;
using Xunke.Streaming.Rtcp;

namespace Xunke.Tests.Streaming.Rtcp;

/// <summary>A transport-wide feedback packet read straight from the draft's text, independently of the writer.</summary>
internal sealed record DecodedFeedback(ushort First, byte FeedbackCount, IReadOnlyList<(ushort SequenceNumber, long? Microseconds)> Packets)
{
    public static DecodedFeedback Parse(in RtcpPacket packet)
    {
        packet.Type.ShouldBe(RtcpType.TransportFeedback);
        packet.Count.ShouldBe(15);
        var body = packet.Body[8..];
        var first = BinaryPrimitives.ReadUInt16BigEndian(body);
        var count = BinaryPrimitives.ReadUInt16BigEndian(body[2..]);
        long time = (body[4] << 16 | body[5] << 8 | body[6]) * 64_000L;
        var feedbackCount = body[7];
        var symbols = new List<int>();
        var offset = 8;
        while (symbols.Count < count)
        {
            var chunk = BinaryPrimitives.ReadUInt16BigEndian(body[offset..]);
            offset += 2;
            if ((chunk & 0x8000) == 0)
            {
                symbols.AddRange(Enumerable.Repeat((chunk >> 13) & 3, chunk & 0x1FFF));
            }
            else if ((chunk & 0x4000) == 0)
            {
                symbols.AddRange(Enumerable.Range(0, 14).Select(bit => (chunk >> (13 - bit)) & 1));
            }
            else
            {
                symbols.AddRange(Enumerable.Range(0, 7).Select(pair => (chunk >> (12 - (2 * pair))) & 3));
            }
        }

        var packets = new List<(ushort, long?)>();
        for (var i = 0; i < count; i++)
        {
            long? arrival = null;
            if (symbols[i] == 1)
            {
                time += 250 * body[offset++];
                arrival = time;
            }
            else if (symbols[i] == 2)
            {
                time += 250 * BinaryPrimitives.ReadInt16BigEndian(body[offset..]);
                offset += 2;
                arrival = time;
            }

            packets.Add(((ushort)(first + i), arrival));
        }

        (body.Length - offset).ShouldBeInRange(0, 3);
        return new DecodedFeedback(first, feedbackCount, packets);
    }
}
