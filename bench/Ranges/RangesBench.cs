using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Models;
using Xunke.Analytics.Models.TensorFlowJs;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Bench.Ranges;

/// <summary>
/// How far the values of the models' layers go over clips, and whether that lies in the tables by which they are computed in 8-bit
/// numbers. Prints the tables that the clips would give, to be put into analytics/Models/Ranges.
/// </summary>
internal static class RangesBench
{
    private const int CropSide = 192;

    /// <summary>Pictures that nobody measured go a little further.</summary>
    private const float Widening = 1.1f;

    /// <summary>A person with room for an arm, in heights of the box.</summary>
    private const float CropOfBox = 1.3f;

    /// <summary>Arguments: clips; those of the demo if none is given.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "demo", "clips");
        string[] clips = args.Length > 0 ? args : [Path.Combine(folder, "front60.mkv"), Path.Combine(folder, "rear20.mkv")];
        ModelFiles published = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory, NullLogger.Instance,
            ModelPrecision.Float, cancellationToken);
        using var estimator = PoseEstimator.Load(published);
        GraphModel multiPose = Read(ModelRecipe.MultiPose), singlePose = Read(ModelRecipe.SinglePose);
        using var room = new RangeMeter(multiPose, ModelRecipe.MultiPose);
        using var person = new RangeMeter(singlePose, ModelRecipe.SinglePose);
        var sizes = new PoseEstimatorOptions();
        byte[] crop = new byte[CropSide * CropSide * 3];
        foreach (string clip in clips)
        {
            await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(
                clip, new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(2) }, cancellationToken))
            {
                using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
                foreach ((int width, int height) in new[] { (sizes.FineWidth, sizes.FineHeight), (sizes.CoarseWidth, sizes.CoarseHeight) })
                {
                    byte[] picture = new byte[width * height * 3];
                    PictureSampler.Scale(
                        frame, new RowBand(0, frame.Height), picture, width, Math.Min(height, frame.Height * width / frame.Width), width);
                    room.Add(picture, width, height);
                }

                foreach (Pose pose in estimator.Estimate(frame))
                {
                    float half = CropOfBox * pose.Box.Height / 2, x = (pose.Box.Left + pose.Box.Right) / 2,
                        y = (pose.Box.Top + pose.Box.Bottom) / 2;
                    PictureSampler.Cut(frame, new Box(x - half, y - half, x + half, y + half), crop, CropSide, CropSide, CropSide);
                    person.Add(crop, CropSide, CropSide);
                }
            }
        }

        (double roomFurthest, int roomMissing) = Print(room, multiPose, ModelRecipe.MultiPose);
        (double personFurthest, int personMissing) = Print(person, singlePose, ModelRecipe.SinglePose);
        return new BenchResult(
            "ranges", Math.Max(roomFurthest, personFurthest), 1, "how far a layer's values go over its range in the table, at most",
            new Dictionary<string, double> { ["layersMissing"] = roomMissing + personMissing });
    }

    private static GraphModel Read(ModelRecipe recipe) =>
        GraphModelReader.Read(Path.Combine(ModelStore.DefaultSourceDirectory, recipe.Name + ".json"));

    private static (double Furthest, int Missing) Print(RangeMeter meter, GraphModel model, ModelRecipe recipe)
    {
        var table = ActivationRanges.Of(recipe);
        double furthest = 0;
        int missing = 0;
        Console.WriteLine(recipe.Name);
        foreach ((string node, ValueRange range) in meter.Ranges)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"    \"{node}\": [{range.Least * Widening:f2}, {range.Greatest * Widening:f2}],"));
            if (table.Of(model.Node(node)) is { } known)
            {
                furthest = Math.Max(furthest, Math.Max(range.Least / known.Least, range.Greatest / known.Greatest));
            }
            else
            {
                missing++;
            }
        }

        return (furthest, missing);
    }
}
