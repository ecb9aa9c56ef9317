using Xunke.Actors.Timetable;
using Xunke.Web.Simulation;

namespace Xunke.Tests.Web.Simulation;

public sealed class DemoTimetableTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    private readonly DemoTimetable.Rows _rows = DemoTimetable.Make(DemoDistrict.MakeRooms(DateTimeOffset.UnixEpoch), Today);

    [Fact]
    public void No_class_teacher_or_room_is_in_two_places_and_every_class_has_the_lessons_of_its_grade()
    {
        foreach (var school in _rows.Classes.GroupBy(one => one.SchoolId))
        {
            new SchoolTimetable(new TimetableRows(school.Key, TimeZoneInfo.Utc)
            {
                Terms = [_rows.Term],
                DayPlans = [_rows.DayPlan],
                Classes = [.. school],
                Entries = [.. _rows.Entries.Where(entry => entry.SchoolId == school.Key)],
            }).Conflicts(_rows.Term.Id).ShouldBeEmpty();
        }

        ILookup<string, TimetableEntry> ofClass = _rows.Entries.ToLookup(entry => entry.ClassId);
        ofClass["s01-c101"].Count().ShouldBe(26);
        ofClass["s01-c301"].Count().ShouldBe(30);
        ofClass["s29-c1001"].Count().ShouldBe(34);
        _rows.Classes.ShouldAllBe(one => ofClass[one.Id].Count() >= 26);
    }

    [Fact]
    public void Teachers_have_one_subject_and_no_more_lessons_than_they_can_give()
    {
        _rows.Teachers.Count.ShouldBe(DemoTimetable.Teachers);
        _rows.Teachers.ShouldAllBe(teacher => teacher.SubjectIds.Count == 1 && teacher.Name.Length >= 2);
        _rows.Teachers.Select(teacher => teacher.Id).ShouldBeUnique();
        _rows.Entries.GroupBy(entry => entry.TeacherId).ShouldAllBe(week => week.Count() <= 20);
    }

    [Fact]
    public void It_is_the_same_every_time_and_today_lies_in_its_term()
    {
        DemoTimetable.Rows again = DemoTimetable.Make(DemoDistrict.MakeRooms(DateTimeOffset.UnixEpoch), Today);

        again.Entries.Select(entry => (entry.Id, entry.ClassId, entry.Weekday, entry.Period, entry.TeacherId))
            .ShouldBe(_rows.Entries.Select(entry => (entry.Id, entry.ClassId, entry.Weekday, entry.Period, entry.TeacherId)));
        (Today >= _rows.Term.FirstDay && Today <= _rows.Term.LastDay).ShouldBeTrue();
    }
}
