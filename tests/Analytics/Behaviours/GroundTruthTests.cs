using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>The rules on the joints as the renderer placed them: what they would reach if the model made no error.</summary>
public sealed class GroundTruthTests
{
    private static readonly Lazy<IReadOnlyList<IReadOnlyList<RenderedPerson>>> Front = new(() => GroundTruth.Read(Clips.Front));

    [Theory]
    [InlineData(5)]
    [InlineData(2)]
    public void On_true_joints_every_behaviour_reaches_its_floor_and_the_seats_keep_their_numbers(int framesBetweenLooks)
    {
        BehaviourScore score = Play(Front.Value, framesBetweenLooks, person => person.Pose);

        string described = score.Describe();
        score.F1(Behaviour.HandRaised).ShouldBeGreaterThanOrEqualTo(0.85, described);
        score.F1(Behaviour.HeadUp).ShouldBeGreaterThanOrEqualTo(0.94, described);
        score.Precision(Behaviour.HeadDown).ShouldBeGreaterThanOrEqualTo(0.90, described);
        score.F1(Behaviour.HeadDown).ShouldBeGreaterThanOrEqualTo(0.80, described);
        score.F1(Behaviour.Standing).ShouldBeGreaterThanOrEqualTo(0.85, described);
        score.SeatStability.ShouldBeGreaterThanOrEqualTo(0.95, described);
        // One of the clip's two sleepers hides a shoulder.
        score.Precision(Behaviour.HeadOnDesk).ShouldBeGreaterThanOrEqualTo(0.9, described);
        score.Recall(Behaviour.HeadOnDesk).ShouldBeGreaterThanOrEqualTo(0.4, described);
        score.TeacherSeated.ShouldBe(0, described);
        score.TeacherPlaced.Precision.ShouldBeGreaterThanOrEqualTo(0.9, described);
    }

    [Fact]
    public void With_the_arms_hidden_no_hand_is_raised_and_the_heads_are_still_known()
    {
        BehaviourScore score = Play(Front.Value, 5, person => Hide(person.Pose, Joint.LeftElbow, Joint.RightWrist));

        score.Recall(Behaviour.HandRaised).ShouldBe(0);
        score.Precision(Behaviour.HandRaised).ShouldBe(0);
        score.F1(Behaviour.HeadUp).ShouldBeGreaterThanOrEqualTo(0.90, score.Describe());
    }

    [Fact]
    public void With_noses_and_wrists_hidden_only_standing_is_known()
    {
        BehaviourScore score = Play(
            Front.Value, 5, person => Hide(Hide(person.Pose, Joint.LeftElbow, Joint.RightWrist), Joint.Nose, Joint.Nose));

        score.Recall(Behaviour.HeadUp).ShouldBe(0);
        score.Recall(Behaviour.HeadDown).ShouldBe(0);
        score.Recall(Behaviour.Standing).ShouldBeGreaterThanOrEqualTo(0.75, score.Describe());
    }

    /// <summary>Plays the clip once from each of its first frames on, so that every frame is looked at once.</summary>
    private static BehaviourScore Play(
        IReadOnlyList<IReadOnlyList<RenderedPerson>> frames, int step, Func<RenderedPerson, Pose> draw)
    {
        var score = new BehaviourScore();
        for (int first = 0; first < step; first++)
        {
            score.Play(frames, frame => [.. frames[frame].Select(draw)], frames.Count, first, step);
        }

        return score;
    }

    private static Pose Hide(Pose pose, Joint from, Joint to) => pose with
    {
        Keypoints = [.. pose.Keypoints.Select((point, joint) => joint >= (int)from && joint <= (int)to ? point with { Score = 0 } : point)],
    };
}
