using Xunke.Actors.Alerts;
using Xunke.Actors.Timetable;
using Xunke.Analytics.Behaviours;
using Xunke.Tests.Actors.Timetable;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>What is raised in a school's rooms, by what is seen and what the timetable has. The lesson is from 08:00 to 08:40.</summary>
public sealed class SchoolWatchTests
{
    [Fact]
    public void Pupils_without_a_teacher_five_minutes_after_the_bell_are_told_of_until_the_teacher_is_there()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 28);
        school.PassUntil(new TimeOnly(8, 5, 30));
        school.Told.ShouldBeEmpty();
        school.PassUntil(new TimeOnly(8, 6, 5));
        school.Told.ShouldBe(["r1 TeacherAbsent"]);
        school.Show("r1", 28, TeacherPlace.Front);
        school.Pass(15);
        school.Told.Count.ShouldBe(1, "somebody who passes is no teacher");
        school.Pass(10);
        school.Told.ShouldBe(["r1 TeacherAbsent", "-r1 TeacherAbsent"]);
    }

    [Fact]
    public void A_teacher_who_was_seen_at_the_bell_may_leave_the_view()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 28, TeacherPlace.Front);
        school.PassUntil(new TimeOnly(8, 2));
        school.Show("r1", 28);
        school.PassUntil(new TimeOnly(8, 39));
        school.Told.ShouldBeEmpty();
    }

    [Fact]
    public void A_watch_that_began_after_the_bell_looks_for_as_long_before_it_tells()
    {
        var school = WatchedSchool.WithLesson(new TimeOnly(8, 20));
        school.Show("r1", 28);
        school.PassUntil(new TimeOnly(8, 25, 50));
        school.Told.ShouldBeEmpty();
        school.PassUntil(new TimeOnly(8, 26, 10));
        school.Told.ShouldBe(["r1 TeacherAbsent"]);
    }

    [Fact]
    public void An_empty_room_is_told_of_with_its_figures_and_ends_when_a_third_of_the_class_is_there()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 2);
        school.PassUntil(new TimeOnly(8, 5, 1));
        school.Told.ShouldBe(["r1 RoomEmpty"]);
        var evidence = school.Changes[0].Evidence.ShouldNotBeNull();
        (evidence.People, evidence.Enrolled, evidence.ClassId, evidence.PeriodName).ShouldBe((2, 30, "3a", "第1节"));
        evidence.Since.ShouldBe(school.At(new TimeOnly(8, 0)));
        evidence.Before.Length.ShouldBeInRange(10, 12);
        evidence.Before[0].At.ShouldBeLessThan(evidence.Before[^1].At);
        school.Show("r1", 9, TeacherPlace.Front);
        school.Pass(30);
        school.Told.Count.ShouldBe(1);
        school.Pass(2);
        school.Told.ShouldBe(["r1 RoomEmpty", "-r1 RoomEmpty"]);
    }

    [Fact]
    public void What_the_lesson_was_about_ends_with_the_lesson()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 0);
        school.PassUntil(new TimeOnly(8, 39, 59));
        school.Told.ShouldBe(["r1 RoomEmpty"]);
        school.Pass(1);
        school.Changes[^1].End.ShouldBe(AlertEnd.LessonOver);
        school.PassUntil(new TimeOnly(9, 40));
        school.Told.Count.ShouldBe(2, "the room has no other lesson");
    }

    [Theory]
    [InlineData("pe")]
    [InlineData("elsewhere")]
    [InlineData("cancelled")]
    [InlineData("exam")]
    [InlineData("holiday")]
    public void A_room_that_is_rightly_empty_is_not_told_of(string why)
    {
        var made = new MadeUpSchool();
        var lesson = made.Lesson(1, 1, subject: why == "pe" ? "pe" : "chinese");
        switch (why)
        {
            case "elsewhere":
                made.Change(lesson, ChangeKind.Elsewhere, MadeUpSchool.Day(1, 1));
                break;
            case "cancelled":
                made.Change(lesson, ChangeKind.Cancelled, MadeUpSchool.Day(1, 1));
                break;
            case "exam":
                made.Special(DayKind.Exam, MadeUpSchool.Day(1, 1));
                break;
            case "holiday":
                made.Special(DayKind.Off, MadeUpSchool.Day(1, 1));
                break;
        }

        var school = new WatchedSchool(made, WatchedSchool.Before);
        school.Show("r1", 0);
        school.PassUntil(new TimeOnly(9, 0));
        school.Told.ShouldBeEmpty();
    }

    [Fact]
    public void A_camera_that_sees_badly_says_nothing_of_people()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 0, lowConfidence: true);
        school.PassUntil(new TimeOnly(8, 20));
        school.Told.ShouldBeEmpty();
    }

    [Fact]
    public void People_in_a_room_without_a_lesson_are_told_of_in_periods_only()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r3", 12);
        school.PassUntil(new TimeOnly(7, 59));
        school.Told.ShouldBeEmpty();
        school.PassUntil(new TimeOnly(8, 5, 5));
        school.Told.ShouldBe(["r3 UnplannedUse"]);
        school.PassUntil(new TimeOnly(8, 40, 1));
        school.Told.ShouldBe(["r3 UnplannedUse", "-r3 UnplannedUse"]);
    }

    [Theory]
    [InlineData(36, "r1 TooManyPeople")]
    [InlineData(20, "r1 TooFewPeople")]
    public void Too_many_and_too_few_are_told_of_against_the_roll(int people, string told)
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", people, TeacherPlace.Front);
        school.PassUntil(new TimeOnly(8, 6));
        school.Told.ShouldBe([told]);
    }

    [Fact]
    public void Silence_raises_nothing_and_lets_what_is_raised_end()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 0);
        school.PassUntil(new TimeOnly(8, 6));
        school.Told.ShouldBe(["r1 RoomEmpty"]);
        school.Policy.Silences.Add(new AlertSilence
        {
            Id = Guid.NewGuid(),
            SchoolId = "s01",
            Kind = AlertKind.RoomEmpty,
            From = school.Now,
            Until = school.At(new TimeOnly(8, 20)),
            Reason = "运动会",
            MadeBy = "head",
            MadeByName = "head",
        });
        school.Show("r1", 30, TeacherPlace.Front);
        school.Pass(32);
        school.Told.ShouldBe(["r1 RoomEmpty", "-r1 RoomEmpty"]);
        school.Show("r1", 0);
        school.PassUntil(new TimeOnly(8, 24, 55));
        school.Told.Count.ShouldBe(2);
        school.PassUntil(new TimeOnly(8, 25, 5));
        school.Told[^1].ShouldBe("r1 RoomEmpty", "the hold begins at the silence's end");
    }

    [Fact]
    public void A_rule_that_is_turned_off_ends_its_alerts()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 0);
        school.PassUntil(new TimeOnly(8, 6));
        school.Policy.Rules[AlertKind.RoomEmpty] = school.Policy.Rules[AlertKind.RoomEmpty] with { IsOn = false };
        school.Pass(1);
        school.Changes[^1].End.ShouldBe(AlertEnd.RuleOff);
    }

    [Fact]
    public void A_restart_takes_up_what_is_raised_and_clears_what_is_gone_from_the_books()
    {
        var school = WatchedSchool.WithLesson();
        school.Show("r1", 0);
        school.PassUntil(new TimeOnly(8, 6));
        school.Restart(new AlertPlace("s01", "r1", AlertKind.RoomEmpty), new AlertPlace("s01", "r9", AlertKind.CameraLost));
        school.Pass(1);
        school.Told.ShouldBe(["r1 RoomEmpty", "-r9 CameraLost"]);
        school.Changes[^1].End.ShouldBe(AlertEnd.RoomGone);
        school.PassUntil(new TimeOnly(8, 30));
        school.Told.Count.ShouldBe(2, "it is raised, not raised again");
        school.PassUntil(new TimeOnly(8, 41));
        school.Told[^1].ShouldBe("-r1 RoomEmpty");
    }
}
