using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Behaviours;

namespace Xunke.Tests.Analytics.Seats;

/// <summary>What a room's areas are learnt to be, and what drawn ones do.</summary>
public sealed class RoomAreasTests
{
    /// <summary>Around the drawn class of twelve.</summary>
    private static readonly RoomAreas Drawn = RoomAreasShape.Parse(
        """{"pupils": [[0.1, 0.2], [0.8, 0.2], [0.8, 0.75], [0.1, 0.75]], "front": [[0.1, 0.8], [0.8, 0.8], [0.8, 1], [0.1, 1]]}""");

    private readonly DrawnRoom _room = new();

    [Fact]
    public void In_the_first_minutes_a_room_teaches_where_pupils_sit_and_where_the_teacher_moves()
    {
        List<SeatMap> maps = Watch(200);

        maps.Count.ShouldBe(2);
        maps[0].Settled.ShouldBeFalse();
        SeatMap map = maps[1];
        (map.Settled, map.CameraMoved).ShouldBe((true, false));
        map.Seats.Length.ShouldBe(12);
        map.Seats[0].X.ShouldBe(150 / 832.0, 0.01);
        foreach (Figure pupil in _room.Pupils)
        {
            map.Areas.IsAmongPupils(pupil.X / 832, pupil.Y / 468).ShouldBeTrue();
            map.Areas.IsAmongPupils(pupil.X / 832, (pupil.Y - 1.5 * pupil.Width) / 468).ShouldBeTrue("a pupil who stands up stays inside");
        }

        map.Areas.IsAmongPupils(400 / 832.0, 430 / 468.0).ShouldBeFalse();
        map.Areas.IsInFront(400 / 832.0, 430 / 468.0).ShouldBeTrue();
        map.Areas.IsInFront(400 / 832.0, 200 / 468.0).ShouldBeFalse();
        map.Areas.Pupils.Points.Length.ShouldBeLessThanOrEqualTo(16, "somebody is to edit it by hand");
    }

    [Fact]
    public void Without_anybody_at_the_front_there_is_no_front_area()
    {
        SeatMap map = Watch(200, _ => null)[1];

        map.Areas.Front.ShouldBeNull();
    }

    [Fact]
    public void An_empty_room_teaches_nothing_until_the_class_comes()
    {
        for (int look = 0; look < 400; look++)
        {
            _room.LookAt([]);
            _room.Observer.NewSeatMap.ShouldBeNull();
        }

        Watch(60)[0].Seats.Length.ShouldBe(12);
    }

    [Fact]
    public void A_camera_that_was_turned_is_learnt_anew_and_said_to_have_moved()
    {
        Watch(200);
        _room.Shift(12, 0);
        _room.LookAt([], Tamper.Moved);

        List<SeatMap> maps = Watch(220);

        maps.Count.ShouldBe(2);
        maps.ShouldAllBe(map => map.CameraMoved);
        maps[1].Seats[0].X.ShouldBe(162 / 832.0, 0.01);
    }

    [Fact]
    public void A_class_that_sits_down_elsewhere_is_learnt_anew_without_a_word_of_the_camera()
    {
        Watch(200);
        _room.Shift(70, 40);

        List<SeatMap> maps = Watch(220);

        maps.Count.ShouldBe(2);
        maps.ShouldAllBe(map => !map.CameraMoved);
        maps[1].Seats[0].X.ShouldBe(220 / 832.0, 0.01);
    }

    [Fact]
    public void A_room_is_learnt_anew_when_asked()
    {
        Watch(200);
        Watch(200).ShouldBeEmpty();

        _room.Observer.Relearn();

        Watch(200).Count.ShouldBe(2);
    }

    [Fact]
    public void Nobody_outside_the_pupils_area_is_counted_and_who_is_at_the_front_is_the_teacher()
    {
        Pose passer = new Figure { X = 780, Y = 200, Width = 24 }.Draw();
        Pose teacher = new Figure { X = 400, Y = 430, Width = 50 }.Draw();
        Looks(12, passer, teacher);
        BehaviourCounts.Of(_room.Look(passer, teacher).People).People.ShouldBe(14, "nobody has said that those two are no pupils");

        _room.Observer.Areas = Drawn;

        BehaviourSample sample = _room.Look(passer, teacher);
        BehaviourCounts.Of(sample.People).People.ShouldBe(12);
        sample.People.Single(person => person.Pose == passer).ShouldSatisfyAllConditions(
            person => person.Seat.ShouldBe(-1), person => person.Place.ShouldBe(RoomPlace.Outside));
        sample.People.Single(person => person.Pose == teacher).ShouldSatisfyAllConditions(
            person => person.Seat.ShouldBe(-1), person => person.Place.ShouldBe(RoomPlace.Front));
        sample.People.Where(person => person.Seat >= 0).ShouldAllBe(person => person.Place == RoomPlace.Pupils);
        Looks(30, passer, teacher);
        BehaviourCounts.Of(_room.Look(passer, teacher).People).People.ShouldBe(12, "and they found no seat later either");
    }

    [Fact]
    public void Pupils_of_an_area_that_is_widened_are_counted_again()
    {
        _room.Observer.Areas = Drawn with { Pupils = Area.From([new(0.1, 0.2), new(0.45, 0.2), new(0.45, 0.75), new(0.1, 0.75)]).Area! };
        Looks(12);
        BehaviourCounts.Of(_room.Look().People).People.ShouldBe(6);

        _room.Observer.Areas = Drawn;
        Looks(12);

        BehaviourCounts.Of(_room.Look().People).People.ShouldBe(12);
    }

    /// <summary>Watches the class with somebody walking at the front, and gives the maps that come of it.</summary>
    private List<SeatMap> Watch(int looks, Func<int, Figure?>? walker = null)
    {
        walker ??= look => new Figure { X = 250 + look * 17 % 300, Y = 430, Width = 50, Facing = false };
        var maps = new List<SeatMap>();
        for (int look = 0; look < looks; look++)
        {
            _room.Look(walker(look) is { } figure ? [figure.Draw()] : []);
            if (_room.Observer.NewSeatMap is { } map)
            {
                maps.Add(map);
            }
        }

        return maps;
    }

    private void Looks(int looks, params Pose[] others)
    {
        for (int look = 0; look < looks; look++)
        {
            _room.Look(others);
        }
    }
}
