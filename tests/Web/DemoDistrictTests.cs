using Xunke.Actors.Books;
using Xunke.Web.Simulation;

namespace Xunke.Tests.Web;

public sealed class DemoDistrictTests
{
    private readonly IReadOnlyList<Room> _rooms = DemoDistrict.MakeRooms(DateTimeOffset.UnixEpoch);

    [Fact]
    public void The_district_has_31_schools_965_rooms_and_41504_pupils()
    {
        _rooms.Select(room => room.SchoolId).Distinct().Count().ShouldBe(31);
        _rooms.Count.ShouldBe(965);
        _rooms.Sum(room => room.Enrolled).ShouldBe(41_504);
    }

    [Fact]
    public void Every_room_is_one_of_a_kind_and_of_a_plausible_size()
    {
        _rooms.Select(room => room.Id).Distinct().Count().ShouldBe(965);
        _rooms.ShouldAllBe(room => room.Enrolled >= 24 && room.Enrolled <= 55);
        _rooms.ShouldAllBe(room => room.Name.StartsWith(room.Grade, StringComparison.Ordinal));
    }

    [Fact]
    public void The_rooms_with_simulated_cameras_are_on_the_books_with_as_many_pupils_as_the_clips_show()
    {
        DemoDistrict.LiveRooms.Count.ShouldBe(6);
        DemoDistrict.LiveRooms.Select(id => _rooms.Single(room => room.Id == id).Enrolled).ShouldAllBe(enrolled => enrolled == 24);
    }

    [Fact]
    public void It_is_the_same_every_time() =>
        DemoDistrict.MakeRooms(DateTimeOffset.UnixEpoch).Select(room => (room.Id, room.Name, room.Enrolled))
            .ShouldBe(_rooms.Select(room => (room.Id, room.Name, room.Enrolled)));
}
