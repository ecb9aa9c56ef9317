using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Models;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Analytics.Behaviours;

namespace Xunke.Bench.Postures;

/// <summary>
/// Writes what the posture network is taught from: for each pupil found in rendered clips, the features that MoveNet sees around him
/// and what he does. Each picture is looked at once as it is and several times changed: mirrored, nearer or farther, in other light.
/// </summary>
internal static class PosturesBench
{
    /// <summary>A pose is a pupil's if its face is so far from the head's middle at most, in radii of the head.</summary>
    private const float HeadTolerance = 1.5f;

    /// <summary>
    /// Arguments: <c>--changed N</c>, how often each picture is looked at again, changed (2 if left out); and clips whose pictures are a
    /// second apart, with their ground truth beside them (NAME.mkv, NAME_gt.jsonl.gz). Beside each clip are written NAME.cuts (16-bit
    /// floats, [people, 112, 16, 16]) and NAME.labels (bytes, [people, 5]: whether the picture was changed, then the postures in the order
    /// of <see cref="Posture"/>).
    /// </summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        int changed = args is ["--changed", var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 2;
        string[] clips = args is ["--changed", ..] ? args[2..] : args;
        ModelFiles models = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory, NullLogger.Instance,
            ModelPrecision.Int8, cancellationToken);
        using var multiPose = new InferenceSession(models.MultiPose);
        using var cutter = new InferenceSession(PostureGraph.BuildCutter().ToByteArray());
        var sizes = new PoseEstimatorOptions();
        using var fine = new BoundModel(multiPose, ModelRecipe.MultiPose, sizes.FineWidth, sizes.FineHeight);
        using var coarse = new BoundModel(multiPose, ModelRecipe.MultiPose, sizes.CoarseWidth, sizes.CoarseHeight);
        var decoder = new MultiPoseDecoder();
        using var reader = new PostureReader(cutter, PostureGraph.CutsName, PostureGraph.Channels, PostureGraph.Side, PostureGraph.Side);
        var changes = new PictureChanges();
        foreach (string clip in clips)
        {
            IReadOnlyList<IReadOnlyList<RenderedPerson>> truth = GroundTruth.Read(clip);
            using var cuts = new BinaryWriter(File.Create(Path.ChangeExtension(clip, "cuts")));
            using var labels = new BinaryWriter(File.Create(Path.ChangeExtension(clip, "labels")));
            var options = new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(1) };
            int second = 0, written = 0;
            await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, options, cancellationToken))
            {
                using var picture = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
                for (int look = 0; look <= changed && second < truth.Count; look++)
                {
                    PictureChange change = look == 0 ? PictureChange.None : changes.Next();
                    written += Look(change.IsCoarse ? coarse : fine, picture, change, truth[second]);
                }

                second++;
            }

            Console.WriteLine($"{clip}: {written} looks at pupils");

            int Look(BoundModel model, RgbFrame picture, PictureChange change, IReadOnlyList<RenderedPerson> shown)
            {
                float scale = change.Apply(picture, model);
                model.Run();
                List<PersonCandidate> people = decoder.Decode(model, model.Width, model.Height);
                ReadOnlySpan<float> values = reader.Read(model, people);
                int each = values.Length / Math.Max(1, people.Count), count = 0;
                for (int i = 0; i < people.Count; i++)
                {
                    if (Find(people[i], shown, change, picture.Width, scale) is { IsPupil: true, InTransition: false } pupil)
                    {
                        foreach (float value in values.Slice(i * each, each))
                        {
                            cuts.Write((Half)value);
                        }

                        labels.Write([
                            Bit(change != PictureChange.None), Bit(pupil.Expected == Behaviour.HandRaised),
                            Bit(pupil.Expected == Behaviour.HeadDown),
                            Bit(pupil.Expected == Behaviour.HeadOnDesk), Bit(pupil.IsTalking),
                        ]);
                        count++;
                    }
                }

                return count;
            }
        }

        return null;
    }

    /// <summary>Whose head the found face is.</summary>
    private static RenderedPerson? Find(
        PersonCandidate person, IReadOnlyList<RenderedPerson> shown, PictureChange change, int width, float scale)
    {
        Keypoint nose = person[Joint.Nose];
        (RenderedPerson Person, float Distance)? nearest = null;
        foreach (RenderedPerson other in shown)
        {
            (float x, float y) = change.Place(other.HeadX, other.HeadY, width);
            float distance = float.Hypot(nose.X - (x * scale), nose.Y - (y * scale)) * change.Window / (other.HeadRadius * scale);
            if (distance < HeadTolerance && distance < (nearest?.Distance ?? float.MaxValue))
            {
                nearest = (other, distance);
            }
        }

        return nearest?.Person;
    }

    private static byte Bit(bool value) => value ? (byte)1 : (byte)0;
}
