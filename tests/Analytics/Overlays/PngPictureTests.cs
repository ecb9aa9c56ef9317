using Xunke.Analytics.Overlays;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Overlays;

public sealed class PngPictureTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(832, 468)]
    public async Task What_is_written_is_read_by_others_pixel_for_pixel(int width, int height)
    {
        byte[] pixels = new byte[width * height * 3];
        new Random(5).NextBytes(pixels);

        DecodedPng read = await DecodedPng.ReadAsync(PngPicture.Encode(width, height, pixels));

        (read.Width, read.Height).ShouldBe((width, height));
        read.Pixels.ShouldBe(pixels);
    }

    [Fact]
    public void Pixels_that_do_not_fit_the_size_are_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => PngPicture.Encode(2, 2, new byte[11]));
}
