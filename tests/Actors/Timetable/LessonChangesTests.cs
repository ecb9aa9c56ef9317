using Xunke.Actors.Timetable;
using static Xunke.Tests.Actors.Timetable.MadeUpSchool;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>Lessons that are moved, swapped, given by somebody else, or not held.</summary>
public sealed class LessonChangesTests
{
    private readonly MadeUpSchool _school = new();

    [Fact]
    public void Substitute_is_there_on_one_date_or_from_then_on()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Substituted, Day(5, 1), goesOn: true, teacher: "zhao");
        TimetableChange once = _school.Change(lesson, ChangeKind.Substituted, Day(7, 1), teacher: "li");
        SchoolTimetable timetable = _school.Timetable();

        new[] { 4, 5, 6, 7, 8 }.Select(week => timetable.On(Day(week, 1)).Single().TeacherId)
            .ShouldBe(["wang", "zhao", "zhao", "li", "zhao"]);
        PlannedLesson changed = timetable.On(Day(7, 1)).Single();
        (changed.Change, changed.Unchanged.TeacherId).ShouldBe((once, "wang"));
    }

    [Fact]
    public void Later_of_two_changes_counts_whatever_their_dates()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Substituted, Day(7, 1), teacher: "li");
        _school.Change(lesson, ChangeKind.Substituted, Day(5, 1), goesOn: true, teacher: "zhao");
        _school.Change(lesson, ChangeKind.Cancelled, Day(8, 1));
        _school.Change(lesson, ChangeKind.Moved, Day(8, 1), room: "r9");
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(7, 1)).Single().TeacherId.ShouldBe("zhao");
        PlannedLesson again = timetable.On(Day(8, 1)).Single();
        (again.State, again.RoomId, again.TeacherId).ShouldBe((LessonState.Held, "r9", "zhao"));
    }

    [Fact]
    public void Substitute_comes_to_the_room_that_the_lesson_was_moved_to_before()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Moved, Day(5, 1), goesOn: true, room: "lab", newPeriod: 4);
        _school.Change(lesson, ChangeKind.Substituted, Day(7, 1), teacher: "li");

        PlannedLesson planned = _school.Timetable().On(Day(7, 1)).Single();
        (planned.RoomId, planned.TeacherId, planned.Period.Period.Number).ShouldBe(("lab", "li", 4));
        (planned.Unchanged.RoomId, planned.Unchanged.Period!.Period.Number).ShouldBe(("r1", 1));
    }

    [Fact]
    public void Swap_is_two_moves_and_leaves_the_other_weeks_of_the_rotation_alone()
    {
        TimetableEntry odd = _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 1, subject: "art");
        _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 2, subject: "music");
        TimetableEntry whole = _school.Lesson(weekday: 3, period: 2, subject: "maths");
        _school.Change(odd, ChangeKind.Moved, Day(3, 1), newDate: Day(3, 3), newPeriod: 2);
        _school.Change(whole, ChangeKind.Moved, Day(3, 3), newDate: Day(3, 1), newPeriod: 1);
        SchoolTimetable timetable = _school.Timetable();

        (Subject(2, 1), Subject(2, 3)).ShouldBe(("music", "maths"));
        (Subject(3, 1), Subject(3, 3)).ShouldBe(("maths", "art"));
        (Subject(4, 1), Subject(4, 3)).ShouldBe(("music", "maths"));
        (Subject(5, 1), Subject(5, 3)).ShouldBe(("art", "maths"));

        string Subject(int week, int weekday) => timetable.On(Day(week, weekday)).Single().SubjectId;
    }

    [Fact]
    public void Lesson_moved_to_another_weekday_keeps_its_weeks_and_rests_when_the_new_weekday_does()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 3, period: 1, rotation: 2, turns: 1);
        _school.Change(lesson, ChangeKind.Moved, Day(5, 3), goesOn: true, newWeekday: 4, newPeriod: 2);
        _school.Special(DayKind.Off, Day(7, 3));
        _school.Special(DayKind.Off, Day(9, 4));
        _school.Special(DayKind.Teaching, Day(11, 7), followsWeekday: 4);
        SchoolTimetable timetable = _school.Timetable();

        Dates().ShouldBe(
            [Day(1, 3), Day(3, 3), Day(5, 4), Day(7, 4), Day(11, 4), Day(11, 7), Day(13, 4), Day(15, 4), Day(17, 4), Day(19, 4)]);
        PlannedLesson moved = timetable.On(Day(5, 4)).Single();
        moved.Unchanged.Date.ShouldBe(Day(5, 3));
        timetable.At("r1", moved.Unchanged.Period!.From).Usual!.Date.ShouldBe(Day(5, 4), "it says where the lesson has gone");

        List<DateOnly> Dates() =>
            [.. Enumerable.Range(0, 140).Select(i => FirstDay.AddDays(i)).Where(date => timetable.On(date).Length > 0)];
    }

    [Fact]
    public void Lesson_moved_to_Saturdays_is_not_held_on_a_Saturday_that_follows_its_old_weekday()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Moved, Day(2, 1), goesOn: true, newWeekday: 6);
        _school.Special(DayKind.Teaching, Day(3, 6), followsWeekday: 1);
        _school.DayPlans.Add(Plan("saturday", null, [6], 8));
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(2, 6)).ShouldHaveSingleItem();
        timetable.On(Day(3, 6)).ShouldBeEmpty();
    }

    [Fact]
    public void Lesson_of_a_holiday_that_was_moved_away_is_held_and_one_moved_to_a_holiday_is_not()
    {
        TimetableEntry friday = _school.Lesson(weekday: 5, period: 1);
        TimetableEntry monday = _school.Lesson(weekday: 1, period: 1, classId: "5b");
        _school.Change(friday, ChangeKind.Moved, Day(4, 5), newDate: Day(4, 6));
        _school.Change(monday, ChangeKind.Moved, Day(4, 1), newDate: Day(4, 5));
        _school.Special(DayKind.Off, Day(4, 5));
        SchoolTimetable timetable = _school.Timetable();

        PlannedLesson held = timetable.On(Day(4, 6)).ShouldHaveSingleItem("a Saturday has no day plan, so the usual times count");
        held.From.ShouldBe(new DateTimeOffset(2026, 10, 3, 8, 0, 0, TimeSpan.FromHours(8)));
        timetable.On(Day(4, 5)).ShouldBeEmpty();
        timetable.On(Day(4, 1)).ShouldBeEmpty();
    }

    [Fact]
    public void Move_of_a_lesson_that_is_not_on_that_date_does_nothing()
    {
        TimetableEntry odd = _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 1);
        _school.Change(odd, ChangeKind.Moved, Day(2, 1), newDate: Day(2, 4));
        _school.Change(odd, ChangeKind.Moved, Day(3, 2), newDate: Day(3, 4));

        _school.Timetable().On(Day(2, 4)).ShouldBeEmpty();
        _school.Timetable().On(Day(3, 4)).ShouldBeEmpty();
    }

    [Fact]
    public void Lesson_that_is_moved_twice_is_where_it_was_moved_last()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1);
        _school.Change(lesson, ChangeKind.Moved, Day(3, 1), newDate: Day(3, 4));
        _school.Change(lesson, ChangeKind.Moved, Day(3, 1), newDate: Day(5, 2), newPeriod: 6);
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(3, 1)).ShouldBeEmpty();
        timetable.On(Day(3, 4)).ShouldBeEmpty();
        timetable.On(Day(5, 2)).ShouldHaveSingleItem().Unchanged.Date.ShouldBe(Day(3, 1));
    }

    [Fact]
    public void Lesson_of_a_single_date_is_moved_as_any_other()
    {
        TimetableEntry lab = _school.Lesson(weekday: 1, period: 1, date: Day(4, 3), room: "lab");
        _school.Change(lab, ChangeKind.Moved, Day(4, 3), newWeekday: 5, newPeriod: 2);

        _school.Timetable().On(Day(4, 3)).ShouldBeEmpty();
        PlannedLesson planned = _school.Timetable().On(Day(4, 5)).ShouldHaveSingleItem();
        (planned.RoomId, planned.Period.Period.Number).ShouldBe(("lab", 2));
    }
}
