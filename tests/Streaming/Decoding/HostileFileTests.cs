using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Names that FFmpeg could take for something else, and files that are no recording: each is read, or refused with a true
/// sentence.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("三年级 1班's \"lesson\".mkv")]
    [InlineData("-y.mkv")]
    [InlineData("--help.mkv")]
    [InlineData("100%03d%.mkv")]
    [InlineData("concat:a|b.mkv")]
    [InlineData("http:x.mkv")]
    [InlineData("file:x.mkv")]
    [InlineData("pipe:0.mkv")]
    [InlineData("a\nb.mkv")]
    [InlineData("lesson%03d.jpg")]
    [InlineData("[a];b,c.png")]
    public async Task A_name_is_a_name(string name)
    {
        string made = await _clips.MakeAsync(
            "made" + Path.GetExtension(name), $"-f lavfi -i color=red:s=64x48:r=5:d=2{(name.EndsWith("mkv", StringComparison.Ordinal) ? " -c:v libx264" : " -frames:v 1 -update 1")}");
        string path = Path.Combine(Path.GetDirectoryName(made)!, name);
        File.Move(made, path);

        ShownFile shown = await ShownFile.ReadAsync(path);

        shown.ColourAt(0.5, 0.5).ShouldBe('r');
    }

    [Theory]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:2,\nclip.ts\n#EXT-X-ENDLIST\n")]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile clip.ts\n")]
    public async Task A_list_of_other_files_is_no_recording(string name, string content)
    {
        string clip = await _clips.MakeAsync("clip.ts", "-f lavfi -i color=red:s=64x48:r=5:d=2 -c:v libx264");

        (await RefusalAsync(clip, name, content)).ShouldBe("这是播放列表，不是录像 it is a list of other files and no recording.");
    }

    [Fact]
    public async Task Text_is_no_recording()
    {
        string clip = await _clips.MakeAsync("clip.mkv", "-f lavfi -i color=red:s=64x48:r=5:d=2 -c:v libx264");

        (await RefusalAsync(clip, "lesson.nfo", "a line\nanother line\n")).ShouldBe("这是文字，不是录像 it is text and no recording.");
        (await RefusalAsync(clip, "lesson.mkv", "a line\nanother line\n"))
            .ShouldBe("不是能认出的音视频文件，或已损坏 it is no known kind of video or sound, or damaged.");
        (await RefusalAsync(clip, "lesson.mp4", string.Empty)).ShouldBe("文件是空的 the file is empty.");
    }

    [Fact]
    public async Task A_recording_that_was_cut_off_before_its_index_is_called_incomplete()
    {
        string clip = await _clips.MakeAsync("clip.mp4", "-f lavfi -i testsrc2=s=320x240:r=5:d=4 -c:v libx264");
        byte[] content = await File.ReadAllBytesAsync(clip, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(clip, content[..(content.Length / 2)], TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<InvalidDataException>(() => ShownFile.ReadAsync(clip))).Message.ShouldBe(
            $"'{clip}': 文件不完整，缺少索引 (moov)，可能没有录完或没有拷完 the file is not complete: its index (moov) is missing.");
    }

    [Theory]
    [InlineData("turned.jpg", 6, 'b', 'r', 'b', 'g')]
    [InlineData("turned.jpg", 3, 'b', 'b', 'g', 'r')]
    [InlineData("mirrored.jpg", 2, 'g', 'r', 'b', 'b')]
    public async Task A_photo_is_turned_as_its_camera_says(
        string name, byte orientation, char topLeft, char topRight, char bottomLeft, char bottomRight)
    {
        string path = await _clips.MakeAsync(
            name,
            "-f lavfi -i color=red:s=160x90 -f lavfi -i color=green:s=160x90 -f lavfi -i color=blue:s=320x90 -filter_complex [0][1]hstack[t];[t][2]vstack -frames:v 1 -update 1 -q:v 2");
        byte[] jpeg = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        byte[] exif = [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0"u8, orientation, 0, 0, 0, 0, 0, 0];
        await File.WriteAllBytesAsync(
            path, [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]], TestContext.Current.CancellationToken);

        ShownFile shown = await ShownFile.ReadAsync(path, new VideoFileReaderOptions { Size = new AnalysisSize(1024, 1024) });

        (shown.ColourAt(0.1, 0.1), shown.ColourAt(0.9, 0.1), shown.ColourAt(0.1, 0.9), shown.ColourAt(0.9, 0.9))
            .ShouldBe((topLeft, topRight, bottomLeft, bottomRight));
    }

    [Theory]
    [InlineData("a.bmp")]
    [InlineData("a.tiff")]
    [InlineData("a.webp")]
    [InlineData("a.gif")]
    [InlineData("a.png")]
    public async Task Other_kinds_of_pictures_are_read_whatever_their_names_say(string name)
    {
        string path = await _clips.MakeAsync(name, "-f lavfi -i color=red:s=64x48 -frames:v 1 -update 1");
        string renamed = Path.ChangeExtension(path, ".jpg");
        File.Copy(path, renamed);

        (await ShownFile.ReadAsync(path)).ColourAt(0.5, 0.5).ShouldBe('r');
        (await ShownFile.ReadAsync(renamed)).ColourAt(0.5, 0.5).ShouldBe('r');
    }

    private static async Task<string> RefusalAsync(string beside, string name, string content)
    {
        string path = Path.Combine(Path.GetDirectoryName(beside)!, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        string message = (await Should.ThrowAsync<InvalidDataException>(() => ShownFile.ReadAsync(path))).Message;
        message.ShouldStartWith($"'{path}': ");
        return message[$"'{path}': ".Length..];
    }
}
