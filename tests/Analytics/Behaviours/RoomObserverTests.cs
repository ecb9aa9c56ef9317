using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>A drawn class: what is seen of it, look by look.</summary>
public sealed class RoomObserverTests
{
    private readonly DrawnRoom _room = new();

    [Fact]
    public void Nothing_is_said_about_anybody_before_the_seats_are_known()
    {
        _room.Look().People.ShouldAllBe(person => person.Seat == -1 && person.Behaviour == Behaviour.Unknown);
        _room.Learn(2);

        BehaviourSample sample = _room.Look();
        sample.People.Select(person => person.Seat).ShouldBe(Enumerable.Range(0, 12));
        sample.People.ShouldAllBe(person => person.Behaviour == Behaviour.HeadUp);
        sample.LowConfidence.ShouldBeFalse();
    }

    [Fact]
    public void Heads_hands_and_stands_are_told_apart()
    {
        _room.Learn();
        _room.Pupils[1] = _room.Pupils[1].WithHeadDown();
        _room.Pupils[5] = _room.Pupils[5].WithHandBeside();
        _room.Pupils[10] = _room.Pupils[10].Standing();
        _room.Look();

        BehaviourSample sample = _room.Look();

        sample.People.Where(person => person.Behaviour != Behaviour.HeadUp).Select(person => (person.Seat, person.Behaviour))
            .ShouldBe([(1, Behaviour.HeadDown), (5, Behaviour.HandRaised), (10, Behaviour.Standing)]);
    }

    [Theory]
    [InlineData(Joint.Nose)]
    [InlineData(Joint.LeftShoulder)]
    public void A_head_whose_joints_are_not_seen_is_unknown(Joint hidden)
    {
        _room.Learn();
        for (int look = 0; look < 3; look++)
        {
            BehaviourSample sample = _room.LookAt(
                [.. _room.Pupils.Select((pupil, seat) => seat == 4 ? pupil.Draw(hidden) : pupil.Draw())]);
            if (look == 2)
            {
                sample.People.Single(person => person.Behaviour == Behaviour.Unknown).Seat.ShouldBe(4);
            }
        }
    }

    [Fact]
    public void Nobody_stands_at_first_sight()
    {
        for (int pupil = 0; pupil < _room.Pupils.Length; pupil++)
        {
            _room.Pupils[pupil] = _room.Pupils[pupil].Standing();
        }

        for (int look = 0; look < 10; look++)
        {
            _room.Look().People.ShouldAllBe(person => person.Behaviour != Behaviour.Standing);
        }
    }

    [Fact]
    public void Who_stands_for_minutes_on_end_is_taken_to_be_so_tall()
    {
        _room.Learn();
        _room.Pupils[10] = _room.Pupils[10].Standing();
        _room.Learn(60);
        _room.Look().People[10].Behaviour.ShouldBe(Behaviour.Standing);

        _room.Learn(150);

        _room.Look().People.Length.ShouldBe(12);
        _room.Look().People.ShouldAllBe(person => person.Behaviour == Behaviour.HeadUp);
    }

    [Fact]
    public void A_hand_whose_wrist_is_lost_is_raised_where_the_network_has_been_right_so_far()
    {
        LookWith(_ => new Posture(0.01f, 0.01f, 0, 0.01f), looks: 8);

        BehaviourSample sample = LookWith(seat => new Posture(seat == 6 ? 0.9f : 0.01f, 0.01f, 0, 0.01f), looks: 2, Joint.RightWrist);

        sample.People.Where(person => person.Behaviour == Behaviour.HandRaised).Select(person => person.Seat).ShouldBe([6]);
    }

    [Fact]
    public void A_network_that_sees_hands_where_they_plainly_hang_is_not_heard_in_that_room()
    {
        BehaviourSample sample = LookWith(_ => new Posture(0.9f, 0.9f, 0.9f, 0.9f), looks: 12);

        sample.People.ShouldAllBe(person => person.Behaviour == Behaviour.HeadUp && !person.TalksToNeighbour);
    }

    private BehaviourSample LookWith(Func<int, Posture> posture, int looks, params Joint[] hidden)
    {
        BehaviourSample? sample = null;
        for (int look = 0; look < looks; look++)
        {
            sample = _room.LookAt([.. _room.Pupils.Select((pupil, seat) => pupil.Draw(hidden) with { Posture = posture(seat) })]);
        }

        return sample!;
    }

    [Fact]
    public void A_class_that_turns_its_back_gives_low_confidence_and_no_heads()
    {
        for (int pupil = 0; pupil < _room.Pupils.Length; pupil++)
        {
            _room.Pupils[pupil] = _room.Pupils[pupil] with { Facing = false };
        }

        _room.Pupils[3] = _room.Pupils[3].WithHandHigh();
        _room.Learn();

        BehaviourSample sample = _room.Look();

        sample.LowConfidence.ShouldBeTrue();
        sample.People.Select(person => person.Behaviour).ShouldBe(
            Enumerable.Range(0, 12).Select(seat => seat == 3 ? Behaviour.HandRaised : Behaviour.Unknown));
    }

    [Fact]
    public void The_same_poses_give_the_same_samples()
    {
        var again = new DrawnRoom();
        foreach (DrawnRoom room in new[] { _room, again })
        {
            room.Learn();
            room.Pupils[2] = room.Pupils[2].WithHandBeside();
        }

        for (int look = 0; look < 5; look++)
        {
            BehaviourSample first = _room.Look(), second = again.Look();
            second.People.Select(Tell).ShouldBe(first.People.Select(Tell));
        }

        static (int, Behaviour, float) Tell(ObservedPerson person) => (person.Seat, person.Behaviour, person.Confidence);
    }

    [Fact]
    public void An_empty_room_and_degenerate_poses_are_no_trouble()
    {
        _room.LookAt([]).People.ShouldBeEmpty();
        var nothing = new Pose(default, 0, [.. new Keypoint[17]]);
        var point = new Pose(new Box(5, 5, 5, 5), 1, [.. Enumerable.Repeat(new Keypoint(5, 5, 1), 17)]);
        for (int look = 0; look < 20; look++)
        {
            BehaviourSample sample = _room.LookAt([nothing, point, nothing]);
            sample.People.Length.ShouldBe(3);
            sample.People.ShouldAllBe(person => person.Behaviour != Behaviour.HandRaised && person.Behaviour != Behaviour.Standing);
        }
    }
}
