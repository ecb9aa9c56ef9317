using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>A file is looked at as it is shown: turned upright, in square pixels, whole pictures, whatever its container and
/// coding.</summary>
public sealed class ShownPictureTests : IDisposable
{
    // Red at the top left, green at the top right, blue below.
    private const string Picture =
        "-f lavfi -i color=red:s=160x90:r=5:d=2 -f lavfi -i color=green:s=160x90:r=5:d=2 -f lavfi -i color=blue:s=320x90:r=5:d=2 -filter_complex [0][1]hstack[t];[t][2]vstack";

    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("sar.mp4", ",scale=180:180,setsar=16/9 -c:v libx264")]
    [InlineData("sar.ts", ",scale=180:180,setsar=16/9 -c:v mpeg2video -q:v 2")]
    [InlineData("sar.avi", ",scale=180:180,setsar=16/9 -c:v mpeg4 -q:v 2")]
    [InlineData("aspect.mkv", ",scale=180:180,setsar=1 -c:v libx264 -aspect 16:9")]
    [InlineData("tall.mkv", ",scale=640:180,setsar=1/2 -c:v ffv1")]
    public async Task Pixels_that_are_not_square_are_made_so(string name, string arguments)
    {
        ShownFile square = await ShownFile.ReadAsync(await _clips.MakeAsync("square.mkv", $"{Picture} -c:v ffv1"));

        ShownFile shown = await ShownFile.ReadAsync(await _clips.MakeAsync(name, Picture + arguments));

        shown.Width.ShouldBe(320);
        shown.Height.ShouldBe(180);
        shown.DifferenceFrom(square).ShouldBeLessThan(4);
    }

    [Fact]
    public async Task A_recording_held_upright_is_turned()
    {
        string lying = await _clips.MakeAsync("lying.mp4", $"{Picture} -c:v libx264");
        string turned = await _clips.MakeAsync("turned.mp4", $"-i {lying} -c copy -metadata:s:v rotate=90");

        ShownFile shown = await ShownFile.ReadAsync(turned, new VideoFileReaderOptions { Size = new AnalysisSize(576, 1024) });

        (shown.Width, shown.Height).ShouldBe((180, 320));
        // Clockwise by 270 degrees or 90: what ffmpeg itself shows.
        ShownFile control = await ShownFile.ReadAsync(await _clips.MakeAsync("control.mkv", $"-i {turned} -c:v ffv1"),
            new VideoFileReaderOptions { Size = new AnalysisSize(576, 1024) });
        shown.DifferenceFrom(control).ShouldBeLessThan(2);
    }

    [Fact]
    public async Task A_turned_recording_with_stretched_pixels_is_turned_before_it_is_stretched()
    {
        string lying = await _clips.MakeAsync("lying.mp4", $"{Picture},scale=160:180,setsar=2 -c:v libx264");
        string turned = await _clips.MakeAsync("turned.mp4", $"-i {lying} -c copy -metadata:s:v rotate=90");

        MediaFileDescription file = await MediaFileProbe.ReadAsync(turned, TestContext.Current.CancellationToken);

        ((double)file.Height / file.Width).ShouldBe(320.0 / 180, 0.02);
    }

    [Fact]
    public async Task A_change_of_shape_on_the_way_neither_squeezes_nor_moves_the_clock()
    {
        string wide = await _clips.MakeAsync("wide.ts", $"{Picture} -c:v libx264 -bf 0");
        string narrow = await _clips.MakeAsync("narrow.ts", $"{Picture},scale=90:180,setsar=1 -c:v libx264 -bf 0 -output_ts_offset 2");
        string squeezed = await _clips.MakeAsync("squeezed.ts", $"{Picture},scale=160:180,setsar=2 -c:v libx264 -bf 0 -output_ts_offset 4");
        string path = Path.Combine(Path.GetDirectoryName(wide)!, "all.ts");
        await File.WriteAllBytesAsync(path, [.. File.ReadAllBytes(wide), .. File.ReadAllBytes(narrow), .. File.ReadAllBytes(squeezed)],
            TestContext.Current.CancellationToken);

        ShownFile shown = await ShownFile.ReadAsync(path);

        (shown.Width, shown.Height, shown.Pictures.Count).ShouldBe((320, 180, 6));
        shown.ColourAt(0.1, 0.2, 1).ShouldBe('r');
        // The narrow one stands between black borders.
        shown.ColourAt(0.1, 0.2, 3).ShouldBe('k');
        shown.ColourAt(0.45, 0.2, 3).ShouldBe('r');
        shown.ColourAt(0.55, 0.2, 3).ShouldBe('g');
        shown.ColourAt(0.1, 0.2, 5).ShouldBe('r');
        shown.ColourAt(0.9, 0.9, 5).ShouldBe('b');
    }

    [Fact]
    public async Task Half_pictures_are_made_whole()
    {
        const string moving = "-f lavfi -i testsrc2=s=320x240:r=50:d=2,format=yuv420p";
        string interlaced = await _clips.MakeAsync(
            "interlaced.mkv", $"{moving} -vf tinterlace=interleave_top,fieldorder=tff -flags +ildct+ilme -c:v mpeg2video -q:v 2");
        var options = new VideoFileReaderOptions { Interval = TimeSpan.FromMilliseconds(200) };

        MediaFileDescription file = await MediaFileProbe.ReadAsync(interlaced, TestContext.Current.CancellationToken);
        ShownFile shown = await ShownFile.ReadAsync(interlaced, options);
        ShownFile woven =
            await ShownFile.ReadAsync(await _clips.MakeAsync("woven.mkv", $"-i {interlaced} -vf setfield=prog -c:v ffv1"), options);

        file.Pictures.ShouldNotBeNull().IsInterlaced.ShouldBeTrue();
        Combing(shown).ShouldBeLessThan(Combing(woven) * 0.7);
    }

    [Theory]
    [InlineData("gray.mkv", "format=gray -c:v ffv1", "??kk")]
    [InlineData("ten.mkv", "format=yuv422p10 -c:v ffv1", "rgbb")]
    [InlineData("full.mkv", "format=yuv444p -c:v libx264 -qp 0", "rgbb")]
    [InlineData("range.mp4", "scale=out_range=full,format=yuvj420p -c:v libx264", "rgbb")]
    [InlineData("odd.mkv", "format=yuv444p,crop=319:179:0:0 -c:v ffv1", "rgbb")]
    [InlineData("alpha.mov", "format=rgba -c:v qtrle", "rgbb")]
    [InlineData("alpha.webm", "format=yuva420p -c:v libvpx-vp9 -deadline realtime", "rgbb")]
    [InlineData("flash.flv", "copy -c:v flv -q:v 2", "rgbb")]
    [InlineData("media.wmv", "copy -c:v wmv2 -q:v 2", "rgbb")]
    [InlineData("phone.3gp", "copy -c:v mpeg4 -q:v 2", "rgbb")]
    [InlineData("old.avi", "copy -c:v mjpeg -q:v 2", "rgbb")]
    [InlineData("raw.h264", "copy -c:v libx264", "rgbb")]
    [InlineData("stream.ts", "copy -c:v libx264 -output_ts_offset 1000", "rgbb")]
    [InlineData("fragments.mp4", "copy -c:v libx264 -movflags frag_keyframe+empty_moov", "rgbb")]
    [InlineData("palette.gif", "copy", "rgbb")]
    public async Task Any_coding_in_any_container_is_read(string name, string arguments, string corners)
    {
        ShownFile shown = await ShownFile.ReadAsync(await _clips.MakeAsync(name, $"{Picture},{arguments}"));

        shown.Pictures.Count.ShouldBe(2);
        new string([shown.ColourAt(0.1, 0.2), shown.ColourAt(0.9, 0.2), shown.ColourAt(0.1, 0.8), shown.ColourAt(0.9, 0.8)])
            .ShouldBe(corners);
    }

    [Fact]
    public async Task Brightness_of_HDR10_is_made_ordinary()
    {
        // 100 cd/m², the white of ordinary pictures, is half of HDR10's scale.
        string path = await _clips.MakeAsync(
            "hdr.mkv", "-f lavfi -i color=0x828282:s=64x48:r=5:d=1,format=yuv420p10 -c:v ffv1 -color_trc smpte2084 -color_primaries bt2020 -colorspace bt2020nc");

        (await ShownFile.ReadAsync(path)).At(0.5, 0.5).Green.ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task A_film_of_one_picture_is_a_lesson_of_one_picture() =>
        (await ShownFile.ReadAsync(await _clips.MakeAsync("one.mp4", $"{Picture} -frames:v 1 -c:v libx264"))).Pictures.Count.ShouldBe(1);

    private static double Combing(ShownFile file)
    {
        double combing = 0;
        int row = file.Width * 3;
        foreach (byte[] pixels in file.Pictures)
        {
            for (int i = row; i < pixels.Length - row; i++)
            {
                combing += Math.Max(
                    0, Math.Abs(pixels[i - row] + pixels[i + row] - 2 * pixels[i]) - Math.Abs(pixels[i - row] - pixels[i + row]));
            }
        }

        return combing / file.Pictures.Count;
    }
}
