using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Seats;

/// <summary>Who stands up is seen where the one behind sits, in a drawn class: pupil 1 is moved so near behind pupil 5 that one who stands
/// hides the other.</summary>
public sealed class StandingUpTests
{
    private readonly DrawnRoom _room = new();

    [Fact]
    public void A_standing_pupil_keeps_the_seat_and_is_not_taken_for_who_sits_behind()
    {
        // The row behind is so near that standing up puts the head where the one behind has his.
        _room.Pupils[1] = _room.Pupils[1] with { Y = _room.Pupils[5].Y - 34, Width = 25 };
        _room.Learn();
        _room.Pupils[5] = _room.Pupils[5].Standing();
        Pose[] hidingTheOneBehind = [.. _room.Pupils.Where((_, seat) => seat != 1).Select(pupil => pupil.Draw())];
        _room.Look();
        _room.Look().People[5].ShouldSatisfyAllConditions(
            person => person.Seat.ShouldBe(5),
            person => person.Behaviour.ShouldBe(Behaviour.Standing));

        _room.LookAt(hidingTheOneBehind).People.Length.ShouldBe(11);
    }

    [Fact]
    public void Who_stands_up_and_hides_the_one_behind_is_not_taken_for_that_one()
    {
        _room.Pupils[1] = _room.Pupils[1] with { Y = _room.Pupils[5].Y - 34, Width = 24 };
        _room.Learn();
        _room.Pupils[5] = _room.Pupils[5].Standing();
        Pose[] oneIsHidden = [.. _room.Pupils.Where((_, seat) => seat != 1).Select(pupil => pupil.Draw())];

        _room.LookAt(oneIsHidden);
        BehaviourSample sample = _room.LookAt(oneIsHidden);

        // The one behind has seat 3, as one reads.
        sample.People.Select(person => person.Seat).ShouldNotContain(3);
        sample.People.Single(person => person.Seat == 5).Behaviour.ShouldBe(Behaviour.Standing);
    }

    [Fact]
    public void Who_stands_up_and_is_not_much_larger_than_the_one_behind_is_told_by_what_shows_below()
    {
        _room.Pupils[1] = _room.Pupils[1] with { Y = _room.Pupils[5].Y - 34, Width = 29 };
        _room.Learn();
        Figure stands = _room.Pupils[5].Standing() with { X = _room.Pupils[5].X - 4, Width = 31.5f };
        Pose[] oneIsHidden = [.. _room.Pupils.Where((_, seat) => seat is not (1 or 5)).Select(pupil => pupil.Draw()), stands.Draw()];

        // Somebody else sits there: one look could err.
        _room.LookAt(oneIsHidden).People.ShouldAllBe(person => person.Behaviour != Behaviour.Standing);
        BehaviourSample sample = _room.LookAt(oneIsHidden);

        sample.People.Select(person => person.Seat).ShouldNotContain(3);
        sample.People.Single(person => person.Seat == 5).Behaviour.ShouldBe(Behaviour.Standing);
    }

    [Theory]
    [InlineData(27, 0, 3.5f)] // As usual, but more shows below.
    [InlineData(29, 0, 3.5f)] // Leans forward.
    [InlineData(29, 5, 2.2f)] // Leans forward and aside, and no more shows below.
    public void Who_sits_behind_somebody_who_is_missed_keeps_the_seat(float width, float aside, float legs)
    {
        _room.Pupils[1] = _room.Pupils[1] with { Y = _room.Pupils[5].Y - 34, Width = 27 };
        _room.Learn();
        _room.Pupils[1] = _room.Pupils[1] with { X = _room.Pupils[1].X + aside, Width = width, Legs = legs };
        Pose[] oneIsMissed = [.. _room.Pupils.Where((_, seat) => seat != 5).Select(pupil => pupil.Draw())];

        for (int look = 0; look < 3; look++)
        {
            BehaviourSample sample = _room.LookAt(oneIsMissed);

            sample.People.Select(person => person.Seat).ShouldNotContain(5);
            sample.People.ShouldAllBe(person => person.Behaviour != Behaviour.Standing);
        }
    }

    [Fact]
    public void Who_stands_up_and_looks_smaller_than_at_the_desk_founds_no_seat()
    {
        _room.Learn();
        _room.Pupils[5] = _room.Pupils[5].Standing() with { Width = 0.9f * _room.Pupils[5].Width };
        _room.Learn(5);

        _room.Look().People[5].ShouldSatisfyAllConditions(
            person => person.Seat.ShouldBe(5),
            person => person.Behaviour.ShouldBe(Behaviour.Standing));
        _room.Look().People.Select(person => person.Seat).ShouldBe(Enumerable.Range(0, 12));
    }

    [Fact]
    public void Who_was_there_before_the_seat_in_front_became_empty_is_not_its_owner()
    {
        _room.Learn(30);
        Pose late = (_room.Pupils[5].Standing() with { Width = 27 }).Draw();
        _room.Look(late).People[^1].Seat.ShouldBe(-1);

        BehaviourSample sample = _room.LookAt([.. _room.Pupils.Where((_, seat) => seat != 5).Select(pupil => pupil.Draw()), late]);

        sample.People[^1].Seat.ShouldBe(-1);
    }

    [Fact]
    public void Shoulders_of_the_one_behind_that_are_found_with_the_face_in_front_do_not_stand()
    {
        _room.Learn(30);
        Figure risen = _room.Pupils[5].Standing() with { Width = 0.9f * _room.Pupils[5].Width };
        Pose mixed = (risen with { Neck = -0.5f }).Draw();

        _room.LookAt([.. _room.Pupils.Where((_, seat) => seat != 5).Select(pupil => pupil.Draw()), mixed])
            .People.Single(person => person.Pose == mixed).Seat.ShouldBe(-1);
    }

    [Fact]
    public void Who_sits_behind_somebody_who_is_missed_and_is_found_twice_is_nobody_else()
    {
        _room.Pupils[1] = _room.Pupils[1] with { Y = _room.Pupils[5].Y - 34, Width = 27 };
        _room.Learn(30);
        Pose again = (_room.Pupils[1] with { X = _room.Pupils[1].X + 3 }).Draw();

        _room.LookAt([.. _room.Pupils.Where((_, seat) => seat != 5).Select(pupil => pupil.Draw()), again])
            .People.Single(person => person.Pose == again).Seat.ShouldBe(-1);
    }
}
