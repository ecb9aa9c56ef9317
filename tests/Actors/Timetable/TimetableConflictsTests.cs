using Xunke.Actors.Timetable;
using static Xunke.Tests.Actors.Timetable.MadeUpSchool;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>A teacher, a class or a room twice at once.</summary>
public sealed class TimetableConflictsTests
{
    private readonly MadeUpSchool _school = new();

    [Fact]
    public void Teacher_class_and_room_that_are_needed_twice_are_told()
    {
        _school.Lesson(weekday: 1, period: 1, classId: "3a", teacher: "wang");
        _school.Lesson(weekday: 1, period: 1, classId: "5b", teacher: "wang");
        _school.Lesson(weekday: 1, period: 1, classId: "3a", teacher: "li", room: "lab");
        _school.Lesson(weekday: 1, period: 1, classId: "5c", teacher: "zhao", room: "r1");

        _school.Timetable().Conflicts(TermId).Select(conflict => (conflict.Kind, conflict.Id, conflict.FirstDate, conflict.Dates)).ShouldBe(
        [
            (ConflictKind.Class, "3a", Day(1, 1), 20),
            (ConflictKind.Teacher, "wang", Day(1, 1), 20),
            (ConflictKind.Room, "r1", Day(1, 1), 20),
        ]);
    }

    [Fact]
    public void Odd_and_even_weeks_do_not_meet_and_rotations_of_two_and_three_weeks_do()
    {
        _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 1);
        _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 2);
        _school.Timetable().Conflicts(TermId).ShouldBeEmpty();

        _school.Entries.RemoveAt(1);
        _school.Lesson(weekday: 1, period: 1, teacher: "li", rotation: 3, turns: 0b100);
        TimetableConflict conflict = _school.Timetable().Conflicts(TermId).First();
        (conflict.FirstDate, conflict.Dates).ShouldBe((Day(3, 1), 3));
    }

    [Fact]
    public void Weeks_that_follow_one_another_and_weeks_outside_the_term_do_not_meet()
    {
        _school.Term = new Term { Id = TermId, Name = "短", FirstDay = Day(1, 3), LastDay = Day(5, 2), UncountedWeeks = [] };
        _school.Lesson(weekday: 3, period: 1, lastWeek: 2);
        _school.Lesson(weekday: 3, period: 1, firstWeek: 3);
        _school.Lesson(weekday: 1, period: 1, lastWeek: 1);
        _school.Lesson(weekday: 1, period: 1, lastWeek: 1);

        _school.Timetable().Conflicts(TermId).ShouldBeEmpty();
    }

    [Fact]
    public void Lesson_of_a_single_date_meets_the_lessons_of_its_weekday()
    {
        _school.Lesson(weekday: 3, period: 1, rotation: 2, turns: 1);
        _school.Lesson(weekday: 1, period: 1, date: Day(4, 3));
        _school.Timetable().Conflicts(TermId).ShouldBeEmpty();

        _school.Lesson(weekday: 1, period: 1, date: Day(5, 3));
        _school.Timetable().Conflicts(TermId).ShouldAllBe(conflict => conflict.FirstDate == Day(5, 3) && conflict.Dates == 1);
        _school.Timetable().Conflicts(TermId).Length.ShouldBe(3);
    }
}
