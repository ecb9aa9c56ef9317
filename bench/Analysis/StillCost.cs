using Xunke.Analytics.Models;
using Xunke.Analytics.Stills;
using Xunke.Analytics.Vision;

namespace Xunke.Bench.Analysis;

/// <summary>What a still of a lesson costs beside the analysis of its picture: one is made every 15 s of a room's lesson.</summary>
/// <param name="Milliseconds">Processor time of one.</param>
/// <param name="RememberMilliseconds">Processor time of learning where heads are, which is done in every look.</param>
/// <param name="Bytes">Its file.</param>
internal sealed record StillCost(double Milliseconds, double RememberMilliseconds, double Bytes)
{
    private const int Rounds = 40;

    /// <summary>Measures on one thread, with the people that the models find.</summary>
    public static StillCost Measure(Clip clip, ModelFiles files, PoseEstimatorOptions options)
    {
        using var estimator = PoseEstimator.Load(files, options);
        var heads = new HeadPlaces();
        (TimeSpan making, TimeSpan remembering, long bytes) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        for (int picture = 0; picture < clip.Count; picture++)
        {
            using RgbFrame frame = clip.Frame(picture, DateTimeOffset.UnixEpoch.AddSeconds(picture));
            IReadOnlyList<Pose> poses = estimator.Estimate(frame);
            heads.Learn(frame, poses);
            bytes += StillMaker.Make(frame, heads, []).Jpeg.Length;
            remembering += Of(() => heads.Learn(frame, poses));
            making += Of(() => StillMaker.Make(frame, heads, []));
        }

        int all = Rounds * clip.Count;
        return new StillCost(making.TotalMilliseconds / all, remembering.TotalMilliseconds / all, bytes / (double)clip.Count);
    }

    private static TimeSpan Of(Action act)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        for (int round = 0; round < Rounds; round++)
        {
            act();
        }

        return Environment.CpuUsage.TotalTime - before;
    }
}
