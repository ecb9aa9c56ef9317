using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>Drawn arms: raised ones, and those that only look so.</summary>
public sealed class HandRuleTests
{
    private static readonly Figure Pupil = Figure.Listening;

    [Fact]
    public void A_hand_high_over_the_head_is_beyond_doubt() =>
        Judge(Pupil.WithHandHigh()).ShouldBe(Evidence.Certain);

    [Fact]
    public void A_hand_beside_the_head_and_an_upright_forearm_on_the_desk_are_raised_as_far_as_one_look_can_tell()
    {
        Judge(Pupil.WithHandBeside()).ShouldBe(Evidence.Yes);
        Judge(Pupil with { Elbow = (0.2f, -0.6f), Wrist = (0.25f, 0.1f) }).ShouldBe(Evidence.Yes);
    }

    [Theory]
    [InlineData(-0.1f, -0.6f, -0.4f, 0.2f)] // At the chin.
    [InlineData(0.4f, 0.3f, -0.35f, 0.6f)] // On the head, elbow out.
    [InlineData(0.2f, -0.3f, -0.25f, 0.45f)] // At the ear.
    public void A_hand_at_the_face_or_on_the_head_is_not_raised(float elbowOut, float elbowUp, float wristOut, float wristUp) =>
        Judge(Pupil with { Elbow = (elbowOut, elbowUp), Wrist = (wristOut, wristUp) }).ShouldBe(Evidence.No);

    [Theory]
    [InlineData(0.1f, -0.6f, -0.1f, -0.9f)] // In the lap.
    [InlineData(0.3f, -0.4f, 0.2f, -0.5f)] // Writing.
    public void Hands_below_the_shoulders_are_down_beyond_doubt_if_both_arms_are_seen_well(
        float elbowOut, float elbowUp, float wristOut, float wristUp)
    {
        Figure pupil = Pupil with { Elbow = (elbowOut, elbowUp), Wrist = (wristOut, wristUp) };

        Judge(pupil).ShouldBe(Evidence.CertainlyNot);
        Judge(pupil with { Score = 0.25f }).ShouldBe(Evidence.No);
        Judge(pupil, Joint.LeftWrist).ShouldBe(Evidence.No);
    }

    [Theory]
    [InlineData(nameof(Evidence.Certain), 0.9f, nameof(Evidence.Certain))]
    [InlineData(nameof(Evidence.Certain), 0.1f,
        nameof(Evidence.Yes))] // The joints are sure: the network may take away no more than their certainty.
    [InlineData(nameof(Evidence.Yes), 0.3f, nameof(Evidence.Yes))]
    [InlineData(nameof(Evidence.Yes), 0.1f, nameof(Evidence.No))]
    [InlineData(nameof(Evidence.No), 0.5f, nameof(Evidence.No))]
    [InlineData(nameof(Evidence.No), 0.7f, nameof(Evidence.Yes))]
    [InlineData(nameof(Evidence.Unknown), 0.7f, nameof(Evidence.Yes))] // The wrist is lost, but the network sees the arm.
    [InlineData(nameof(Evidence.Unknown), 0.1f, nameof(Evidence.No))]
    [InlineData(nameof(Evidence.Yes), 0.85f, nameof(Evidence.Certain))]
    [InlineData(nameof(Evidence.No), 0.85f, nameof(Evidence.Yes))]
    [InlineData(nameof(Evidence.No), 0.04f, nameof(Evidence.CertainlyNot))]
    [InlineData(nameof(Evidence.Unknown), 0.04f, nameof(Evidence.CertainlyNot))] // Nobody holds up a hand that neither witness sees.
    [InlineData(nameof(Evidence.Yes), 0.04f, nameof(Evidence.No))] // The two contradict each other.
    public void Joints_and_network_bear_each_other_out(string joints, float network, string together) =>
        HandRule.Join(Enum.Parse<Evidence>(joints), network).ShouldBe(Enum.Parse<Evidence>(together));

    [Theory]
    [InlineData(nameof(Evidence.Unknown))]
    [InlineData(nameof(Evidence.No))]
    [InlineData(nameof(Evidence.Certain))]
    public void Without_the_network_the_joints_say_it_alone(string joints) =>
        HandRule.Join(Enum.Parse<Evidence>(joints), null).ShouldBe(Enum.Parse<Evidence>(joints));

    [Fact]
    public void An_arm_longer_than_any_arm_is_made_of_two_people_and_says_nothing()
    {
        Judge(Pupil with { Elbow = (0.3f, 1.2f), Wrist = (0.2f, 1.9f) }, Joint.LeftWrist).ShouldBe(Evidence.Unknown);
        Judge(Pupil with { Elbow = (0.2f, 0.5f), Wrist = (0.1f, 1.9f) }, Joint.LeftWrist).ShouldBe(Evidence.Unknown);
    }

    [Fact]
    public void Without_the_joints_of_an_arm_or_without_a_face_there_is_no_answer()
    {
        Judge(Pupil.WithHandHigh(), Joint.LeftWrist, Joint.RightWrist).ShouldBe(Evidence.Unknown);
        Judge(Pupil.WithHandHigh(), Joint.LeftWrist, Joint.RightElbow).ShouldBe(Evidence.Unknown);
        Judge(
            Pupil.WithHandHigh(), Joint.Nose, Joint.LeftEye, Joint.RightEye, Joint.LeftEar, Joint.RightEar)
            .ShouldBe(Evidence.Unknown);
    }

    [Fact]
    public void From_behind_a_forearm_on_the_desk_that_points_forward_is_not_raised()
    {
        Figure leaning = Pupil with { Elbow = (0.3f, -0.3f), Wrist = (0.3f, 0.3f) };

        Judge(leaning).ShouldBe(Evidence.Yes);
        HandRule.Judge(leaning.Draw(), leaning.Width, fromBehind: true).Evidence.ShouldBe(Evidence.No);
    }

    [Fact]
    public void One_raised_hand_that_two_people_claim_goes_to_the_surer_arm()
    {
        Figure raiser = Pupil.WithHandHigh();
        Figure neighbour = raiser with { Score = 0.35f };

        Settle(neighbour.Draw(), raiser.Draw(), (raiser with { X = raiser.X + 100 }).Draw())
            .ShouldBe([Evidence.Unknown, Evidence.Certain, Evidence.Certain]);
    }

    [Fact]
    public void A_person_whose_two_arms_are_drawn_to_one_wrist_has_the_weaker_claim()
    {
        Pose raiser = (Pupil.WithHandHigh() with { Score = 0.4f }).Draw();
        Keypoint hand = raiser[Joint.RightWrist];
        Pose neighbour = (Pupil.WithHandHigh() with { X = Pupil.X - 8 }).Draw();
        neighbour = neighbour with { Keypoints = neighbour.Keypoints.SetItem((int)Joint.LeftWrist, hand with { X = hand.X + 2 }) };

        Settle(neighbour, raiser).ShouldBe([Evidence.Unknown, Evidence.Certain]);
    }

    [Fact]
    public void A_hand_far_out_from_its_owner_and_over_somebody_else_is_nobodys()
    {
        Figure reaching = Pupil with { Elbow = (0.45f, 0.6f), Wrist = (0.9f, 1.2f) };
        Pose beneath = (Pupil with { X = Pupil.X - 1.7f * Pupil.Width }).Draw();

        Settle(reaching.Draw()).ShouldBe([Evidence.Certain]);
        Settle(reaching.Draw(), beneath).ShouldBe([Evidence.Unknown, Evidence.CertainlyNot]);
    }

    private static Evidence[] Settle(params Pose[] people)
    {
        HandLook[] looks = [.. people.Select(pose => HandRule.Judge(pose, Pupil.Width, fromBehind: false))];
        HandRule.SettleClaims(looks, [.. people.Select(Body.Of)]);
        return [.. looks.Select(look => look.Evidence)];
    }

    private static Evidence Judge(Figure figure, params Joint[] hidden) =>
        HandRule.Judge(figure.Draw(hidden), figure.Width, fromBehind: false).Evidence;
}
