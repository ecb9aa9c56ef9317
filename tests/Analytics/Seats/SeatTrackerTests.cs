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
    public void A_class_that_begins_with_writing_does_not_stand_when_it_sits_up()
    {
        Figure[] upright = [.. _room.Pupils];
        for (int pupil = 0; pupil < upright.Length; pupil++)
        {
            // Who writes sinks by half a shoulder width and more, and the head with it.
            _room.Pupils[pupil] = upright[pupil]
                .WithHeadDown() with
            { Y = upright[pupil].Y + (0.65f * upright[pupil].Width), Legs = upright[pupil].Legs - 0.65f };
        }

        _room.Learn(20);
        upright.CopyTo(_room.Pupils, 0);
        for (int look = 0; look < 20; look++)
        {
            _room.Look().People.ShouldAllBe(person => person.Behaviour != Behaviour.Standing);
        }

        _room.Pupils[5] = upright[5].Standing();
        _room.Look();
        _room.Look().People.Single(person => person.Seat == 5).Behaviour.ShouldBe(Behaviour.Standing);
    }

    [Fact]
    public void After_the_class_sat_down_elsewhere_the_seats_are_learnt_anew()
    {
        _room.Learn(60);
        _room.Shift(70, 40);
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
