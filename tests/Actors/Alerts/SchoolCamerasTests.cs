using Xunke.Actors.Alerts;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>What is told of a school's cameras. The lesson is from 08:00 to 08:40.</summary>
public sealed class SchoolCamerasTests
{
    [Theory]
    [InlineData(RoomFaults.ViewDark, AlertKind.CameraDark)]
    [InlineData(RoomFaults.ViewCovered, AlertKind.CameraCovered)]
    [InlineData(RoomFaults.ViewBlurred, AlertKind.CameraBlurred)]
    [InlineData(RoomFaults.ViewFrozen, AlertKind.CameraFrozen)]
    [InlineData(RoomFaults.ViewMoved, AlertKind.CameraMoved)]
    public void A_hidden_view_is_told_of_in_a_lesson_and_lasts_until_it_is_good(string fault, AlertKind kind)
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 0, fault: fault);
        school.PassUntil(new TimeOnly(7, 59, 59));
        school.Told.ShouldBeEmpty("a dark room before the lesson is a dark room");
        school.PassUntil(new TimeOnly(8, 39));
        school.Told.ShouldBe([$"r1 {kind}"]);
        school.PassUntil(new TimeOnly(8, 50));
        school.Told.Count.ShouldBe(1, "it lasts beyond the lesson");
        school.Show("r1", 30, TeacherPlace.Front);
        school.Pass(62);
        school.Told.ShouldBe([$"r1 {kind}", $"-r1 {kind}"]);
    }

    [Fact]
    public void A_camera_is_lost_in_school_hours_only_and_not_within_the_grace_of_a_start()
    {
        var school = WatchedSchool.WithLesson(new TimeOnly(7, 0));
        school.Show("r1", 0);
        school.Pass(5);
        school.Lose("r1");
        school.PassUntil(new TimeOnly(7, 29, 59));
        school.Told.ShouldBeEmpty("the first period is more than half an hour away");
        school.PassUntil(new TimeOnly(7, 31, 5));
        school.Told.ShouldBe(["r1 CameraLost"]);
        school.Show("r1", 0, state: ClassroomState.Resting);
        school.Pass(62);
        school.Told.ShouldBe(["r1 CameraLost", "-r1 CameraLost"]);

        var started = WatchedSchool.WithLesson(new TimeOnly(8, 1));
        started.Show("r1", 30, TeacherPlace.Front, fault: null);
        started.Pass(1);
        started.Lose("r1");
        started.Pass(115);
        started.Told.ShouldBeEmpty("the grace, then the hold");
        started.Pass(10);
        started.Told.ShouldBe(["r1 CameraLost"]);
    }

    [Fact]
    public void A_room_without_a_camera_loses_none()
    {
        var school = WatchedSchool.WithLesson();
        school.Lose("r1");
        school.PassUntil(new TimeOnly(8, 30));
        school.Told.ShouldBeEmpty();
    }

    [Fact]
    public void A_cut_of_the_whole_school_is_told_once_and_who_stays_away_afterwards_alone()
    {
        var school = WatchedSchool.WithLesson();
        foreach (var room in new[] { "r1", "r2", "r3" })
        {
            school.Show(room, 0, fault: RoomFaults.ViewDark, lowConfidence: true);
        }

        school.PassUntil(new TimeOnly(7, 56));
        foreach (var room in new[] { "r1", "r2", "r3" })
        {
            school.Lose(room);
            school.Pass(4);
        }

        school.Pass(240);
        school.Told.ShouldBe(["school SchoolOffline"]);
        (school.Changes[0].Evidence!.Lost, school.Changes[0].Evidence!.Cameras).ShouldBe((3, 3));
        school.Policy.Rules[AlertKind.SchoolOffline] = school.Policy.Rules[AlertKind.SchoolOffline] with { ClearAt = 49 };
        school.Show("r1", 30, TeacherPlace.Front);
        school.Show("r2", 0, lowConfidence: true);
        school.Pass(62);
        school.Told.ShouldBe(["school SchoolOffline", "-school SchoolOffline"]);
        school.Pass(62);
        school.Told[^1].ShouldBe("r3 CameraLost");
    }

    [Fact]
    public void Cameras_that_go_one_by_one_are_told_one_by_one()
    {
        var school = WatchedSchool.WithLesson();
        foreach (var room in new[] { "r1", "r2", "r3" })
        {
            school.Show(room, 0, lowConfidence: true);
        }

        school.PassUntil(new TimeOnly(7, 55));
        foreach (var room in new[] { "r1", "r2", "r3" })
        {
            school.Lose(room);
            school.Pass(30);
        }

        school.Pass(90);
        school.Told.ShouldBe(["r1 CameraLost", "r2 CameraLost", "r3 CameraLost"]);
    }
}
