using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

public sealed class NeighbourTalkTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly NeighbourTalk _talk = new();

    [Fact]
    public void Two_who_turn_to_each_other_talk_from_the_second_look_on()
    {
        Look([Person(0, 100, 200, turn: 0.2f), Person(1, 150, 200, turn: -0.25f), Person(2, 200, 200, turn: 0)])
            .ShouldBe([false, false, false]);
        Look([Person(0, 100, 200, turn: 0.2f), Person(1, 150, 200, turn: -0.25f), Person(2, 200, 200, turn: 0)])
            .ShouldBe([true, true, false]);
        Look([Person(0, 100, 200, turn: 0), Person(1, 150, 200, turn: 0), Person(2, 200, 200, turn: 0)]).ShouldBe([true, true, false]);
        Look([Person(0, 100, 200, turn: 0), Person(1, 150, 200, turn: 0), Person(2, 200, 200, turn: 0)]).ShouldBe([false, false, false]);
    }

    [Theory]
    [InlineData(150, 200, 0.25f, "both look the same way")]
    [InlineData(150, 200, 0, "only one turns")]
    [InlineData(150, 240, -0.25f, "they sit in different rows")]
    [InlineData(260, 200, -0.25f, "they sit too far apart")]
    public void It_takes_two_side_by_side(float x, float y, float turn, string because)
    {
        for (int look = 0; look < 3; look++)
        {
            Look([Person(0, 100, 200, turn: 0.25f), Person(1, x, y, turn)]).ShouldBe([false, false], because);
        }
    }

    [Fact]
    public void Nobody_without_a_seat_and_no_head_that_is_not_seen_takes_part()
    {
        for (int look = 0; look < 3; look++)
        {
            Look([Person(-1, 100, 200, turn: 0.3f), Person(1, 150, 200, turn: -0.3f)]).ShouldBe([false, false]);
            Look([Person(0, 100, 200, turn: 0.3f, score: 0.02f), Person(1, 150, 200, turn: -0.3f)]).ShouldBe([false, false]);
        }
    }

    [Theory]
    [InlineData(0.05f, -0.05f, 0.95f, true)] // The joints show which way, the network that they are turned.
    [InlineData(0.25f, -0.25f, 0.0f, false)] // It denies what the joints barely show.
    [InlineData(0.35f, -0.35f, 0.1f, true)]
    [InlineData(-0.2f, 0.2f, 1.0f, false)] // Turned away from each other.
    public void The_network_weighs_in(float left, float right, float network, bool talk)
    {
        var posture = new Posture(0, 0, 0, network);
        for (int look = 0; look < 3; look++)
        {
            bool[] marked =
                Look([.. new[] { Person(0, 100, 200, left), Person(1, 150, 200, right) }.Select(
                person => person with { Pose = person.Pose with { Posture = posture } })]);

            marked.ShouldBe(look == 0 ? [false, false] : [talk, talk]);
        }
    }

    [Fact]
    public void Where_looks_are_rare_one_has_to_do()
    {
        List<ObservedPerson> people = [Person(0, 100, 200, turn: 0.2f), Person(1, 150, 200, turn: -0.2f)];

        _talk.Mark(people, TimeSpan.FromSeconds(5), _ => null);

        people.ShouldAllBe(person => person.TalksToNeighbour);
    }

    private bool[] Look(List<ObservedPerson> people)
    {
        _talk.Mark(people, Second, pose => pose.Posture?.TurnedAside);
        return [.. people.Select(person => person.TalksToNeighbour)];
    }

    /// <param name="turn">Of the head, to the right of the picture, in shoulder widths.</param>
    private static ObservedPerson Person(int seat, float x, float y, float turn, float score = 0.6f)
    {
        const float width = 30;
        var joints = new Keypoint[17];
        joints[(int)Joint.LeftShoulder] = new Keypoint(x + width / 2, y, 0.6f);
        joints[(int)Joint.RightShoulder] = new Keypoint(x - width / 2, y, 0.6f);
        joints[(int)Joint.LeftEar] = new Keypoint(x + 6, y - 14, score);
        joints[(int)Joint.RightEar] = new Keypoint(x - 6, y - 14, score);
        joints[(int)Joint.Nose] = new Keypoint(x + turn * width, y - 12, score);
        var box = new Box(x - 20, y - 25, x + 20, y + 70);
        return new ObservedPerson(seat, Behaviour.HeadUp, 1, new Pose(box, 0.6f, ImmutableArray.Create(joints)));
    }
}
