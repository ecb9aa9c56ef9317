using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>Pictures out of the rendered demo classrooms.</summary>
internal static class DemoClips
{
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "demo", "clips", file);

    /// <summary>Pictures of a clip at even intervals; the caller disposes them.</summary>
    public static async Task<List<(TimeSpan Time, RgbFrame Frame)>> ReadAsync(string clip, TimeSpan interval, TimeSpan? duration = null, CancellationToken cancellation = default)
    {
        var options = new VideoFileReaderOptions { Interval = interval, Duration = duration };
        var frames = new List<(TimeSpan, RgbFrame)>();
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(PathOf(clip + ".mkv"), options, cancellation))
        {
            frames.Add((decoded.CapturedAt - options.Origin, new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt)));
        }

        return frames;
    }
}
