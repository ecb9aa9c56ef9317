using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>One person as the renderer placed him, in pixels of the analysed frame.</summary>
/// <param name="Id">The pupil, stable within the clip.</param>
/// <param name="IsPupil">False for the teacher.</param>
/// <param name="Expected">What the rules ought to say; Unknown where the clip shows something that they do not name.</param>
/// <param name="InTransition">Between two poses: not scored.</param>
/// <param name="HeadX">Middle of the head.</param>
/// <param name="HeadY">Middle of the head.</param>
/// <param name="HeadRadius">Half the head's longer side.</param>
/// <param name="IsTalking">Turned to a neighbour and talking.</param>
/// <param name="Place">Where the teacher is; Unknown for pupils.</param>
/// <param name="Pose">The joints as drawn; those hidden by furniture or people have score 0.</param>
internal sealed record RenderedPerson(
    string Id, bool IsPupil, Behaviour Expected, bool InTransition, float HeadX, float HeadY, float HeadRadius,
    Pose Pose, bool IsTalking = false,
    TeacherPlace Place = TeacherPlace.Unknown);

/// <summary>A rendered clip's ground truth: five frames a second, each with everyone whose head is in the picture.</summary>
internal static class GroundTruth
{
    public const int Width = 1024;
    public const int Height = 576;
    public const int FramesPerSecond = 5;

    /// <summary>Frames a second of a clip's ground truth: five in the demo's, fewer in clips rendered for a quick look.</summary>
    public static double RateOf(string clip)
    {
        using StreamReader reader = Open(clip);
        double first = TimeOf(reader.ReadLine()!), second = TimeOf(reader.ReadLine()!);
        return Math.Round(1 / (second - first), 3);

        static double TimeOf(string line)
        {
            using var frame = JsonDocument.Parse(line);
            return frame.RootElement.GetProperty("t").GetDouble();
        }
    }

    private static readonly string[] Joints =
    [
        "nose", "leye", "reye", "lear", "rear", "lsho", "rsho", "lelb", "relb", "lwri", "rwri",
        "lhip", "rhip", "lkne", "rkne", "lank", "rank",
    ];

    /// <summary>The ground truth that lies beside a clip.</summary>
    public static IReadOnlyList<IReadOnlyList<RenderedPerson>> Read(string clip)
    {
        using StreamReader reader = Open(clip);
        var frames = new List<IReadOnlyList<RenderedPerson>>();
        while (reader.ReadLine() is { } line)
        {
            using var frame = JsonDocument.Parse(line);
            float scale = Width / frame.RootElement.GetProperty("w").GetSingle();
            frames.Add([
                .. frame.RootElement.GetProperty("persons").EnumerateArray()
                    .Where(person => person.GetProperty("head_in_frame").GetBoolean())
                    .Select(person => ReadPerson(person, scale)),
            ]);
        }

        return frames;
    }

    private static StreamReader Open(string clip) => new(new GZipStream(
        File.OpenRead(Path.ChangeExtension(clip, null) + "_gt.jsonl.gz"), CompressionMode.Decompress));

    private static RenderedPerson ReadPerson(JsonElement person, float scale)
    {
        float[] head = [.. person.GetProperty("head").EnumerateArray().Select(edge => edge.GetSingle() * scale)];
        return new RenderedPerson(
            person.GetProperty("id").GetString()!,
            person.GetProperty("role").GetString() == "student",
            Expect(person.GetProperty("behaviour").GetString()!),
            person.GetProperty("transition").GetBoolean(),
            (head[0] + head[2]) / 2,
            (head[1] + head[3]) / 2,
            Math.Max(head[2] - head[0], head[3] - head[1]) / 2,
            ReadPose(person.GetProperty("joints"), scale),
            person.GetProperty("behaviour").GetString() == "talking",
            person.GetProperty("role").GetString() == "teacher"
                ? PlaceOf(person.GetProperty("behaviour").GetString()!)
                : TeacherPlace.Unknown);
    }

    private static Pose ReadPose(JsonElement joints, float scale)
    {
        ImmutableArray<Keypoint> keypoints =
        [
            .. Joints.Select(name =>
            {
                JsonElement joint = joints.GetProperty(name);
                bool seen = joint[2].GetInt32() == 1 && (joint.GetArrayLength() < 4 || joint[3].GetInt32() == 1);
                return new Keypoint(joint[0].GetSingle() * scale, joint[1].GetSingle() * scale, seen ? 0.8f : 0);
            }),
        ];
        var box = new Box(
            keypoints.Min(point => point.X), keypoints.Min(point => point.Y),
            keypoints.Max(point => point.X), keypoints.Max(point => point.Y));
        return new Pose(box, 0.8f, keypoints);
    }

    private static Behaviour Expect(string behaviour) => behaviour switch
    {
        "hand_raised" => Behaviour.HandRaised,
        "standing" => Behaviour.Standing,
        "listening" or "talking" => Behaviour.HeadUp,
        "writing" or "reading" => Behaviour.HeadDown,
        "sleeping" => Behaviour.HeadOnDesk,
        _ => Behaviour.Unknown,
    };

    /// <summary>The scenes' teacher walks to and fro before the first row, and never between the rows.</summary>
    private static TeacherPlace PlaceOf(string behaviour) => behaviour == "at_board" ? TeacherPlace.AtBoard : TeacherPlace.Front;
}
