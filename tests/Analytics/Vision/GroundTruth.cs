using System.IO.Compression;
using System.Text.Json;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>One person of a rendered classroom as it really is, in pixels of the analysed frame.</summary>
/// <param name="HeadX">Middle of the head.</param>
/// <param name="HeadY">Middle of the head.</param>
/// <param name="HeadRadius">Half of the head box's longer side.</param>
/// <param name="HeadIsSeen">Whether at least half of the head is seen; a hidden one may be found but need not.</param>
/// <param name="Joints">Where the joints are, by our names; those that the ground truth has.</param>
internal sealed record TruePerson(float HeadX, float HeadY, float HeadRadius, bool HeadIsSeen, IReadOnlyDictionary<Joint, (float X, float Y)> Joints);

/// <summary>The ground truth of a demo clip: five lines a second.</summary>
internal sealed class GroundTruth
{
    private const int LinesPerSecond = 5;

    private static readonly Dictionary<string, Joint> JointNames = new(StringComparer.Ordinal)
    {
        ["lsho"] = Joint.LeftShoulder,
        ["rsho"] = Joint.RightShoulder,
        ["lhip"] = Joint.LeftHip,
        ["rhip"] = Joint.RightHip,
        ["lkne"] = Joint.LeftKnee,
        ["rkne"] = Joint.RightKnee,
        ["lank"] = Joint.LeftAnkle,
        ["rank"] = Joint.RightAnkle,
    };

    private readonly string[] _lines;

    private GroundTruth(string[] lines) => _lines = lines;

    public static GroundTruth Read(string clip)
    {
        using var file = new GZipStream(File.OpenRead(DemoClips.PathOf($"{clip}_gt.jsonl.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        return new GroundTruth(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Everyone whose head is in the picture at that time of the clip.</summary>
    public List<TruePerson> At(TimeSpan time, int frameWidth)
    {
        using var line = JsonDocument.Parse(_lines[(int)Math.Round(time.TotalSeconds * LinesPerSecond)]);
        float scale = frameWidth / line.RootElement.GetProperty("w").GetSingle();
        return [.. line.RootElement.GetProperty("persons").EnumerateArray().Where(person => person.GetProperty("head_in_frame").GetBoolean()).Select(person => Read(person, scale))];
    }

    private static TruePerson Read(JsonElement person, float scale)
    {
        float[] head = [.. person.GetProperty("head").EnumerateArray().Select(value => value.GetSingle() * scale)];
        var joints = new Dictionary<Joint, (float, float)>();
        foreach (JsonProperty joint in person.GetProperty("joints").EnumerateObject())
        {
            if (JointNames.TryGetValue(joint.Name, out Joint name))
            {
                joints[name] = (joint.Value[0].GetSingle() * scale, joint.Value[1].GetSingle() * scale);
            }
        }

        return new TruePerson((head[0] + head[2]) / 2, (head[1] + head[3]) / 2, Math.Max(head[2] - head[0], head[3] - head[1]) / 2, person.GetProperty("head_visible").GetDouble() >= 0.5, joints);
    }
}
