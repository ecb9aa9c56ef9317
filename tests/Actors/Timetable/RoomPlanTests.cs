using Xunke.Actors.Timetable;
using static Xunke.Tests.Actors.Timetable.MadeUpSchool;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>What is in a room at an instant, and what should be.</summary>
public sealed class RoomPlanTests
{
    private readonly MadeUpSchool _school = new();

    [Fact]
    public void Class_that_is_elsewhere_is_told_apart_from_nothing()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Elsewhere, Day(3, 1));
        SchoolTimetable timetable = _school.Timetable();

        RoomPlan elsewhere = timetable.At("r1", At(3, 1, 8, 10));
        elsewhere.Now.ShouldBeNull();
        elsewhere.Usual.ShouldNotBeNull().State.ShouldBe(LessonState.Elsewhere);
        RoomPlan nothing = timetable.At("r1", At(3, 1, 9, 10));
        (nothing.Now, nothing.Usual).ShouldBe((null, null));
        nothing.Period!.Period.Number.ShouldBe(2);
    }

    [Fact]
    public void Cancelled_lesson_is_what_should_be_and_not_what_is()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Cancelled, Day(3, 1));
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(3, 1)).ShouldHaveSingleItem().State.ShouldBe(LessonState.Cancelled);
        RoomPlan plan = timetable.At("r1", At(3, 1, 8, 10));
        plan.Now.ShouldBeNull();
        plan.Usual!.State.ShouldBe(LessonState.Cancelled);
    }

    [Fact]
    public void Lesson_in_another_room_is_there_and_is_what_its_own_room_would_have()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        TimetableEntry next = _school.Lesson(weekday: 1, period: 3);
        _school.Change(lesson, ChangeKind.Moved, Day(3, 1), room: "lab");
        SchoolTimetable timetable = _school.Timetable();

        RoomPlan lab = timetable.At("lab", At(3, 1, 8, 0));
        (lab.Now?.EntryId, lab.Usual, lab.Next).ShouldBe((lesson.Id, null, null));
        RoomPlan own = timetable.At("r1", At(3, 1, 8, 0));
        (own.Now, own.Usual?.RoomId, own.Next?.EntryId).ShouldBe((null, "lab", next.Id));
        timetable.At("r1", At(4, 1, 8, 0)).Now!.EntryId.ShouldBe(lesson.Id);
    }

    [Fact]
    public void Lesson_begins_with_its_first_instant_and_is_over_with_its_last()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        SchoolTimetable timetable = _school.Timetable();

        RoomPlan before = timetable.At("r1", At(1, 1, 8, 0) - TimeSpan.FromTicks(1));
        (before.Now, before.Next?.EntryId, before.To).ShouldBe((null, lesson.Id, At(1, 1, 8, 0)));
        timetable.At("r1", At(1, 1, 8, 0)).Now.ShouldNotBeNull();
        timetable.At("r1", At(1, 1, 8, 40) - TimeSpan.FromTicks(1)).Now.ShouldNotBeNull();
        RoomPlan after = timetable.At("r1", At(1, 1, 8, 40));
        (after.Now, after.Next, after.Period).ShouldBe((null, null, null));
    }

    [Fact]
    public void Two_classes_in_one_room_are_told_and_the_one_that_was_moved_there_counts()
    {
        TimetableEntry own = _school.Lesson(weekday: 1, period: 1, classId: "3a");
        TimetableEntry other = _school.Lesson(weekday: 1, period: 1, classId: "5b", teacher: "li");
        _school.Change(other, ChangeKind.Moved, Day(3, 1), room: "r1");

        RoomPlan plan = _school.Timetable().At("r1", At(3, 1, 8, 5));

        plan.Now!.EntryId.ShouldBe(other.Id);
        plan.AlsoNow.ShouldHaveSingleItem().EntryId.ShouldBe(own.Id);
    }

    [Fact]
    public void Two_classes_in_one_room_by_the_timetable_are_always_told_in_the_same_order()
    {
        TimetableEntry one = _school.Lesson(weekday: 1, period: 1, classId: "3a");
        _school.Lesson(weekday: 1, period: 1, classId: "5b", room: "r1");
        _school.Timetable().At("r1", At(3, 1, 8, 5)).Now!.EntryId.ShouldBe(one.Id);

        _school.Entries.Reverse();
        RoomPlan plan = _school.Timetable().At("r1", At(3, 1, 8, 5));
        plan.Now!.EntryId.ShouldBe(one.Id);
        plan.AlsoNow.Length.ShouldBe(1);
    }

    [Fact]
    public void Room_that_is_not_in_the_timetable_knows_the_period()
    {
        RoomPlan plan = _school.Timetable().At("r77", At(3, 1, 9, 5));

        (plan.Now, plan.Usual, plan.Next, plan.Period?.Period.Number).ShouldBe((null, null, null, 2));
    }

    [Fact]
    public void Same_answer_again_allocates_nothing()
    {
        _school.Lesson(weekday: 1, period: 1);
        SchoolTimetable timetable = _school.Timetable();
        DateTimeOffset at = At(1, 1, 8, 5);
        RoomPlan first = timetable.At("r1", at);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = timetable.At("r1", at + TimeSpan.FromSeconds(i));
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        timetable.At("r1", at + TimeSpan.FromSeconds(1)).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Many_threads_that_ask_for_many_days_get_the_answers_of_one()
    {
        _school.Lesson(weekday: 1, period: 1, rotation: 3, turns: 2);
        _school.Lesson(weekday: 2, period: 2, rotation: 2, turns: 2, room: "r1");
        SchoolTimetable timetable = _school.Timetable();
        SchoolTimetable other = _school.Timetable();
        Guid?[] alone = [.. Enumerable.Range(0, 140 * 24).Select(hour => other.At("r1", At(1, 1, 0, 10).AddHours(hour)).Now?.EntryId)];

        await Parallel.ForAsync(0, alone.Length * 4, TestContext.Current.CancellationToken, (i, _) =>
        {
            int hour = i * 7919 % alone.Length;
            (timetable.At("r1", At(1, 1, 0, 10).AddHours(hour)).Now?.EntryId).ShouldBe(alone[hour]);
            return ValueTask.CompletedTask;
        });

        alone.Count(id => id is not null).ShouldBe(17);
    }

    private static DateTimeOffset At(int week, int weekday, int hour, int minute) =>
        new(Day(week, weekday).ToDateTime(new TimeOnly(hour, minute)), TimeSpan.FromHours(8));
}
