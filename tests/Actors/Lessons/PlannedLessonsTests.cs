using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Timetable;
using Xunke.Tests.Actors.Timetable;
using Xunke.Tests.Analytics.Lessons;

namespace Xunke.Tests.Actors.Lessons;

/// <summary>Lessons of a room whose school has a timetable: on a Thursday from 00:00 UTC, with a period of 40 minutes each hour.</summary>
public sealed class PlannedLessonsTests
{
    private static readonly RoomRegistration Room = new("r1", "s01", 40);

    private readonly MadeUpSchool _school = new()
    {
        Zone = TimeZoneInfo.Utc,
        Term = new Term
        {
            Id = MadeUpSchool.TermId,
            Name = "1970",
            FirstDay = new(1970, 1, 1),
            LastDay = new(1970, 6, 30),
            UncountedWeeks = [],
        },
    };

    public PlannedLessonsTests()
    {
        _school.DayPlans.Clear();
        _school.DayPlans.Add(MadeUpSchool.Plan("day", null, [1, 2, 3, 4, 5], 0));
    }

    [Fact]
    public void Lesson_knows_what_the_timetable_had_and_ends_when_planned()
    {
        TimetableEntry first = _school.Lesson(weekday: 4, period: 1);
        TimetableEntry second = _school.Lesson(weekday: 4, period: 2, teacher: "li", subject: "maths");
        RoomLessons lessons = Make(onlyPlanned: true);

        Watch(lessons, 300, 7200);

        LessonInHand[] ended = [.. lessons.TakeEnded(At(7200))];
        ended.Select(lesson => (lesson.Head.From, lesson.To)).ShouldBe([(At(300), At(2400)), (At(3600), At(6000))]);
        Lesson record = ended[1].Record(ended: true, heard: null);
        (record.EntryId, record.TeacherId, record.ClassId, record.SubjectId, record.Period).ShouldBe((second.Id, "li", "3a", "maths", 2));
        (record.PlannedFrom, record.PlannedTo).ShouldBe((At(3600), At(6000)));
        ended[0].Head.Plan!.EntryId.ShouldBe(first.Id);
    }

    [Fact]
    public void Class_that_nobody_planned_has_no_lesson_by_the_timetable_and_one_that_knows_its_period_always()
    {
        RoomLessons planned = Make(onlyPlanned: true), always = Make(onlyPlanned: false);

        Watch(planned, 0, 2000);
        Watch(always, 0, 3000);

        planned.Current.ShouldBeNull();
        planned.TakeEnded(At(2000)).ShouldBeEmpty();
        LessonInHand first = always.TakeEnded(At(3000)).ShouldHaveSingleItem();
        (first.To, first.Head.Plan?.Period, first.Head.Plan?.EntryId).ShouldBe((At(2400), 1, null));
        (always.Current?.Head.Limit, always.Current?.Head.Plan).ShouldBe((At(3600), null), "the break ends with the next period");
    }

    [Fact]
    public void Room_is_watched_from_a_minute_before_its_planned_lesson_to_its_end_and_while_somebody_has_one_by_hand()
    {
        _school.Lesson(weekday: 4, period: 2);
        RoomLessons planned = Make(onlyPlanned: true), always = Make(onlyPlanned: false);

        int[] seconds = [0, 3539, 3540, 3600, 5999, 6000];
        seconds.Select(second => planned.IsWatched(At(second))).ShouldBe([false, false, true, true, true, false]);
        seconds.ShouldAllBe(second => always.IsWatched(At(second)));
        planned.Begin(At(100));
        planned.IsWatched(At(100)).ShouldBeTrue();
        planned.End(At(200));
        planned.TakeEnded(At(200)).ShouldHaveSingleItem();
        planned.IsWatched(At(200)).ShouldBeFalse();
    }

    [Fact]
    public void Class_that_is_elsewhere_has_no_lesson_in_its_room()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 4, period: 1);
        _school.Change(lesson, ChangeKind.Elsewhere, new(1970, 1, 1));
        RoomLessons lessons = Make(onlyPlanned: true);

        Watch(lessons, 0, 2400);

        lessons.Current.ShouldBeNull();
        lessons.TakeEnded(At(2400)).ShouldBeEmpty();
    }

    [Fact]
    public void After_school_service_is_kept_without_an_entry()
    {
        DayPlan plan = _school.DayPlans[0];
        plan.Periods[0] = plan.Periods[0] with { Kind = PeriodKind.AfterSchool };
        RoomLessons lessons = Make(onlyPlanned: true);

        Watch(lessons, 0, 3000);

        LessonInHand lesson = lessons.TakeEnded(At(3000)).ShouldHaveSingleItem();
        (lesson.To, lesson.Head.Plan?.Period).ShouldBe((At(2400), 1));
    }

    [Fact]
    public void Lesson_in_which_the_plan_changes_keeps_what_it_had()
    {
        TimetableEntry entry = _school.Lesson(weekday: 4, period: 1);
        var timetable = new OneTimetable(_school.Timetable());
        var lessons = new RoomLessons(() => Room, RoomLessonsTests.Rules with { OnlyPlanned = true }, timetable);
        Watch(lessons, 0, 600);

        _school.Change(entry, ChangeKind.Substituted, new(1970, 1, 1), teacher: "li");
        timetable.School = _school.Timetable();
        Watch(lessons, 600, 2500);

        LessonInHand lesson = lessons.TakeEnded(At(2500)).ShouldHaveSingleItem();
        (lesson.Head.Plan!.TeacherId, lesson.To).ShouldBe(("wang", At(2400)));
    }

    [Fact]
    public void School_without_a_day_plan_keeps_to_the_periods_of_the_settings()
    {
        var rules = RoomLessonsTests.Rules with { Periods = new PeriodTable(["00:10-00:30"], TimeZoneInfo.Utc), OnlyPlanned = true };
        var with = new RoomLessons(() => Room, rules, new OneTimetable(null));
        var without = new RoomLessons(() => Room, RoomLessonsTests.Rules with { OnlyPlanned = true }, new OneTimetable(null));

        Watch(with, 0, 2000);
        Watch(without, 0, 2000);

        with.TakeEnded(At(2000)).ShouldHaveSingleItem().To.ShouldBe(At(1800));
        without.Current.ShouldBeNull();
    }

    private static DateTimeOffset At(double second) => MadeLesson.Origin.AddSeconds(second);

    private static void Watch(RoomLessons lessons, int from, int to)
    {
        for (int second = from; second < to; second += 2)
        {
            lessons.Take(MadeLesson.Sample(second, 30, up: 30));
        }
    }

    private RoomLessons Make(bool onlyPlanned) =>
        new(() => Room, RoomLessonsTests.Rules with { OnlyPlanned = onlyPlanned }, new OneTimetable(_school.Timetable()));
}
