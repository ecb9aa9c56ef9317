using Shouldly;
using Xunit;
using Xunke.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Codecs;

/// <summary>The payload descriptor of RFC 7741 4.2, byte by byte.</summary>
public sealed class Vp8DescriptorTests
{
    [Theory]
    [InlineData("10 00", 1, true, 0, false)]
    [InlineData("00 00", 1, false, 0, false)]
    [InlineData("11 00", 1, false, 0, false)]
    [InlineData("90 80 05 00", 3, true, 0, false)]
    [InlineData("90 80 85 05 00", 4, true, 0, false)]
    [InlineData("90 E0 85 05 07 00 00", 6, true, 0, false)]
    [InlineData("90 E0 85 05 07 60 00", 6, true, 1, true)]
    [InlineData("80 E0 05 07 80 00", 5, false, 2, false)]
    [InlineData("90 20 40 00", 3, true, 1, false)]
    [InlineData("90 10 60 00", 3, true, 0, false)]
    public void Tells_its_length_where_a_picture_starts_and_the_temporal_layer(
        string bytes, int length, bool starts, int layer, bool layerStarts)
    {
        Vp8Descriptor.TryRead(Convert.FromHexString(bytes.Replace(" ", string.Empty, StringComparison.Ordinal)), out var descriptor)
            .ShouldBeTrue();

        descriptor.ShouldBe(new Vp8Descriptor(length, starts, layer, layerStarts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("90 80")]
    [InlineData("90 80 85 05")]
    [InlineData("90 E0 05 07")]
    [InlineData("90 F0 85 05 07 60")]
    public void One_that_is_cut_off_or_has_no_picture_after_it_is_refused(string bytes) =>
        Vp8Descriptor.TryRead(Convert.FromHexString(bytes.Replace(" ", string.Empty, StringComparison.Ordinal)), out _).ShouldBeFalse();
}
