using System.Globalization;
using Xunke.Actors.Timetable;
using static Xunke.Tests.Actors.Timetable.MadeUpSchool;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>Which day of the calendar and which day plan count, and the district's clock.</summary>
public sealed class CalendarTests
{
    private readonly MadeUpSchool _school = new();

    [Fact]
    public void Exams_suspend_all_grades_or_one()
    {
        _school.Lesson(weekday: 1, period: 1, classId: "3a");
        TimetableEntry other = _school.Lesson(weekday: 1, period: 1, classId: "5b", teacher: "li");
        _school.Special(DayKind.Exam, Day(8, 1), grade: "三年级");
        _school.Special(DayKind.Exam, Day(9, 1));
        SchoolTimetable timetable = _school.Timetable();

        timetable.On(Day(7, 1)).Length.ShouldBe(2);
        timetable.On(Day(8, 1)).ShouldHaveSingleItem().EntryId.ShouldBe(other.Id);
        timetable.On(Day(9, 1)).ShouldBeEmpty();
        timetable.DayOf(Day(8, 1), "三年级").Kind.ShouldBe(DayKind.Exam);
        timetable.DayOf(Day(8, 1), "五年级").Kind.ShouldBe(DayKind.Teaching);
        timetable.DayOf(Day(8, 1), null).Kind.ShouldBe(DayKind.Teaching);
    }

    [Fact]
    public void Schools_own_days_go_before_the_districts_and_fewer_days_before_more()
    {
        DateOnly day = Day(3, 2);
        _school.Special(DayKind.Exam, day, day.AddDays(9));
        Kind().ShouldBe(DayKind.Exam);
        _school.Special(DayKind.Off, day, day.AddDays(3));
        Kind().ShouldBe(DayKind.Off);
        _school.Special(DayKind.Off, day, school: "s02");
        _school.Special(DayKind.Teaching, day.AddDays(-20), day.AddDays(20), school: "s01");
        Kind().ShouldBe(DayKind.Teaching);
        _school.Special(DayKind.Exam, day.AddDays(-20), day.AddDays(20), grade: "三年级", school: "s01");
        (Kind(), Kind("三年级")).ShouldBe((DayKind.Teaching, DayKind.Exam));

        DayKind Kind(string? grade = null) => _school.Timetable().DayOf(day, grade).Kind;
    }

    [Fact]
    public void Day_plan_is_the_calendars_then_the_schools_then_the_districts()
    {
        DateOnly day = Day(8, 1);
        FirstPeriod().ShouldBe(8);
        _school.DayPlans.Add(Plan("district-winter", null, [1, 2, 3, 4, 5], 9, from: day));
        FirstPeriod().ShouldBe(9, "a season's plan goes before the one for good");
        _school.DayPlans.Add(Plan("other", "s02", [1], 13));
        _school.DayPlans.Add(Plan("s01", "s01", [1], 10));
        FirstPeriod().ShouldBe(10);
        _school.DayPlans.Add(Plan("short", null, [], 11));
        _school.Special(DayKind.Teaching, day, plan: "short");
        FirstPeriod().ShouldBe(11);

        int FirstPeriod() => _school.Timetable().DayOf(day, null).PeriodOf(1)!.Period.From.Hour;
    }

    [Fact]
    public void Make_up_day_rings_by_the_weekday_it_follows_and_by_its_own_season()
    {
        _school.DayPlans.Add(Plan("friday", null, [5], 10, to: Day(4, 7)));
        _school.DayPlans.Add(Plan("friday-winter", null, [5], 11, from: Day(5, 1)));
        _school.Special(DayKind.Teaching, Day(5, 7), follows: Day(4, 5));

        _school.Timetable().DayOf(Day(5, 7), null).PeriodOf(1)!.Period.From.Hour.ShouldBe(11);
    }

    [Fact]
    public void Sunday_without_a_day_plan_is_off_and_one_with_a_plan_is_not()
    {
        TimetableEntry sunday = _school.Lesson(weekday: 7, period: 1);
        _school.Timetable().DayOf(Day(1, 7), null).Kind.ShouldBe(DayKind.Off);
        _school.Timetable().On(Day(1, 7)).ShouldBeEmpty();

        _school.DayPlans.Add(Plan("sunday", "s01", [7], 18));
        _school.Timetable().On(Day(1, 7)).ShouldHaveSingleItem().EntryId.ShouldBe(sunday.Id);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2027-03-28", "01:00-01:00 01:00-01:30")] // The clock goes from 02:00 to 03:00 at 01:00 UTC.
    [InlineData("Europe/Berlin", "2026-10-25", "00:00-00:30 00:30-02:30")] // It goes from 03:00 to 02:00 at 01:00 UTC.
    [InlineData("America/New_York", "2027-03-14", "07:00-07:00 07:00-07:30")]
    [InlineData("America/New_York", "2026-11-01", "07:00-07:30 07:30-08:30")] // It goes back at 02:00, which is shown once.
    [InlineData("Asia/Shanghai", "2027-03-28", "18:00-18:30 18:30-19:30")]
    public void Periods_stay_in_order_where_the_clock_is_changed(string zone, string date, string utc)
    {
        _school.Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        _school.Term = new Term { Id = TermId, Name = "夜校", FirstDay = day.AddDays(-30), LastDay = day.AddDays(30), UncountedWeeks = [] };
        _school.DayPlans.Add(new DayPlan
        {
            Id = "night",
            SchoolId = "s01",
            Name = "夜校",
            Weekdays = [7],
            Periods =
            [
                new Period(1, "1", PeriodKind.Lesson, new TimeOnly(2, 0), new TimeOnly(2, 30)),
                new Period(2, "2", PeriodKind.Lesson, new TimeOnly(2, 30), new TimeOnly(3, 30)),
            ],
        });

        TeachingDay found = _school.Timetable().DayOf(day, null);

        string.Join(' ', found.Periods.Select(period => $"{period.From.UtcDateTime:HH:mm}-{period.To.UtcDateTime:HH:mm}")).ShouldBe(utc);
    }

    [Fact]
    public void Clock_that_is_changed_by_half_an_hour_makes_a_period_of_ten_minutes()
    {
        _school.Zone = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
        DateOnly day = new(2026, 10, 4);
        _school.DayPlans.Add(new DayPlan
        {
            Id = "night",
            SchoolId = "s01",
            Name = "夜校",
            Weekdays = [7],
            Periods = [new Period(1, "1", PeriodKind.Lesson, new TimeOnly(2, 10), new TimeOnly(2, 40))],
        });

        PlannedPeriod period = _school.Timetable().DayOf(day, null).Periods.ShouldHaveSingleItem();

        (period.To - period.From).ShouldBe(TimeSpan.FromMinutes(10), "02:00 to 02:30 are skipped");
    }
}
