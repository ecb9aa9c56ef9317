using Shouldly;
using Xunit;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>Scaling pictures and cutting crops.</summary>
public sealed class PictureSamplerTests
{
    [Fact]
    public void The_same_size_gives_the_same_picture()
    {
        using RgbFrame frame = Frames.Make(37, 23, (x, y) => ((byte)(x * 5), (byte)(y * 9), (byte)((x * y) % 256)));

        Scale(frame, 37, 23).ShouldBe(frame.Pixels.ToArray());
        Cut(frame, new Box(0, 0, 37, 23), 37, 23).ShouldBe(frame.Pixels.ToArray());
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(173, 91)]
    public void One_colour_stays_that_colour_up_to_the_edges(int width, int height)
    {
        using RgbFrame frame = Frames.Make(64, 48, (_, _) => (10, 200, 77));

        byte[] pixels = Scale(frame, width, height);

        pixels.Chunk(3).ShouldAllBe(pixel => pixel[0] == 10 && pixel[1] == 200 && pixel[2] == 77);
    }

    [Fact]
    public void Shrinking_averages_what_lies_between()
    {
        using RgbFrame stripes = Frames.Make(120, 40, (x, _) => x % 2 == 0 ? ((byte)0, (byte)0, (byte)0) : ((byte)200, (byte)200, (byte)200));

        byte[] pixels = Scale(stripes, 30, 10);

        pixels.ShouldAllBe(value => value >= 85 && value <= 115);
    }

    [Fact]
    public void A_crop_shows_its_region_and_black_outside_the_frame()
    {
        using RgbFrame frame = Frames.Make(50, 50, (x, y) => x < 25 && y < 25 ? ((byte)255, (byte)0, (byte)0) : ((byte)0, (byte)255, (byte)0));

        byte[] pixels = Cut(frame, new Box(-20, -20, 20, 20), 80, 80);

        PixelAt(pixels, 80, 10, 10).ShouldBe([0, 0, 0]);
        PixelAt(pixels, 80, 30, 60).ShouldBe([0, 0, 0]);
        PixelAt(pixels, 80, 60, 60).ShouldBe([255, 0, 0]);
    }

    [Fact]
    public void A_region_beside_the_frame_is_black()
    {
        using RgbFrame frame = Frames.Make(50, 50, (_, _) => (255, 255, 255));

        Cut(frame, new Box(60, 0, 90, 30), 16, 16).ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Rows_are_scaled_into_a_wider_target_and_the_rest_of_it_is_left()
    {
        using RgbFrame frame = Frames.Make(40, 40, (_, y) => y < 20 ? ((byte)0, (byte)0, (byte)0) : ((byte)200, (byte)200, (byte)200));
        var target = new byte[32 * 10 * 3];

        PictureSampler.Scale(frame, new RowBand(20, 40), target, 20, 10, 32);

        target.Chunk(32 * 3).ShouldAllBe(row => row.Take(60).All(value => value == 200) && row.Skip(60).All(value => value == 0));
    }

    private static byte[] Scale(RgbFrame frame, int width, int height)
    {
        var target = new byte[width * height * 3];
        PictureSampler.Scale(frame, new RowBand(0, frame.Height), target, width, height, width);
        return target;
    }

    private static byte[] Cut(RgbFrame frame, Box region, int width, int height)
    {
        var target = new byte[width * height * 3];
        target.AsSpan().Fill(1);
        PictureSampler.Cut(frame, region, target, width, height, width);
        return target;
    }

    private static byte[] PixelAt(byte[] pixels, int width, int x, int y) => pixels[(((y * width) + x) * 3)..][..3];
}
