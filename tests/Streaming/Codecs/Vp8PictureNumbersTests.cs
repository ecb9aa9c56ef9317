using Shouldly;
using Xunit;
using Xunke.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Codecs;

/// <summary>PictureID and TL0PICIDX of RFC 7741 4.2, byte by byte.</summary>
public sealed class Vp8PictureNumbersTests
{
    private Vp8PictureNumbers? _shift;
    private Vp8PictureNumbers? _last;

    [Theory]
    [InlineData("90 80 05 00", 5, 0)]
    [InlineData("90 80 85 05 00", 0x505, 0)]
    [InlineData("90 E0 85 05 07 00 00", 0x505, 7)]
    [InlineData("80 E0 05 07 80 00", 5, 7)]
    public void Are_read_in_either_length(string bytes, int picture, int baseIndex)
    {
        Vp8PictureNumbers.TryRead(Bytes(bytes), out var numbers).ShouldBeTrue();

        numbers.ShouldBe(new Vp8PictureNumbers(picture, baseIndex));
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("10 00 00 00")]
    [InlineData("90 60 07 00 00")]
    [InlineData("90 80 85 05")]
    [InlineData("90 C0 85 05")]
    public void Are_left_alone_where_there_are_none(string bytes)
    {
        var payload = Bytes(bytes);

        Vp8PictureNumbers.Continue(payload, ref _shift, ref _last, isNewest: true);

        payload.ShouldBe(Bytes(bytes));
        _last.ShouldBeNull();
    }

    [Fact]
    public void Go_on_behind_another_source_and_wrap()
    {
        Continue("90 E0 FF FE FE 00 00").ShouldBe("90E0FFFEFE0000");
        Continue("90 E0 FF FF FF 00 00").ShouldBe("90E0FFFFFF0000");

        _shift = null;

        Continue("90 E0 81 05 20 00 00").ShouldBe("90E08000000000");
        Continue("90 E0 81 06 21 00 00").ShouldBe("90E08001010000");
    }

    [Fact]
    public void A_late_packet_is_moved_as_its_picture_was_and_sets_nothing_back()
    {
        Continue("90 E0 80 64 0A 00 00");
        _shift = null;
        Continue("90 E0 83 05 20 00 00").ShouldBe("90E080650B0000");
        Continue("90 E0 83 06 21 00 00").ShouldBe("90E080660C0000");

        var late = Bytes("80 E0 83 05 20 00 00");
        Vp8PictureNumbers.Continue(late, ref _shift, ref _last, isNewest: false);

        Convert.ToHexString(late).ShouldBe("80E080650B0000");
        _last.ShouldBe(new Vp8PictureNumbers(0x66, 0x0C));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

    private string Continue(string hex)
    {
        var payload = Bytes(hex);
        Vp8PictureNumbers.Continue(payload, ref _shift, ref _last, isNewest: true);
        return Convert.ToHexString(payload);
    }
}
