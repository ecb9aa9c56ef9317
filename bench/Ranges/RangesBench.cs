using System.Globalization;
using Xunke.Analytics.Models;
using Xunke.Analytics.Models.TensorFlowJs;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Bench.Ranges;

/// <summary>
/// How far the values of MoveNet MultiPose's layers go over clips, and whether that lies in the table by which they are computed in
/// 8-bit numbers. Prints the table that the clips would give, to be put into analytics/Models/Ranges.
/// </summary>
internal static class RangesBench
{
    private const int Width = 832, Height = 480;

    /// <summary>Pictures that nobody measured go a little further.</summary>
    private const float Widening = 1.1f;

    /// <summary>Arguments: clips; those of the demo if none is given.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "demo", "clips");
        string[] clips = args.Length > 0 ? args : [Path.Combine(folder, "front60.mkv"), Path.Combine(folder, "rear20.mkv")];
        GraphModel model = GraphModelReader.Read(Path.Combine(ModelStore.DefaultSourceDirectory, ModelRecipe.MultiPose.Name + ".json"));
        using var meter = new RangeMeter(model, ModelRecipe.MultiPose);
        var sampler = new PictureSampler();
        byte[] picture = new byte[Width * Height * 3];
        foreach (string clip in clips)
        {
            await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(2) }, cancellationToken))
            {
                using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
                sampler.Sample(frame, new Box(0, 0, frame.Width, frame.Height), picture, Width, Math.Min(Height, frame.Height * Width / frame.Width), Width);
                meter.Add(picture, Width, Height);
            }
        }

        ActivationRanges table = ActivationRanges.Of(ModelRecipe.MultiPose);
        double furthest = 0;
        int missing = 0;
        foreach ((string node, ValueRange range) in meter.Ranges)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    \"{node}\": [{range.Least * Widening:f2}, {range.Greatest * Widening:f2}],"));
            if (table.Of(model.Node(node)) is { } known)
            {
                furthest = Math.Max(furthest, Math.Max(range.Least / known.Least, range.Greatest / known.Greatest));
            }
            else
            {
                missing++;
            }
        }

        return new BenchResult(
            "ranges", furthest, 1, "how far a layer's values go over its range in the table, at most", new Dictionary<string, double> { ["layersMissing"] = missing });
    }
}
