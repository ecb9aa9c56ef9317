using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Trials;
using Xunke.Actors.Lessons;
using Xunke.Analytics.Behaviours;
using Xunke.Tests.Actors.Classrooms;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>What a rule would have raised in a lesson that is over. The lesson is from 08:00 to 08:40, of a class of 40.</summary>
public sealed class RuleTrialTests
{
    private static readonly DateTimeOffset Bell = new(2026, 9, 7, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Reopen = TimeSpan.FromMinutes(10);

    [Fact]
    public void An_empty_room_is_found_with_its_times_and_only_as_the_changed_rule_says()
    {
        // Nobody for ten minutes, then the class.
        var lesson = LessonOf(minute => Samples.Of(default, minute < 10 ? 0 : 35, Behaviour.HeadUp));
        var usual = AlertRules.Usual(AlertKind.RoomEmpty);

        var found = Run(usual, lesson).ShouldHaveSingleItem();
        found.From.ShouldBe(Bell.AddMinutes(5), TimeSpan.FromSeconds(2));
        found.To.ShouldNotBeNull().ShouldBe(Bell.AddMinutes(10).AddSeconds(30), TimeSpan.FromSeconds(2));
        Run(usual with { HoldSeconds = 900 }, lesson).ShouldBeEmpty();
    }

    [Fact]
    public void What_comes_back_soon_is_one_alert()
    {
        var lesson = LessonOf(minute => Samples.Of(default, minute / 6 % 2 == 0 ? 0 : 35, Behaviour.HeadUp));
        var rule = AlertRules.Usual(AlertKind.RoomEmpty) with { HoldSeconds = 60 };
        Run(rule, lesson).Length.ShouldBe(1);
        RuleTrial.Run(rule, lesson, isElsewhere: false, TimeSpan.Zero).Length.ShouldBe(4);
    }

    [Fact]
    public void A_teacher_who_comes_late_is_found_and_one_in_time_is_not()
    {
        var rule = AlertRules.Usual(AlertKind.TeacherAbsent);
        Run(rule, LessonOf(minute => With(minute < 12))).ShouldHaveSingleItem().From
            .ShouldBe(Bell.AddMinutes(6), TimeSpan.FromSeconds(2));
        Run(rule, LessonOf(minute => With(minute < 2))).ShouldBeEmpty();

        static BehaviourSample With(bool isAlone) => Samples.Of(default, 30, Behaviour.HeadUp) with
        {
            Teacher = isAlone ? TeacherPlace.Unknown : TeacherPlace.Front,
        };
    }

    [Fact]
    public void A_covered_camera_is_found_and_lasts_beyond_the_lesson()
    {
        var rule = AlertRules.Usual(AlertKind.CameraCovered);
        var found = Run(rule, LessonOf(minute => minute < 20 ? Samples.Of(default, 30, Behaviour.HeadUp)
            : Samples.Of(default, 0, Behaviour.HeadUp) with { Tamper = Xunke.Analytics.Vision.Tamper.Covered })).ShouldHaveSingleItem();
        (found.From, found.To).ShouldBe((Bell.AddMinutes(20).AddSeconds(30), null));
    }

    [Fact]
    public void Nothing_is_found_of_classes_elsewhere_or_of_lessons_that_nobody_planned()
    {
        var rule = AlertRules.Usual(AlertKind.RoomEmpty);
        RuleTrial.Run(rule, LessonOf(Empty), isElsewhere: true, Reopen).ShouldBeEmpty();
        Run(rule, LessonOf(Empty, isPlanned: false)).ShouldBeEmpty();
        Run(rule, LessonOf(Empty)).ShouldHaveSingleItem().To.ShouldNotBeNull("it ends with the lesson");

        static BehaviourSample Empty(int minute) => Samples.Of(default, 0, Behaviour.HeadUp);
    }

    [Fact]
    public void Kinds_of_which_nothing_is_kept_cannot_be_tried()
    {
        AlertKinds.All.Where(kind => !RuleTrial.CanTry(kind))
            .ShouldBe([AlertKind.UnplannedUse, AlertKind.CameraLost, AlertKind.SchoolOffline]);
    }

    private static TriedAlert[] Run(AlertRule rule, Lesson lesson) => [.. RuleTrial.Run(rule, lesson, isElsewhere: false, Reopen)];

    private static Lesson LessonOf(Func<int, BehaviourSample> seen, bool isPlanned = true) => TapedLesson.Of(Bell, seen, isPlanned);
}
