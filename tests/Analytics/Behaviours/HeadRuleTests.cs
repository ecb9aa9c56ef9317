using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>Drawn heads, and joints that are not one person's.</summary>
public sealed class HeadRuleTests
{
    private static readonly Figure Pupil = Figure.Listening;

    [Fact]
    public void The_droop_is_the_nose_below_the_ears_plus_the_nose_below_the_shoulders()
    {
        Droop(Pupil.Draw()).ShouldNotBeNull().ShouldBe(0.06f - 0.4f, 0.001f);
        Droop(Pupil.WithHeadDown().Draw()).ShouldNotBeNull().ShouldBe(0.25f + 0.1f, 0.001f);
    }

    [Fact]
    public void One_ear_is_enough_and_none_is_not()
    {
        Droop(Pupil.Draw(Joint.LeftEar)).ShouldNotBeNull().ShouldBe(0.06f - 0.4f, 0.001f);
        Droop(Pupil.Draw(Joint.LeftEar, Joint.RightEar)).ShouldBeNull();
    }

    [Theory]
    [InlineData(Joint.LeftShoulder)]
    [InlineData(Joint.RightEar)]
    public void A_shoulder_or_an_ear_that_lies_in_the_row_behind_is_no_answer(Joint joint)
    {
        Pose pose = Pupil.Draw();
        Keypoint point = pose[joint];
        pose = pose with { Keypoints = pose.Keypoints.SetItem((int)joint, point with { Y = point.Y - 0.9f * Pupil.Width }) };

        Droop(pose).ShouldBeNull();
    }

    [Fact]
    public void Heads_nearer_to_the_camera_are_allowed_for_being_seen_more_from_above()
    {
        HeadRule.Perspective(30, 30).ShouldBe(0);
        HeadRule.Perspective(45, 30).ShouldBe(0.112f, 0.001f);
        HeadRule.Perspective(1000, 30).ShouldBe(HeadRule.Perspective(60, 30));
    }

    private static float? Droop(Pose pose) => HeadRule.Droop(pose, Body.Of(pose), Pupil.Width);
}
