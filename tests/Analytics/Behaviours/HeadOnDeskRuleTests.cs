using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>A drawn pupil who lies on the desk, and some who only look down.</summary>
public sealed class HeadOnDeskRuleTests
{
    private static readonly Figure Pupil = Figure.Listening;

    [Fact]
    public void Who_folds_over_the_desk_lies_on_it() => Judge(Pupil.WithHeadOnDesk()).ShouldBe(Evidence.Yes);

    [Fact]
    public void Who_writes_reads_or_leans_forward_does_not()
    {
        Judge(Pupil).ShouldBe(Evidence.No);
        Judge(Pupil.WithHeadDown()).ShouldBe(Evidence.No);
        Judge(Pupil.WithHeadDown() with { Y = Pupil.Y + 0.2f * Pupil.Width }).ShouldBe(Evidence.No);
    }

    [Fact]
    public void Who_sits_down_after_standing_through_the_first_looks_holds_the_head_up()
    {
        Figure seated = Pupil with { Y = Pupil.Y + 1.1f * Pupil.Width };

        Judge(seated).ShouldBe(Evidence.No);
    }

    [Theory]
    [InlineData(Joint.LeftShoulder)]
    [InlineData(Joint.Nose, Joint.LeftEye, Joint.RightEye, Joint.LeftEar, Joint.RightEar)]
    public void Without_shoulders_or_face_there_is_no_answer(params Joint[] hidden) =>
        HeadOnDeskRule.Judge(Body.Of(Pupil.WithHeadOnDesk().Draw(hidden)), Learnt(Seat.LooksToKnow)).ShouldBe(Evidence.Unknown);

    [Theory]
    [InlineData(nameof(Evidence.Unknown), 0.8f, nameof(Evidence.Yes))]
    [InlineData(nameof(Evidence.No), 0.8f, nameof(Evidence.Yes))]
    [InlineData(nameof(Evidence.No), 0.4f, nameof(Evidence.No))]
    [InlineData(nameof(Evidence.Yes), 0.2f, nameof(Evidence.Yes))]
    [InlineData(nameof(Evidence.Yes), 0.02f, nameof(Evidence.No))]
    public void The_network_tells_of_heads_whose_joints_show_little(string joints, float network, string together)
    {
        HeadOnDeskRule.Join(Enum.Parse<Evidence>(joints), network).ShouldBe(Enum.Parse<Evidence>(together));
        HeadOnDeskRule.Join(Enum.Parse<Evidence>(joints), null).ShouldBe(Enum.Parse<Evidence>(joints));
    }

    [Fact]
    public void At_first_sight_nobody_lies() =>
        HeadOnDeskRule.Judge(Body.Of(Pupil.WithHeadOnDesk().Draw()), Learnt(Seat.LooksToKnow - 1)).ShouldBe(Evidence.Unknown);

    [Fact]
    public void In_a_class_only_who_lies_there_for_more_than_a_look_is_said_to_and_for_as_long_as_it_lasts()
    {
        var room = new DrawnRoom();
        room.Learn();
        Figure sitting = room.Pupils[6];
        room.Pupils[6] = sitting.WithHeadOnDesk();
        room.Look().People[6].Behaviour.ShouldNotBe(Behaviour.HeadOnDesk);
        for (int look = 0; look < 600; look++)
        {
            room.Look().People.Where(person => person.Behaviour == Behaviour.HeadOnDesk).Select(person => person.Seat).ShouldBe([6]);
        }

        room.Pupils[6] = sitting;
        room.Look();
        room.Look().People[6].Behaviour.ShouldBe(Behaviour.HeadUp);
    }

    private static Evidence Judge(Figure figure) => HeadOnDeskRule.Judge(Body.Of(figure.Draw()), Learnt(10));

    private static Seat Learnt(int looks)
    {
        var body = Body.Of(Pupil.Draw());
        var seat = new Seat(body, TimeSpan.Zero);
        for (int look = 1; look <= looks; look++)
        {
            seat.Seen(body, TimeSpan.FromSeconds(look), upright: true);
        }

        return seat;
    }
}
