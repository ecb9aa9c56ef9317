using System.Buffers.Binary;
using Xunke.Streaming.Rtp;

namespace Xunke.Tests.Streaming.Rtp;

public sealed class ExtensionBlockTests
{
    [Theory]
    [InlineData(3, 0, 8)]
    [InlineData(0, 6, 8)]
    [InlineData(3, 14, 12)]
    public void What_is_written_is_read_again_and_the_payload_follows_it(int arrivalId, int playoutDelayId, int length)
    {
        var block = new ExtensionBlock(arrivalId, playoutDelayId);
        var packet = new byte[100];
        RtpHeader.Write(packet, marker: true, 96, 7, 9000, 1234);

        var offset = block.Write(packet);
        if (block.ArrivalOffset != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(block.ArrivalOffset), 0xABCD);
        }

        block.Length.ShouldBe(length);
        offset.ShouldBe(RtpHeader.FixedLength + length);
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
        header.Length.ShouldBe(offset);
        Read(arrivalId).ShouldBe(arrivalId == 0 ? null : [0xAB, 0xCD]);
        // 10 ms to 100 ms, in units of 10 ms, 12 bits each.
        Read(playoutDelayId).ShouldBe(playoutDelayId == 0 ? null : [0x00, 0x10, 0x0A]);

        byte[]? Read(int id) => id != 0 && HeaderExtension.TryFind(packet, header, id, out var value) ? value.ToArray() : null;
    }

    [Fact]
    public void Without_extensions_the_header_stays_as_it_is()
    {
        var packet = new byte[100];
        RtpHeader.Write(packet, marker: true, 96, 7, 9000, 1234);

        new ExtensionBlock(0, 0).Write(packet).ShouldBe(RtpHeader.FixedLength);

        packet[0].ShouldBe((byte)0x80);
    }
}
