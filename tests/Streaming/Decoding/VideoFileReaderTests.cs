using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Decoding;

public sealed class VideoFileReaderTests : IDisposable
{
    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task Picture_k_is_the_frame_shown_k_intervals_after_the_start()
    {
        // Frame N of this 10 fps file is grey of luma 16 + 5 N, lossless.
        var path = await _clips.MakeAsync(
            "steps.mkv", "-f lavfi -i color=black:s=64x48:r=10:d=4,geq=lum='16+N*5':cb=128:cr=128,format=yuv420p -c:v ffv1");

        var shown = await FrameNumbersAsync(path, new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(0.5) });
        shown.ShouldBe([0, 5, 10, 15, 20, 25, 30, 35]);

        var offBeat = await FrameNumbersAsync(path, new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(0.75) });
        offBeat.Take(5).ShouldBe([0, 7, 15, 22, 30]);

        var part = await FrameNumbersAsync(
            path, new VideoFileReaderOptions { StartAt = TimeSpan.FromSeconds(2), Duration = TimeSpan.FromSeconds(1.5) });
        part.Take(2).ShouldBe([20, 30]);
    }

    [Fact]
    public async Task A_picture_tells_its_place_and_both_sizes_and_keeps_its_colour()
    {
        var path = await _clips.MakeAsync("red.mkv", "-f lavfi -i color=red:s=1280x720:r=5:d=2 -c:v ffv1");
        var origin = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
        var places = new List<DateTimeOffset>();
        var options = new VideoFileReaderOptions { Origin = origin, RoomId = "s01-304" };
        await foreach (var frame in VideoFileReader.ReadAsync(path, options, TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                places.Add(frame.CapturedAt);
                (frame.RoomId, frame.Width, frame.Height).ShouldBe(("s01-304", 1024, 576));
                (frame.SourceWidth, frame.SourceHeight).ShouldBe((1280, 720));
                frame.Pixels.Length.ShouldBe(1024 * 576 * 3);
                var middle = frame.Pixels.Slice((288 * 1024 + 512) * 3, 3);
                middle[0].ShouldBeGreaterThan((byte)240);
                middle[1].ShouldBeLessThan((byte)15);
                middle[2].ShouldBeLessThan((byte)15);
            }
        }

        places.ShouldBe([origin, origin.AddSeconds(1)]);
    }

    [Fact]
    public async Task What_is_not_a_video_is_refused_with_a_reason()
    {
        var path = await _clips.MakeAsync("tone.wav", "-f lavfi -i sine=d=0.2");
        var noVideo = await Should.ThrowAsync<InvalidDataException>(() => FrameNumbersAsync(path, new VideoFileReaderOptions()));
        noVideo.Message.ShouldContain("holds no pictures");

        await File.WriteAllTextAsync(path, "not a film", TestContext.Current.CancellationToken);
        await Should.ThrowAsync<InvalidDataException>(() => FrameNumbersAsync(path, new VideoFileReaderOptions()));
        await Should.ThrowAsync<FileNotFoundException>(() => FrameNumbersAsync(path + ".gone", new VideoFileReaderOptions()));
    }

    private static async Task<List<int>> FrameNumbersAsync(string path, VideoFileReaderOptions options)
    {
        var numbers = new List<int>();
        await foreach (var frame in VideoFileReader.ReadAsync(path, options, TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                numbers.Add((int)Math.Round(frame.Pixels[0] * 219 / 255.0 / 5));
            }
        }

        return numbers;
    }
}
