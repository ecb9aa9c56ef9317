using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>From the demo's videos through decoder, model and rules to figures that are compared with the ground truth.</summary>
public sealed class RenderedVideoTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task The_front_camera_of_the_demo_reaches_its_floors()
    {
        (BehaviourScore score, _, int low) = await PlayAsync(Clips.Front, from: 8, to: 52, skip: 5);

        string described = score.Describe();
        TestContext.Current.TestOutputHelper?.WriteLine(described);
        score.HandEpisodes.F1.ShouldBeGreaterThanOrEqualTo(0.85, described);
        score.F1(Behaviour.HandRaised).ShouldBeGreaterThanOrEqualTo(0.70, described);
        score.Precision(Behaviour.HandRaised).ShouldBeGreaterThanOrEqualTo(0.70, described);
        score.F1(Behaviour.HeadUp).ShouldBeGreaterThanOrEqualTo(0.93, described);
        score.F1(Behaviour.HeadDown).ShouldBeGreaterThanOrEqualTo(0.93, described);
        score.F1(Behaviour.Standing).ShouldBeGreaterThanOrEqualTo(0.60, described);
        score.SeatStability.ShouldBeGreaterThanOrEqualTo(0.95, described);
        score.TeacherSeated.ShouldBeLessThanOrEqualTo(score.TeacherFound / 10, described);
        low.ShouldBe(0);
    }

    [Fact]
    public async Task Neighbours_who_talk_are_told_from_those_who_listen_or_write()
    {
        (BehaviourScore score, _, _) = await PlayAsync(Clips.Front, from: 40, to: 58, skip: 5);

        score.NeighbourTalk.Precision.ShouldBeGreaterThanOrEqualTo(0.8, score.Describe());
        score.NeighbourTalk.Recall.ShouldBeGreaterThanOrEqualTo(0.65, score.Describe());
    }

    [Fact]
    public async Task The_rear_camera_is_said_to_deserve_little_trust_and_no_head_is_guessed()
    {
        (BehaviourScore score, int scored, int low) = await PlayAsync(Clips.Rear, from: 0, to: 8, skip: 4);

        scored.ShouldBeGreaterThanOrEqualTo(3);
        low.ShouldBe(scored);
        score.Recall(Behaviour.HeadUp).ShouldBe(0);
        score.Recall(Behaviour.HeadDown).ShouldBe(0);
        score.Seated.ShouldBeGreaterThan(score.Pupils / 2);
    }

    private static async Task<(BehaviourScore Score, int Scored, int LowConfidence)> PlayAsync(string clip, int from, int to, int skip)
    {
        IReadOnlyList<IReadOnlyList<RenderedPerson>> truth = GroundTruth.Read(clip);
        using var estimator = PoseEstimator.Load(await ImportedModels.GetAsync());
        var observer = new RoomObserver();
        var score = new BehaviourScore();
        int looks = 0, low = 0;
        var options = new VideoFileReaderOptions
        {
            Interval = Interval,
            StartAt = TimeSpan.FromSeconds(from),
            Duration = TimeSpan.FromSeconds(to - from),
        };
        await foreach (DecodedFrame decoded in VideoFileReader.ReadAsync(clip, options, TestContext.Current.CancellationToken))
        {
            using var frame = new RgbFrame(decoded.Width, decoded.Height, decoded.TakePixels(), decoded.CapturedAt);
            BehaviourSample sample = observer.Observe(
                frame.CapturedAt, Interval, frame.Width, frame.Height, estimator.Estimate(frame));
            if (looks++ >= skip)
            {
                double second = (frame.CapturedAt - options.Origin).TotalSeconds;
                score.Add(truth[Math.Min(truth.Count - 1, (int)(second * GroundTruth.FramesPerSecond))], sample);
                low += sample.LowConfidence ? 1 : 0;
            }
        }

        return (score, looks - skip, low);
    }
}
