using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>Views that cannot be trusted, made by ffmpeg out of the demo's classroom.</summary>
public sealed class TamperWatchTests(MadeClips clips) : IClassFixture<MadeClips>
{
    private const string Small = "scale=832:468";

    [Fact]
    public async Task A_lesson_as_it_is_has_nothing_wrong()
    {
        (await WatchAsync(Clips.Front, seconds: 40)).ShouldBeEmpty();
        (await WatchAsync(Clips.Rear, seconds: 20)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("blurred.mkv", "boxblur=6:2", Tamper.Blurred)]
    [InlineData("dark.mkv", "eq=brightness=-0.62:contrast=0.3", Tamper.Dark)]
    [InlineData("covered.mkv", "drawbox=c=0x705040:t=fill", Tamper.Covered)]
    public async Task What_happens_to_the_view_midway_is_told_with_its_time(string name, string filter, Tamper expected)
    {
        string clip = clips.Make(name, "-t", "16", "-i", Clips.Front, "-an", "-vf", $"{Small},{filter}:enable='gte(t,8)'", "-c:v", "mjpeg", "-q:v", "3");

        TamperEvent happened = (await WatchAsync(clip)).ShouldHaveSingleItem();

        happened.Kind.ShouldBe(expected);
        (happened.From - DateTimeOffset.UnixEpoch).TotalSeconds.ShouldBe(8, 1);
        (happened.To - DateTimeOffset.UnixEpoch).TotalSeconds.ShouldBeGreaterThanOrEqualTo(14);
    }

    [Fact]
    public async Task A_picture_that_has_stopped_is_frozen()
    {
        string clip = clips.Make("frozen.mkv", "-t", "6", "-i", Clips.Front, "-an", "-vf", $"{Small},tpad=stop_mode=clone:stop_duration=20", "-c:v", "mjpeg", "-q:v", "3");

        TamperEvent happened = (await WatchAsync(clip)).ShouldHaveSingleItem();

        happened.Kind.ShouldBe(Tamper.Frozen);
        (happened.From - DateTimeOffset.UnixEpoch).TotalSeconds.ShouldBe(6, 1.5);
    }

    [Fact]
    public async Task Another_view_that_stays_is_a_moved_camera()
    {
        string clip = clips.Make(
            "moved.mkv", "-t", "12", "-i", Clips.Front, "-t", "16", "-i", Clips.Rear, "-an",
            "-filter_complex", $"[0:v]{Small},fps=5[a];[1:v]{Small},fps=5[b];[a][b]concat=n=2:v=1:a=0", "-c:v", "mjpeg", "-q:v", "3");

        TamperEvent happened = (await WatchAsync(clip)).ShouldHaveSingleItem();

        happened.Kind.ShouldBe(Tamper.Moved);
        (happened.From - DateTimeOffset.UnixEpoch).TotalSeconds.ShouldBeInRange(12, 21);
    }

    [Fact]
    public async Task Brighter_light_is_no_other_view()
    {
        string clip = clips.Make(
            "light.mkv", "-t", "20", "-i", Clips.Front, "-an", "-vf", $"{Small},eq=brightness=0.12:contrast=0.8:enable='gte(t,8)'", "-c:v", "mjpeg", "-q:v", "3");

        (await WatchAsync(clip)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<TamperEvent>> WatchAsync(string clip, int? seconds = null)
    {
        var watch = new TamperWatch();
        var log = new TamperLog();
        var options = new VideoFileReaderOptions { Duration = seconds is { } most ? TimeSpan.FromSeconds(most) : null };
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, options, TestContext.Current.CancellationToken))
        {
            using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
            log.Add(watch.Look(frame), frame.CapturedAt, watch.SameSince);
        }

        return log.Events;
    }
}
