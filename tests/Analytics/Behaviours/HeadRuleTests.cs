using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>Drawn heads, and joints that are not one person's.</summary>
public sealed class HeadRuleTests
{
    private static readonly Figure Pupil = Figure.Listening;

    [Theory]
    [InlineData(0.05f, 0.1f, -0.19f)] // Barely down by the joints, up to the network: up.
    [InlineData(-0.3f, 0.9f, -0.06f)] // Clearly up by the joints: the network alone does not turn it over.
    [InlineData(null, 1f, 0.3f)] // Nose or ears are hidden.
    public void Joints_and_network_weigh_the_same(float? joints, float network, float together)
    {
        HeadRule.Join(joints, network)!.Value.ShouldBe(together, 0.001f);
        HeadRule.Join(joints, null).ShouldBe(joints);
    }

    [Fact]
    public void A_head_that_the_joints_do_not_show_and_of_which_the_network_is_not_sure_is_unknown() =>
        HeadRule.Join(null, 0.6f).ShouldBeNull();

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
