using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;
using Xunke.Tests.Analytics.Lessons;

namespace Xunke.Tests.Actors.Lessons;

/// <summary>When a lesson begins and ends.</summary>
public sealed class RoomLessonsTests
{
    /// <summary>What the settings say where nobody changed them.</summary>
    internal static readonly LessonRules Rules = new(
        new PeriodTable([], TimeZoneInfo.Utc), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(60), Listen: true);

    private static readonly RoomRegistration Room = new("s01-101", "s01", 40);

    [Fact]
    public void A_lesson_lasts_from_the_classs_coming_to_its_going()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 0, 60, people: 7);
        lessons.Current.ShouldBeNull("a fifth of the class is eight");
        Watch(lessons, 60, 600, people: 30);
        Watch(lessons, 600, 880, people: 0);
        lessons.Current.ShouldNotBeNull();
        Watch(lessons, 880, 1000, people: 0);
        lessons.Current.ShouldBeNull();

        LessonInHand ended = lessons.TakeEnded(At(1000)).ShouldHaveSingleItem();
        (ended.Head.From, ended.To).ShouldBe((At(60), At(600)));
        lessons.TakeEnded(At(1001)).ShouldBeEmpty();
    }

    [Fact]
    public void A_covered_camera_does_not_end_a_lesson_and_a_camera_that_went_does()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 0, 60, people: 30);
        Watch(lessons, 60, 900, people: 0, Tamper.Covered);
        lessons.Current.ShouldNotBeNull();

        lessons.TakeEnded(At(1300)).ShouldHaveSingleItem().To.ShouldBe(At(900));
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_a_lesson_neither_shorter_nor_endless_and_the_next_does_not_overlap()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 0, 1200, people: 30);
        Watch(lessons, 600, 1200, people: 30);

        lessons.Current.ShouldNotBeNull().To.ShouldBe(At(1800), TimeSpan.FromSeconds(6));
        Watch(lessons, 1200, 1560, people: 0);
        LessonInHand first = lessons.TakeEnded(At(1560)).ShouldHaveSingleItem();
        first.Head.From.ShouldBe(At(0));
        first.To.ShouldBe(At(1800), TimeSpan.FromSeconds(6));

        Watch(lessons, 1560, 2400, people: 30);
        lessons.Current.ShouldNotBeNull().Head.From.ShouldBeGreaterThanOrEqualTo(first.To);
    }

    [Fact]
    public void A_clock_that_is_set_back_by_days_loses_nothing_either()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 200_000, 201_200, people: 30);
        Watch(lessons, 0, 600, people: 30);
        Watch(lessons, 600, 1000, people: 0);

        LessonInHand lesson = lessons.TakeEnded(At(1000)).ShouldHaveSingleItem();
        (lesson.To - lesson.Head.From).TotalSeconds.ShouldBe(1800, tolerance: 6);
        Watch(lessons, 1000, 1300, people: 30);
        lessons.Current.ShouldNotBeNull().Head.From.ShouldBe(At(1000));
    }

    [Fact]
    public void A_covered_camera_begins_no_lesson()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 0, 60, people: 0, Tamper.Dark);
        lessons.Current.ShouldBeNull();
    }

    [Fact]
    public void A_class_that_stays_has_another_lesson_after_the_longest()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 0, 3700, people: 30);
        LessonInHand first = lessons.TakeEnded(At(3700)).ShouldHaveSingleItem();
        (first.To - first.Head.From).ShouldBe(TimeSpan.FromMinutes(60));
        lessons.Current!.Head.From.ShouldBe(At(3600));
    }

    [Fact]
    public void Periods_cut_the_day_and_breaks_are_nobodys()
    {
        var lessons = new RoomLessons(
            () => Room, Rules with { Periods = new PeriodTable(["00:01-00:11", "00:15-00:25"], TimeZoneInfo.Utc) }, new OneTimetable(null));
        Watch(lessons, 0, 1800, people: 30);
        lessons.TakeEnded(At(1800)).Select(lesson => (lesson.Head.From, lesson.To)).ShouldBe(
            [(At(60), At(660)), (At(900), At(1500))]);
    }

    [Fact]
    public void A_lesson_begun_by_hand_needs_one_pupil_and_no_timetable()
    {
        var lessons = new RoomLessons(() => Room, Rules with { OnlyPlanned = true }, new OneTimetable(null));
        Watch(lessons, 0, 100, people: 3);
        lessons.Current.ShouldBeNull();

        lessons.Begin(At(100));
        Watch(lessons, 80, 1000, people: 3);

        LessonInHand lesson = lessons.Current.ShouldNotBeNull();
        (lesson.Head.From, lesson.To, lesson.Head.ByHand).ShouldBe((At(100), At(1000), true));
        SampleTape.Read(lesson.Record(ended: false, heard: null).Samples, lesson.Head.From)[0].At.ShouldBe(At(100), "looks from before are not of it");
        lessons.TakeEnded(At(1301)).ShouldHaveSingleItem().To.ShouldBe(At(1000), "the class has been away for as long as any");
    }

    [Fact]
    public void A_lesson_begun_by_hand_in_an_empty_room_ends_by_itself()
    {
        RoomLessons lessons = Make();
        lessons.Begin(At(0));
        Watch(lessons, 0, 320, people: 0);

        LessonInHand lesson = lessons.TakeEnded(At(320)).ShouldHaveSingleItem();
        lesson.To.ShouldBe(lesson.Head.From);
    }

    [Fact]
    public void After_a_lesson_was_ended_by_hand_the_class_that_stays_has_no_other_until_its_time_is_over()
    {
        RoomLessons lessons = Make();
        Watch(lessons, 0, 600, people: 30);
        lessons.End(At(600));
        lessons.HeldUntil.ShouldBe(At(3600));
        Watch(lessons, 600, 3600, people: 30);

        lessons.Current.ShouldBeNull();
        lessons.TakeEnded(At(3600)).ShouldHaveSingleItem().To.ShouldBe(At(600));
        Watch(lessons, 3600, 3700, people: 30);
        lessons.Current.ShouldNotBeNull().Head.From.ShouldBe(At(3600));
    }

    [Fact]
    public void After_a_lesson_was_ended_by_hand_the_next_class_or_hand_begins_another()
    {
        RoomLessons gone = Make(), begun = Make();
        foreach (RoomLessons lessons in (RoomLessons[])[gone, begun])
        {
            Watch(lessons, 0, 600, people: 30);
            lessons.End(At(600));
        }

        Watch(gone, 600, 620, people: 30);
        Watch(gone, 620, 930, people: 0);
        Watch(gone, 930, 1000, people: 30);
        begun.Begin(At(700));

        gone.Current.ShouldNotBeNull().Head.From.ShouldBe(At(930));
        begun.Current.ShouldNotBeNull().Head.From.ShouldBe(At(700));
        begun.HeldUntil.ShouldBeNull();
    }

    [Theory]
    [InlineData("8-9")]
    [InlineData("09:00-08:00")]
    [InlineData("08:00")]
    public void What_is_no_period_is_refused_at_the_start(string period) =>
        Should.Throw<FormatException>(() => new PeriodTable([period], TimeZoneInfo.Utc)).Message.ShouldContain(period);

    private static RoomLessons Make() => new(() => Room, Rules, new OneTimetable(null));

    private static DateTimeOffset At(double second) => MadeLesson.Origin.AddSeconds(second);

    private static void Watch(RoomLessons lessons, int from, int to, int people, Tamper tamper = Tamper.None)
    {
        for (int second = from; second < to; second += 2)
        {
            BehaviourSample sample = MadeLesson.Sample(second, people, up: people);
            lessons.Take(sample with { Tamper = tamper });
        }
    }
}
