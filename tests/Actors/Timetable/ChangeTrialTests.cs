using System.Collections.Immutable;
using Xunke.Actors.Timetable;
using static Xunke.Tests.Actors.Timetable.MadeUpSchool;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>What a change of lessons would put into two places at once.</summary>
public sealed class ChangeTrialTests
{
    private readonly MadeUpSchool _school = new();

    [Fact]
    public void Substitute_who_has_a_lesson_then_is_taken_in_the_weeks_in_which_that_is_so()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 2);
        TimetableEntry other = _school.Lesson(weekday: 1, period: 2, classId: "5b", teacher: "li", rotation: 2, turns: 2);

        Try(Change(lesson, ChangeKind.Substituted, Day(5, 1), teacher: "li")).ShouldBeEmpty();
        ChangeClash clash = Try(Change(lesson, ChangeKind.Substituted, Day(6, 1), teacher: "li")).ShouldHaveSingleItem();
        (clash.Kind, clash.Id, clash.Other.EntryId, clash.Other.Date).ShouldBe((ConflictKind.Teacher, "li", other.Id, Day(6, 1)));
        Try(Change(lesson, ChangeKind.Substituted, Day(5, 1), goesOn: true, teacher: "li")).Select(one => one.Lesson.Date)
            .ShouldBe([Day(6, 1), Day(8, 1), Day(10, 1), Day(12, 1), Day(14, 1), Day(16, 1), Day(18, 1), Day(20, 1)]);
    }

    [Fact]
    public void Cancelled_lesson_and_holiday_leave_their_time_free()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 2);
        TimetableEntry other = _school.Lesson(weekday: 1, period: 2, classId: "5b", teacher: "li");
        _school.Change(other, ChangeKind.Cancelled, Day(6, 1));
        _school.Special(DayKind.Off, Day(7, 1));

        Try(Change(lesson, ChangeKind.Substituted, Day(6, 1), teacher: "li")).ShouldBeEmpty();
        Try(Change(lesson, ChangeKind.Substituted, Day(7, 1), teacher: "li")).ShouldBeEmpty();
        Try(Change(lesson, ChangeKind.Substituted, Day(8, 1), teacher: "li")).ShouldHaveSingleItem();
    }

    [Fact]
    public void Move_meets_the_class_the_teacher_and_the_room_at_the_new_time()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 2);
        _school.Lesson(weekday: 2, period: 1, teacher: "li");
        _school.Lesson(weekday: 2, period: 2, classId: "5b", teacher: "wang");
        _school.Lesson(weekday: 2, period: 3, classId: "5b", teacher: "zhao", room: "lab");

        Kinds(1).ShouldBe([ConflictKind.Class]);
        Kinds(2).ShouldBe([ConflictKind.Teacher]);
        Kinds(3, room: "lab").ShouldBe([ConflictKind.Room]);
        Kinds(3).ShouldBeEmpty();

        IEnumerable<ConflictKind> Kinds(int period, string? room = null) =>
            Try(Change(lesson, ChangeKind.Moved, Day(3, 1), room: room, newDate: Day(3, 2), newPeriod: period)).Select(clash => clash.Kind);
    }

    [Fact]
    public void Lesson_that_is_moved_onto_itself_of_another_week_clashes()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 2);

        Try(Change(lesson, ChangeKind.Moved, Day(3, 1), newDate: Day(4, 1))).ShouldHaveSingleItem().Kind.ShouldBe(ConflictKind.Class);
    }

    [Fact]
    public void Swap_leaves_both_their_times_and_what_clashed_before_is_not_told()
    {
        TimetableEntry one = _school.Lesson(weekday: 1, period: 2, room: "hall");
        TimetableEntry other = _school.Lesson(weekday: 3, period: 4, teacher: "li");
        _school.Lesson(weekday: 1, period: 2, classId: "5b", teacher: "zhao", room: "hall");

        Try(
            Change(one, ChangeKind.Moved, Day(3, 1), newDate: Day(3, 3), newPeriod: 4),
            Change(other, ChangeKind.Moved, Day(3, 3), newDate: Day(3, 1), newPeriod: 2)).ShouldBeEmpty();
        Try(Change(one, ChangeKind.Substituted, Day(3, 1), teacher: "li")).ShouldBeEmpty("the hall was shared before");
    }

    [Fact]
    public void Teacher_of_two_schools_is_taken_at_the_other_one()
    {
        var second = new MadeUpSchool();
        second.Lesson(weekday: 1, period: 2, teacher: "li");
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 2);

        ChangeTrial.Clashes(_school.Timetable(), [Change(lesson, ChangeKind.Substituted, Day(3, 1), teacher: "li")], [second.Timetable()])
            .ShouldHaveSingleItem().Kind.ShouldBe(ConflictKind.Teacher);
    }

    [Fact]
    public void Lesson_is_found_by_its_own_date_wherever_it_was_moved_to()
    {
        TimetableEntry once = _school.Lesson(weekday: 1, period: 1);
        TimetableEntry always = _school.Lesson(weekday: 2, period: 1);
        _school.Change(once, ChangeKind.Moved, Day(3, 1), newDate: Day(5, 4));
        _school.Change(always, ChangeKind.Moved, Day(4, 2), goesOn: true, newWeekday: 5);
        SchoolTimetable timetable = _school.Timetable();

        timetable.Find(once.Id, Day(3, 1))!.Date.ShouldBe(Day(5, 4));
        timetable.Find(always.Id, Day(6, 2))!.Date.ShouldBe(Day(6, 5));
        timetable.Find(once.Id, Day(3, 2)).ShouldBeNull();
        timetable.Find(Guid.NewGuid(), Day(3, 1)).ShouldBeNull();
    }

    [Fact]
    public void Few_lessons_are_planned_as_among_all()
    {
        TimetableEntry own = _school.Lesson(weekday: 1, period: 1);
        TimetableEntry taken = _school.Lesson(weekday: 1, period: 2, classId: "5b", teacher: "li");
        _school.Lesson(weekday: 1, period: 3, classId: "5b", teacher: "zhao");
        _school.Change(taken, ChangeKind.Substituted, Day(4, 1), teacher: "wang");
        SchoolTimetable all = _school.Timetable(), few = all.Only((_, teacher, _) => teacher == "wang");

        few.Entries.Select(entry => entry.Id).ShouldBe([own.Id, taken.Id]);
        few.On(Day(4, 1)).ShouldBe(all.On(Day(4, 1)).Where(lesson => lesson.TeacherId == "wang"));
    }

    private ImmutableArray<ChangeClash> Try(params TimetableChange[] changes) => ChangeTrial.Clashes(_school.Timetable(), changes, []);

    /// <summary>A change that is tried only.</summary>
    private TimetableChange Change(
        TimetableEntry entry, ChangeKind kind, DateOnly first, bool goesOn = false, string? teacher = null, string? room = null,
        DateOnly? newDate = null, int? newPeriod = null)
    {
        TimetableChange change = _school.Change(entry, kind, first, goesOn, teacher, room, newDate, newPeriod: newPeriod);
        _school.Changes.Remove(change);
        return change;
    }
}
