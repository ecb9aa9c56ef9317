using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Models;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Analytics.Behaviours;

namespace Xunke.Bench.Recall;

/// <summary>
/// Scores the behaviours against rendered clips' ground truth: from the video, and from the joints as the renderer placed them,
/// which is what the rules would reach if the model made no error. Every frame of the ground truth is looked at once: the clip is
/// played as often as there are frames between two looks, each time from another first frame.
/// </summary>
internal static class RecallBench
{
    private static readonly int[] FramesBetweenLooks = [5, 2];

    private static readonly Behaviour[] Scored =
        [Behaviour.HandRaised, Behaviour.HeadUp, Behaviour.HeadDown, Behaviour.Standing];

    /// <summary>
    /// Arguments: <c>--float</c> for the models as they were published, <c>--whole</c> to look at the whole of each picture,
    /// <c>--coarse</c> to look as a full server does, and clips with their ground truth beside them
    /// (NAME.mkv, NAME_gt.jsonl.gz); the front clip of the demo if none is given.
    /// </summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        ModelPrecision precision = args.Contains("--float") ? ModelPrecision.Float : ModelPrecision.Int8;
        string[] clips = [.. args.Where(arg => arg is not ("--float" or "--whole" or "--coarse"))];
        clips = clips.Length > 0 ? clips : [Path.Combine(AppContext.BaseDirectory, "demo", "clips", "front60.mkv")];
        var figures = new Dictionary<string, double>();
        double seen = 0, possible = 0;
        foreach (string clip in clips)
        {
            IReadOnlyList<IReadOnlyList<RenderedPerson>> truth = GroundTruth.Read(clip);
            List<IReadOnlyList<Pose>> found = await FindPosesAsync(
                clip, precision, args.Contains("--whole") ? null : new PeopleRows(),
                args.Contains("--coarse") ? Fineness.Coarse : Fineness.Fine, cancellationToken);
            List<IReadOnlyList<Pose>> drawn = [.. truth.Select(frame => (IReadOnlyList<Pose>)[.. frame.Select(person => person.Pose)])];
            double rate = GroundTruth.RateOf(clip);
            foreach (int step in rate == GroundTruth.FramesPerSecond ? FramesBetweenLooks : [1])
            {
                BehaviourScore video = Play(truth, found, step, rate), joints = Play(truth, drawn, step, rate);
                string name = Path.GetFileNameWithoutExtension(clip);
                double looks = rate / step;
                Console.WriteLine($"{name}, {looks} looks a second, from the video:  {video.Describe()}");
                Console.WriteLine($"{name}, {looks} looks a second, true joints:     {joints.Describe()}");
                figures[FormattableString.Invariant($"{name}@{looks} {Behaviour.HeadOnDesk} f1")] = video.F1(Behaviour.HeadOnDesk);
                figures[FormattableString.Invariant($"{name}@{looks} HandEpisodes f1")] = video.HandEpisodes.F1;
                figures[FormattableString.Invariant($"{name}@{looks} people recall")] = video.People.Recall;
                figures[FormattableString.Invariant($"{name}@{looks} people precision")] = video.People.Precision;
                figures[FormattableString.Invariant($"{name}@{looks} NeighbourTalk f1")] = video.NeighbourTalk.F1;
                foreach (Behaviour behaviour in Scored)
                {
                    figures[FormattableString.Invariant($"{name}@{looks} {behaviour} count error of 24")] = video.CountError(behaviour);
                    figures[FormattableString.Invariant($"{name}@{looks} {behaviour} f1")] = video.F1(behaviour);
                    seen += video.F1(behaviour);
                    possible += joints.F1(behaviour);
                }
            }
        }

        return new BenchResult(
            "recall", seen / possible, 0.8, "mean F1 of the behaviours from the video over that from the true joints, at least", figures);
    }

    private static async Task<List<IReadOnlyList<Pose>>> FindPosesAsync(
        string clip, ModelPrecision precision, PeopleRows? rows, Fineness fineness, CancellationToken cancellationToken)
    {
        ModelFiles models = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory,
            ModelStore.SharedCacheDirectory,
            NullLogger.Instance,
            precision,
            cancellationToken);
        using var estimator = PoseEstimator.Load(models);
        var poses = new List<IReadOnlyList<Pose>>();
        var options = new VideoFileReaderOptions { Interval = TimeSpan.FromSeconds(1.0 / GroundTruth.RateOf(clip)) };
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, options, cancellationToken))
        {
            using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
            poses.Add(estimator.Estimate(frame, rows?.Next(frame.CapturedAt, frame.Height), fineness));
            rows?.Learn(frame.CapturedAt, poses[^1]);
        }

        return poses;
    }

    private static BehaviourScore Play(
        IReadOnlyList<IReadOnlyList<RenderedPerson>> truth, List<IReadOnlyList<Pose>> poses, int step, double rate)
    {
        var score = new BehaviourScore();
        for (int first = 0; first < step; first++)
        {
            score.Play(truth, frame => poses[frame], Math.Min(truth.Count, poses.Count), first, step, rate);
        }

        return score;
    }
}
