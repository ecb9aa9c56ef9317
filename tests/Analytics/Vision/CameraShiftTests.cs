using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>
/// A camera that is moved, and much that looks like it, made by ffmpeg out of the demo's classrooms: 80 % of the clip is what the camera
/// sees, and from second 10 on something happens to it.
/// </summary>
public sealed class CameraShiftTests(MadeClips clips) : IClassFixture<MadeClips>
{
    private const string Size = "scale=832:468";
    private const string Usual = $"crop=1024:576:128:72,{Size}";

    [Theory]
    [InlineData("pan-10-percent", "crop=1024:576:230:72")]
    [InlineData("pan-5-percent", "crop=1024:576:179:72")]
    [InlineData("tilt-10-percent", "crop=1024:576:128:130")]
    [InlineData("zoom-in-1.1", "crop=930:524:175:98")]
    [InlineData("zoom-in-1.5", "crop=682:384:299:168")]
    [InlineData("zoom-out-0.85", "crop=1204:678:38:21")]
    [InlineData("turned-4-degrees", "rotate=4*PI/180,crop=1024:576:128:72")]
    public async Task A_view_that_shifts_and_stays_is_a_moved_camera(string name, string after)
    {
        foreach (string lesson in new[] { Clips.Front, Clips.Rear })
        {
            TamperEvent happened = (await WatchAsync(Change(name, lesson, after, "gte(t,10)"))).ShouldHaveSingleItem();

            happened.Kind.ShouldBe(Tamper.Moved);
            (happened.From - DateTimeOffset.UnixEpoch).TotalSeconds.ShouldBeInRange(16, 20);
        }
    }

    [Theory]
    [InlineData("bumped", "crop=1024:576:230:72", "between(t,10,14.5)")]
    [InlineData("shaken", "crop=1024:576:'128+100*mod(floor(t/2),2)':72", "between(t,10,14.5)")]
    [InlineData("trembling", "crop=1024:576:'128+8*mod(floor(t),2)':72", "gte(t,10)")]
    public async Task A_camera_that_comes_back_was_not_moved(string name, string meanwhile, string when) =>
        (await WatchAsync(Change(name, Clips.Front, meanwhile, when))).ShouldBeEmpty();

    [Theory]
    [InlineData("lights-off", "eq=brightness=-0.25:contrast=0.5")]
    [InlineData("lights-on", "eq=brightness=0.2:contrast=1.3")]
    [InlineData("warm-light", "colorbalance=rm=0.4:bm=-0.4")]
    [InlineData("curtains-open-on-one-side", "lutrgb=r='min(255,val*1.8)':g='min(255,val*1.8)':b='min(255,val*1.8)':enable=1,crop=512:576:0:0,pad=1024:576:0:0:color=black@0")]
    [InlineData("somebody-before-the-lens", "drawbox=x=0:y=0:w=420:h=576:c=0x705040:t=fill")]
    public async Task Other_light_and_who_stands_before_the_lens_are_no_other_view(string name, string change)
    {
        foreach (string lesson in new[] { Clips.Front, Clips.Rear })
        {
            (await WatchAsync(Change(name, lesson, $"crop=1024:576:128:72,{change}", "gte(t,10)"))).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_class_that_gets_up_writes_and_talks_moves_no_camera() =>
        (await WatchAsync(clips.Make("lesson.mkv", ["-i", Clips.Front, "-an", "-vf", Usual, .. Coded]))).ShouldBeEmpty();

    [Fact]
    public async Task A_covered_lens_is_covered_and_not_moved()
    {
        string clip = Change("covered", Clips.Front, "crop=1024:576:128:72,drawbox=c=0x705040:t=fill", "between(t,10,18)");

        (await WatchAsync(clip)).ShouldHaveSingleItem().Kind.ShouldBe(Tamper.Covered);
    }

    private static string[] Coded => ["-c:v", "mjpeg", "-q:v", "3"];

    /// <summary>A lesson of 24 seconds whose pictures are another cut of the clip while the expression holds.</summary>
    private string Change(string name, string lesson, string after, string when) => clips.Make(
        $"{name}-{Path.GetFileNameWithoutExtension(lesson)}.mkv",
        [
            "-stream_loop", "1", "-i", lesson, "-t", "24", "-an",
            "-filter_complex", $"[0:v]fps=5,split[a][b];[a]{Usual}[c];[b]{after},{Size}[d];[c][d]overlay=enable='{when}'", .. Coded,
        ]);

    private static async Task<IReadOnlyList<TamperEvent>> WatchAsync(string clip)
    {
        var watch = new TamperWatch();
        var log = new TamperLog();
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
            log.Add(watch.Look(frame), frame.CapturedAt, watch.SameSince);
        }

        return log.Events;
    }
}
