using Shouldly;
using Xunit;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Rtp;

namespace Xunke.Tests.Streaming.Rtp;

public sealed class RtpHeaderTests
{
    [Fact]
    public void A_written_header_is_read_back()
    {
        var packet = new byte[20];
        RtpHeader.Write(packet, marker: true, payloadType: 102, sequenceNumber: 65535, timestamp: 0xFFFF_FFF0, ssrc: 0x8765_4321);

        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();

        header.Marker.ShouldBeTrue();
        header.PayloadType.ShouldBe((byte)102);
        header.SequenceNumber.ShouldBe((ushort)65535);
        header.Timestamp.ShouldBe(0xFFFF_FFF0u);
        header.Ssrc.ShouldBe(0x8765_4321u);
        header.Length.ShouldBe(12);
        header.PayloadLength.ShouldBe(8);
    }

    [Fact]
    public void Contributing_sources_extension_and_padding_are_measured()
    {
        byte[] packet =
        [
            0xB2, 0x60, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3,
            0, 0, 0, 4, 0, 0, 0, 5,
            0xBE, 0xDE, 0, 1, 0x31, 0xAB, 0xCD, 0,
            9, 9, 9, 0, 0, 3,
        ];

        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();

        header.Length.ShouldBe(28);
        header.PayloadLength.ShouldBe(3);
        header.PaddingLength.ShouldBe(3);
        HeaderExtension.TryFind(packet, header, 3, out var value).ShouldBeTrue();
        value.ToArray().ShouldBe([0xAB, 0xCD]);
        HeaderExtension.TryFind(packet, header, 4, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_example_of_RFC_8285_with_padding_between_elements_is_read()
    {
        // RFC 8285 4.2: three elements of one, two and four bytes with padding bytes between.
        byte[] packet =
        [
            0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3,
            0xBE, 0xDE, 0, 3, 0x10, 0xAA, 0x21, 0xBB, 0xBB, 0, 0, 0x33, 0xCC, 0xCC, 0xCC, 0xCC,
        ];
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();

        HeaderExtension.TryFind(packet, header, 1, out var one).ShouldBeTrue();
        one.ToArray().ShouldBe([0xAA]);
        HeaderExtension.TryFind(packet, header, 2, out var two).ShouldBeTrue();
        two.ToArray().ShouldBe([0xBB, 0xBB]);
        HeaderExtension.TryFind(packet, header, 3, out var four).ShouldBeTrue();
        four.ToArray().ShouldBe([0xCC, 0xCC, 0xCC, 0xCC]);
    }

    [Fact]
    public void Two_byte_elements_may_be_empty_long_and_numbered_beyond_fourteen()
    {
        byte[] packet =
        [
            0x90, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3,
            0x10, 0x00, 0, 3, 1, 0, 0, 200, 2, 0xAB, 0xCD, 0, 0, 15, 1, 0xEE,
        ];
        RtpHeader.TryParse(packet, out var header).ShouldBeTrue();

        HeaderExtension.TryFind(packet, header, 1, out var empty).ShouldBeTrue();
        empty.Length.ShouldBe(0);
        HeaderExtension.TryFind(packet, header, 200, out var value).ShouldBeTrue();
        value.ToArray().ShouldBe([0xAB, 0xCD]);
        HeaderExtension.TryFind(packet, header, 15, out value).ShouldBeTrue();
        value.ToArray().ShouldBe([0xEE]);
    }

    [Theory]
    [InlineData("80600001000000020000")]
    [InlineData("406000010000000200000003")]
    [InlineData("8F6000010000000200000003")]
    [InlineData("906000010000000200000003BEDE0009")]
    [InlineData("A06000010000000200000003000000FF")]
    [InlineData("A0600001000000020000000300000000")]
    public void A_packet_whose_lengths_do_not_add_up_is_refused(string hex) =>
        RtpHeader.TryParse(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void Random_bytes_never_break_the_parsers()
    {
        var random = new Random(8285);
        var packet = new byte[64];
        for (var round = 0; round < 200_000; round++)
        {
            random.NextBytes(packet);
            packet[0] = (byte)((packet[0] & 0x3F) | 0x80);
            if ((round & 1) == 0)
            {
                packet[12] = 0xBE;
                packet[13] = 0xDE;
            }

            var span = packet.AsSpan(0, random.Next(packet.Length + 1));
            if (RtpHeader.TryParse(span, out var header))
            {
                (header.Length + header.PayloadLength + header.PaddingLength).ShouldBe(span.Length);
                HeaderExtension.TryFind(span, header, random.Next(1, 256), out _);
                KeyFrame.StartsIn(Xunke.Streaming.VideoCodec.H264, span.Slice(header.Length, header.PayloadLength));
                KeyFrame.StartsIn(Xunke.Streaming.VideoCodec.Vp8, span.Slice(header.Length, header.PayloadLength));
            }
        }
    }
}
