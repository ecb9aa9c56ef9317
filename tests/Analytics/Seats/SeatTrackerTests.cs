using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Seats;

/// <summary>Who sits where, in a drawn class.</summary>
public sealed class SeatTrackerTests
{
    private readonly DrawnRoom _room = new();

    [Fact]
    public void Seats_are_numbered_as_one_reads_and_keep_their_numbers_while_their_owners_fidget()
    {
        _room.Learn();
        var random = new Random(7);
        Figure[] still = [.. _room.Pupils];
        for (int look = 0; look < 200; look++)
        {
            for (int pupil = 0; pupil < still.Length; pupil++)
            {
                _room.Pupils[pupil] = still[pupil] with
                {
                    X = still[pupil].X + (random.NextSingle() - 0.5f) * still[pupil].Width * 0.8f,
                    Y = still[pupil].Y + (random.NextSingle() - 0.5f) * still[pupil].Width * 0.5f,
                };
            }

            BehaviourSample sample = _room.Look();

            sample.People.Select(person => person.Seat).ShouldBe(Enumerable.Range(0, 12));
            sample.People.Select(person => person.Pose.Box).ShouldBe(_room.Pupils.Select(pupil => pupil.Draw().Box));
        }
    }

    [Fact]
    public void A_pupil_who_is_missed_for_some_looks_comes_back_to_the_same_seat()
    {
        _room.Learn();
        Pose[] without = [.. _room.Pupils.Where((_, seat) => seat is not (3 or 4)).Select(pupil => pupil.Draw())];
        for (int look = 0; look < 30; look++)
        {
            _room.LookAt(without).People.Select(person => person.Seat).ShouldBe([0, 1, 2, 5, 6, 7, 8, 9, 10, 11]);
        }

        _room.Look().People.Select(person => person.Seat).ShouldBe(Enumerable.Range(0, 12));
    }

    [Fact]
    public void Who_walks_has_no_seat()
    {
        _room.Learn();
        for (int step = 0; step < 30; step++)
        {
            var walker = new Figure { X = 100 + step * 20, Y = 420, Width = 50 };

            BehaviourSample sample = _room.Look(walker.Draw());

            sample.People[^1].ShouldSatisfyAllConditions(
                person => person.Seat.ShouldBe(-1),
                person => person.Behaviour.ShouldBe(Behaviour.Unknown));
        }
    }

    [Fact]
    public void Who_stands_still_but_faces_the_class_is_its_teacher_and_has_no_seat()
    {
        Pose teacher = new Figure { X = 400, Y = 420, Width = 50, Facing = false }.Draw();
        for (int look = 0; look < 60; look++)
        {
            _room.Look(teacher).People.Count(person => person.Seat == -1).ShouldBeGreaterThan(0);
        }

        _room.Look(teacher).People.Single(person => person.Seat == -1).Pose.ShouldBe(teacher);
    }

    [Fact]
    public void A_head_alone_over_the_lower_edge_is_the_teachers_and_has_no_seat()
    {
        Figure atTheEdge = new() { X = 400, Y = 440, Width = 60 };
        _room.Learn();

        for (int look = 0; look < 15; look++)
        {
            _room.Look(atTheEdge.Draw(Joint.LeftShoulder, Joint.RightShoulder)).People[^1].Seat.ShouldBe(-1);
        }
    }

    [Fact]
    public void Who_comes_late_and_stays_gets_a_seat_of_his_own()
    {
        _room.Learn(30);
        Pose late = new Figure { X = 75, Y = 230, Width = 30 }.Draw();
        _room.Look(late).People[^1].Seat.ShouldBe(-1);
        for (int look = 0; look < 10; look++)
        {
            _room.Look(late);
        }

        _room.Look(late).People[^1].Seat.ShouldBe(12);
    }

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

    [Fact]
    public void After_the_camera_was_turned_the_seats_are_learnt_anew()
    {
        _room.Learn(60);
        for (int pupil = 0; pupil < _room.Pupils.Length; pupil++)
        {
            _room.Pupils[pupil] = _room.Pupils[pupil] with { X = _room.Pupils[pupil].X + 70, Y = _room.Pupils[pupil].Y + 40 };
        }

        _room.Learn(10);

        _room.Look().People.Select(person => person.Seat).ShouldBe(Enumerable.Range(0, 12));
    }

    [Fact]
    public void A_place_that_is_looked_at_for_minutes_without_anybody_is_forgotten_but_a_stalled_camera_makes_nobody_leave()
    {
        var tracker = new SeatTracker();
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        void Look(params Body[] bodies)
        {
            now += TimeSpan.FromSeconds(1);
            Seat?[] seats = tracker.Match(bodies, now, frameHeight: 468);
            for (int i = 0; i < bodies.Length; i++)
            {
                seats[i]?.Seen(bodies[i], tracker.Watched);
            }
        }

        Body stays = Body.Of(new Figure { X = 200 }.Draw()), leaves = Body.Of(new Figure { X = 500 }.Draw());
        for (int look = 0; look < 5; look++)
        {
            Look(stays, leaves);
        }

        now += TimeSpan.FromHours(2);
        Look(stays, leaves);
        tracker.Seats.Count.ShouldBe(2);

        for (int look = 0; look < 185; look++)
        {
            Look(stays);
        }

        tracker.Seats.Single().X.ShouldBe(200);
    }

    [Fact]
    public void There_are_never_more_than_a_hundred_seats()
    {
        Pose[] crowd =
        [
            .. from row in Enumerable.Range(0, 12)
               from column in Enumerable.Range(0, 12)
               select new Figure { X = 30 + column * 60, Y = 30 + row * 36, Width = 15 }.Draw(),
        ];
        BehaviourSample sample = _room.LookAt(crowd);
        for (int look = 0; look < 20; look++)
        {
            sample = _room.LookAt(crowd);
        }

        sample.People.Length.ShouldBe(144);
        sample.People.Where(person => person.Seat >= 0).Select(person => person.Seat).ShouldBe(Enumerable.Range(0, 100));
    }
}
