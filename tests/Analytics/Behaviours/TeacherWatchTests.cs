using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>A drawn class, and a grown-up who walks about in it. Rows are 24, 30 and 36 pixels wide at heights 150, 230 and 310.</summary>
public sealed class TeacherWatchTests
{
    /// <summary>Before the first row: nearer to the camera above the board, turned to the class and so away from the camera.</summary>
    private static readonly Figure BeforeTheClass = new() { X = 700, Y = 318, Width = 60, Facing = false };

    /// <summary>In the aisle at the middle row: as large as who sits there, a tenth more, and on his feet.</summary>
    private static readonly Figure InTheAisle = new() { X = 75, Y = 230 - 1.1f * 30, Width = 33 };

    private readonly DrawnRoom _room = new();

    [Fact]
    public void Who_stands_before_the_first_row_is_in_front_and_at_the_board_when_turned_to_it()
    {
        _room.Learn();

        Places(BeforeTheClass, BeforeTheClass).ShouldBe([TeacherPlace.Unknown, TeacherPlace.Front]);
        Places([.. Enumerable.Repeat(BeforeTheClass with { Facing = true }, 6)]).Last().ShouldBe(TeacherPlace.AtBoard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_whom_the_lower_edge_leaves_the_head_is_in_front_whichever_way_the_shoulders_seem_to_be(bool facing)
    {
        _room.Learn();
        Figure belowTheCamera = BeforeTheClass with { Y = 420, Facing = facing };

        Places(belowTheCamera, belowTheCamera).Last().ShouldBe(TeacherPlace.Front);
        _room.Look(belowTheCamera.Draw(Joint.LeftShoulder, Joint.RightShoulder)).Teacher.ShouldBe(TeacherPlace.Front);
    }

    [Fact]
    public void A_head_that_is_no_lower_than_the_first_row_says_nothing_alone()
    {
        _room.Learn();
        Pose reachingTheEdge = (BeforeTheClass with { Legs = 3 }).Draw(Joint.LeftShoulder, Joint.RightShoulder);

        for (int look = 0; look < 3; look++)
        {
            _room.Look(reachingTheEdge).Teacher.ShouldBe(TeacherPlace.Unknown);
        }
    }

    [Fact]
    public void Who_stands_between_the_rows_is_among_the_pupils()
    {
        _room.Learn();

        Places(InTheAisle, InTheAisle with { Y = InTheAisle.Y - 4 }).Last().ShouldBe(TeacherPlace.AmongPupils);
    }

    [Fact]
    public void A_pupil_without_a_seat_who_sits_is_nobodys_teacher()
    {
        _room.Learn();

        Places(InTheAisle with { Y = 230, Width = 30 }, InTheAisle with { Y = 232, Width = 31 })
            .ShouldAllBe(place => place == TeacherPlace.Unknown);
    }

    [Fact]
    public void Shoulders_seen_from_the_side_or_not_at_all_say_nothing()
    {
        _room.Learn();
        for (int look = 0; look < 3; look++)
        {
            _room.Look(BeforeTheClass.Draw(Joint.LeftShoulder)).Teacher.ShouldBe(TeacherPlace.Unknown);
        }
    }

    [Fact]
    public void A_look_without_the_teacher_changes_nothing_and_five_seconds_without_do()
    {
        _room.Learn();
        Places(BeforeTheClass, BeforeTheClass);

        _room.Look().Teacher.ShouldBe(TeacherPlace.Front);
        _room.Learn(5);
        _room.Look().Teacher.ShouldBe(TeacherPlace.Unknown);
    }

    [Fact]
    public void Before_the_seats_are_known_there_is_no_front() =>
        Places(BeforeTheClass).ShouldBe([TeacherPlace.Unknown]);

    [Fact]
    public void Of_two_grown_ups_the_one_who_was_seen_before_goes_on_being_the_teacher()
    {
        _room.Learn();
        Places(BeforeTheClass, BeforeTheClass);

        for (int look = 0; look < 8; look++)
        {
            _room.Look(InTheAisle.Draw(), BeforeTheClass.Draw()).Teacher.ShouldBe(TeacherPlace.Front);
        }
    }

    private List<TeacherPlace?> Places(params Figure[] teacher) => [.. teacher.Select(figure => _room.Look(figure.Draw()).Teacher)];
}
