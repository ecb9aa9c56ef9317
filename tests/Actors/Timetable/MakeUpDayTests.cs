using Xunke.Actors.Timetable;
using static Xunke.Tests.Actors.Timetable.MadeUpSchool;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>Rotations, weeks that do not count, and days that follow others.</summary>
public sealed class MakeUpDayTests
{
    private readonly MadeUpSchool _school = new();

    [Fact]
    public void Make_up_day_takes_weekday_week_and_turn_of_the_date_it_follows()
    {
        TimetableEntry odd = _school.Lesson(weekday: 3, period: 1, rotation: 2, turns: 1);
        TimetableEntry even = _school.Lesson(weekday: 3, period: 2, rotation: 2, turns: 2);
        _school.Lesson(weekday: 3, period: 3, lastWeek: 3);
        _school.Special(DayKind.Off, Day(4, 3));
        _school.Special(DayKind.Teaching, Day(5, 6), follows: Day(4, 3));
        SchoolTimetable timetable = _school.Timetable();

        PlannedLesson made = timetable.On(Day(5, 6)).ShouldHaveSingleItem("week 4 is even, and the third lesson ends with week 3");
        made.EntryId.ShouldBe(even.Id);
        made.Date.ShouldBe(Day(5, 6));
        made.From.ShouldBe(new DateTimeOffset(2026, 10, 10, 9, 0, 0, TimeSpan.FromHours(8)));
        timetable.On(Day(5, 3)).ShouldHaveSingleItem().EntryId.ShouldBe(odd.Id);
        timetable.On(Day(4, 3)).ShouldBeEmpty();
    }

    [Fact]
    public void Make_up_day_that_follows_a_weekday_is_in_its_own_week()
    {
        _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 1);
        TimetableEntry even = _school.Lesson(weekday: 1, period: 2, rotation: 2, turns: 2);
        _school.Special(DayKind.Teaching, Day(2, 7), followsWeekday: 1);

        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(2, 7)).ShouldHaveSingleItem().EntryId.ShouldBe(even.Id);
        TeachingDay day = timetable.DayOf(Day(2, 7), null);
        (day.Weekday, day.Week, day.TurnOf(2), day.Follows, day.IsMakeUp).ShouldBe((1, 2, 1, Day(2, 7), true));
    }

    [Fact]
    public void Changes_of_a_date_are_those_of_the_real_date_on_a_make_up_day()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 3, period: 1);
        _school.Special(DayKind.Teaching, Day(5, 6), follows: Day(4, 3));
        _school.Change(lesson, ChangeKind.Substituted, Day(4, 3), teacher: "li");
        _school.Change(lesson, ChangeKind.Elsewhere, Day(5, 6));
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(4, 3)).ShouldHaveSingleItem().TeacherId.ShouldBe("li");
        PlannedLesson made = timetable.On(Day(5, 6)).ShouldHaveSingleItem();
        (made.TeacherId, made.State).ShouldBe(("wang", LessonState.Elsewhere));
    }

    [Fact]
    public void Lesson_of_a_single_date_is_not_repeated_by_the_day_that_follows_it()
    {
        TimetableEntry lab = _school.Lesson(weekday: 1, period: 1, date: Day(4, 3), firstWeek: 9);
        _school.Special(DayKind.Teaching, Day(5, 6), follows: Day(4, 3));
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(4, 3)).ShouldHaveSingleItem("whatever its weekday and weeks say").EntryId.ShouldBe(lab.Id);
        timetable.On(Day(5, 6)).ShouldBeEmpty();
    }

    [Fact]
    public void Whole_odd_and_even_weeks_are_three_choices()
    {
        TimetableEntry whole = _school.Lesson(weekday: 1, period: 1);
        TimetableEntry odd = _school.Lesson(weekday: 1, period: 2, rotation: 2, turns: 1);
        TimetableEntry even = _school.Lesson(weekday: 1, period: 3, rotation: 2, turns: 2);
        SchoolTimetable timetable = _school.Timetable();

        for (int week = 1; week <= 20; week++)
        {
            timetable.On(Day(week, 1)).Select(lesson => lesson.EntryId).ShouldBe([whole.Id, week % 2 == 1 ? odd.Id : even.Id]);
        }
    }

    [Fact]
    public void Rotations_of_two_three_and_four_weeks_go_side_by_side()
    {
        TimetableEntry weekday = _school.Lesson(weekday: 5, period: 1, rotation: 2, turns: 0b10);
        TimetableEntry saturday = _school.Lesson(weekday: 6, period: 1, rotation: 3, turns: 0b101);
        TimetableEntry four = _school.Lesson(weekday: 6, period: 2, rotation: 4, turns: 0b1000);
        _school.DayPlans.Add(Plan("saturday", null, [6], 9));
        SchoolTimetable timetable = _school.Timetable();

        WeeksOf(timetable, weekday, 5).ShouldBe([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
        WeeksOf(timetable, saturday, 6).ShouldBe([1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19]);
        WeeksOf(timetable, four, 6).ShouldBe([4, 8, 12, 16, 20]);
    }

    [Fact]
    public void Rotation_goes_on_where_it_was_after_a_week_that_does_not_count()
    {
        _school.Term.UncountedWeeks.AddRange([4, 9]);
        TimetableEntry odd = _school.Lesson(weekday: 2, period: 1, rotation: 2, turns: 1);
        TimetableEntry third = _school.Lesson(weekday: 2, period: 2, rotation: 3, turns: 0b100);
        _school.Special(DayKind.Off, Day(4, 1), Day(4, 7));
        _school.Special(DayKind.Exam, Day(9, 1), Day(9, 7));
        SchoolTimetable timetable = _school.Timetable();

        WeeksOf(timetable, odd, 2).ShouldBe([1, 3, 6, 8, 11, 13, 15, 17, 19]);
        WeeksOf(timetable, third, 2).ShouldBe([3, 7, 11, 14, 17, 20]);
    }

    [Fact]
    public void Days_of_a_week_that_does_not_count_are_as_the_week_after()
    {
        _school.Term.UncountedWeeks.Add(3);
        TimetableEntry odd = _school.Lesson(weekday: 2, period: 1, rotation: 2, turns: 1);
        TimetableEntry whole = _school.Lesson(weekday: 2, period: 2, firstWeek: 3, lastWeek: 3);

        WeeksOf(_school.Timetable(), odd, 2).ShouldBe([1, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
        WeeksOf(_school.Timetable(), whole, 2).ShouldBe([3]);
    }

    [Fact]
    public void Holiday_in_a_week_that_counts_does_not_shift_the_rotation()
    {
        TimetableEntry odd = _school.Lesson(weekday: 2, period: 1, rotation: 2, turns: 1);
        _school.Special(DayKind.Off, Day(3, 1), Day(3, 7));

        WeeksOf(_school.Timetable(), odd, 2).ShouldBe([1, 5, 7, 9, 11, 13, 15, 17, 19]);
    }

    [Fact]
    public void Make_up_day_outside_the_term_follows_a_date_inside_it()
    {
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1, lastWeek: 1);
        DateOnly before = FirstDay.AddDays(-1);
        _school.Special(DayKind.Teaching, before, follows: Day(1, 1));

        _school.Timetable().On(before).ShouldHaveSingleItem().EntryId.ShouldBe(lesson.Id);
        _school.Timetable().On(before.AddDays(-1)).ShouldBeEmpty();
    }

    [Fact]
    public void Term_that_begins_on_a_Wednesday_has_a_short_first_week_and_one_that_ends_on_a_Tuesday_a_short_last_one()
    {
        _school.Term = new Term { Id = TermId, Name = "短", FirstDay = Day(1, 3), LastDay = Day(5, 2), UncountedWeeks = [] };
        TimetableEntry monday = _school.Lesson(weekday: 1, period: 1, rotation: 2, turns: 1);
        TimetableEntry thursday = _school.Lesson(weekday: 4, period: 1, rotation: 2, turns: 1);
        SchoolTimetable timetable = _school.Timetable();

        WeeksOf(timetable, monday, 1).ShouldBe([3, 5]);
        WeeksOf(timetable, thursday, 4).ShouldBe([1, 3]);
        timetable.DayOf(Day(1, 2), null).Kind.ShouldBe(DayKind.Off);
        timetable.DayOf(Day(1, 3), null).Week.ShouldBe(1);
        timetable.DayOf(Day(2, 1), null).Week.ShouldBe(2);
    }

    [Fact]
    public void Leap_day_is_a_day_of_its_week()
    {
        DateOnly leapDay = new(2028, 2, 29);
        _school.Term = new Term { Id = TermId, Name = "春", FirstDay = new(2028, 2, 14), LastDay = new(2028, 7, 7), UncountedWeeks = [] };
        TimetableEntry tuesday = _school.Lesson(weekday: 2, period: 1, rotation: 2, turns: 1);
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(leapDay).ShouldHaveSingleItem().EntryId.ShouldBe(tuesday.Id);
        timetable.DayOf(leapDay, null).Week.ShouldBe(3);
        timetable.DayOf(new(2028, 3, 1), null).Week.ShouldBe(3);
    }

    [Fact]
    public void Term_of_more_than_a_year_counts_its_weeks_on()
    {
        _school.Term = new Term { Id = TermId, Name = "长", FirstDay = FirstDay, LastDay = Day(70, 7), UncountedWeeks = [] };
        TimetableEntry lesson = _school.Lesson(weekday: 1, period: 1, firstWeek: 64);

        _school.Timetable().On(Day(64, 1)).ShouldHaveSingleItem().EntryId.ShouldBe(lesson.Id);
        _school.Timetable().On(Day(63, 1)).ShouldBeEmpty();
    }

    private static List<int> WeeksOf(SchoolTimetable timetable, TimetableEntry entry, int weekday) =>
        [.. Enumerable.Range(1, 30).Where(week => timetable.On(Day(week, weekday)).Any(lesson => lesson.EntryId == entry.Id))];
}
