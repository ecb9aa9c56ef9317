using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Which stream of a file is the lesson.</summary>
public sealed class LessonTrackTests : IDisposable
{
    private const string Red = "-f lavfi -i color=red:s=640x480:r=5:d=2";
    private const string Still = "-f lavfi -i color=red:s=640x480:r=1:d=1";
    private const string Green = "-f lavfi -i color=green:s=320x240:r=5:d=2";
    private const string Blue = "-f lavfi -i color=blue:s=160x120:r=5:d=2";
    private const string Tone = "-f lavfi -i sine=d=2";

    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Theory]
    [InlineData("cover.mp4", $"{Still} {Green} -map 0 -map 1 -c:v:0 mjpeg -disposition:v:0 attached_pic -c:v:1 libx264 -disposition:v:1 0")]
    [InlineData("thumbnail.mp4", $"{Still} {Green} -map 0 -map 1 -c:v:0 mjpeg -disposition:v:0 default -c:v:1 libx264 -disposition:v:1 0")]
    [InlineData("cover.mov", $"{Still} {Green} {Tone} -map 2 -map 0 -map 1 -c:v:0 png -disposition:v:0 attached_pic -c:v:1 libx264")]
    [InlineData("default.mkv",
        $"{Red} {Green} {Blue} -map 0 -map 1 -map 2 -c:v libx264 -disposition:v:0 0 -disposition:v:1 default -disposition:v:2 0")]
    [InlineData("largest.mkv", $"{Blue} {Green} -map 0 -map 1 -c:v libx264 -disposition:v:0 0 -disposition:v:1 0")]
    [InlineData("largest.mp4", $"{Blue} {Green} -map 0 -map 1 -c:v libx264 -disposition:v:0 default -disposition:v:1 default")]
    [InlineData("sound-first.mkv", $"{Tone} {Green} -map 0 -map 1 -c:v libx264")]
    public async Task Covers_thumbnails_and_side_tracks_are_not_the_lesson(string name, string arguments)
    {
        string path = await _clips.MakeAsync(name, arguments);

        ShownFile shown = await ShownFile.ReadAsync(path);

        (shown.Width, shown.Height).ShouldBe((320, 240));
        shown.ColourAt(0.5, 0.5).ShouldBe('g');
        shown.Pictures.Count.ShouldBeInRange(2, 3, "sound may begin a little before the pictures");
    }

    [Fact]
    public async Task A_track_without_pictures_gives_way_to_the_next()
    {
        string red = await _clips.MakeAsync("red.mkv", $"{Red} -c:v libx264"),
            green = await _clips.MakeAsync("green.mkv", $"{Green} -c:v libx264");
        string path = await _clips.MakeAsync("empty.mkv",
            $"-i {red} -i {green} -map 0:v -map 1:v -c copy -bsf:v:0 noise=drop=1 -disposition:v:0 default -disposition:v:1 0");

        (await ShownFile.ReadAsync(path)).ColourAt(0.5, 0.5).ShouldBe('g');
    }

    [Theory]
    [InlineData("cover.mp3", "-c:a libmp3lame -c:v mjpeg -disposition:v attached_pic")]
    [InlineData("cover.m4a", "-c:a aac -c:v mjpeg -disposition:v attached_pic")]
    [InlineData("cover.flac", "-c:a flac -c:v mjpeg -disposition:v attached_pic")]
    public async Task Sound_with_a_cover_holds_no_pictures(string name, string codecs)
    {
        string path = await _clips.MakeAsync(name, $"{Tone} {Still} -map 0 -map 1 {codecs}");

        MediaFileDescription file = await MediaFileProbe.ReadAsync(path, TestContext.Current.CancellationToken);

        file.HasPictures.ShouldBeFalse();
        file.SoundTracks.ShouldHaveSingleItem().Channels.ShouldBe(1);
        file.Duration!.Value.TotalSeconds.ShouldBe(2, 0.2);
        (await Should.ThrowAsync<InvalidDataException>(() => ShownFile.ReadAsync(path))).Message.ShouldBe(
            $"'{path}': 文件里没有画面 it holds no pictures.");
    }

    [Fact]
    public async Task The_default_sound_comes_first_and_a_commentary_last()
    {
        string path = await _clips.MakeAsync(
            "sounds.mkv",
            $"{Tone} -f lavfi -i sine=d=2 -f lavfi -i anoisesrc=d=2:c=pink -filter_complex [2]aformat=channel_layouts=stereo[s] -map 0 -map 1 -map [s] -c:a flac "
            + "-disposition:a:0 default+comment -disposition:a:1 0 -disposition:a:2 default");

        MediaFileDescription file = await MediaFileProbe.ReadAsync(path, TestContext.Current.CancellationToken);

        file.SoundTracks.ShouldBe([new SoundTrack(2, 2), new SoundTrack(1, 1), new SoundTrack(0, 1)]);
    }
}
