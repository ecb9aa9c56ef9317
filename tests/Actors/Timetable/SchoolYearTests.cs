using CsCheck;
using Xunke.Actors.Timetable;

namespace Xunke.Tests.Actors.Timetable;

/// <summary>Whole years of any timetable, calendar and changes, against rules that are applied one by one.</summary>
public sealed class SchoolYearTests
{
    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void Every_date_has_the_lessons_that_the_rules_say(string zone)
    {
        WallClock clock = new(zone);
        SchoolYears.In(clock.Zone).Sample(rows =>
        {
            SchoolTimetable timetable = new(rows);
            ILookup<DateOnly, NaiveLesson> expected = new NaiveTimetable(rows, clock).Lessons(2024).ToLookup(lesson => lesson.Date);
            for (DateOnly date = new(2024, 1, 10); date < new DateOnly(2024, 12, 20); date = date.AddDays(1))
            {
                NaiveLesson[] found =
                [
                    .. timetable.On(date).Select(lesson => new NaiveLesson(
                        lesson.EntryId, lesson.Unchanged.Date, lesson.Date, lesson.Period.Period.Number, lesson.From, lesson.To,
                        lesson.TeacherId, lesson.RoomId, lesson.State)),
                ];
                InOrder(found).ShouldBe(InOrder(expected[date]));
            }
        }, iter: 60, seed: null, threads: 2);
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void Every_room_has_at_each_instant_what_the_lessons_of_the_date_say(string zone)
    {
        WallClock clock = new(zone);
        DateTimeOffset[] instants = [.. InstantsOf(clock)];
        SchoolYears.In(clock.Zone).Sample(rows =>
        {
            SchoolTimetable timetable = new(rows);
            SchoolTimetable unchanged = new(rows with { Changes = [] });
            foreach (DateTimeOffset at in instants)
            {
                var date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, clock.Zone).DateTime);
                foreach (string room in (string[])["r1", "r2", "r3", "lab"])
                {
                    RoomPlan plan = timetable.At(room, at);
                    PlannedLesson[] here =
                        [.. timetable.On(date).Where(lesson => lesson.State == LessonState.Held && lesson.RoomId == room)];
                    PlannedLesson[] now = [.. here.Where(lesson => lesson.From <= at && at < lesson.To)];
                    (plan.Now is null).ShouldBe(now.Length == 0);
                    plan.AlsoNow.Prepend(plan.Now).Where(lesson => lesson is not null).ShouldBe(now, ignoreOrder: true);
                    IEnumerable<PlannedLesson> later = here.Where(lesson => lesson.From > at && lesson.From < lesson.To);
                    (plan.Next?.From).ShouldBe(later.Min(lesson => (DateTimeOffset?)lesson.From));
                    (plan.From <= at && at < plan.To).ShouldBeTrue();
                    RoomPlan usual = unchanged.At(room, at);
                    (plan.Usual is null).ShouldBe(usual.Now is null);
                    usual.AlsoNow.Prepend(usual.Now).Select(lesson => lesson?.EntryId).ShouldContain(plan.Usual?.EntryId);
                }
            }
        }, iter: 20, seed: null, threads: 2);
    }

    /// <summary>Each quarter of an hour of the days on which clocks are changed, and of two days of each month.</summary>
    private static IEnumerable<DateTimeOffset> InstantsOf(WallClock clock)
    {
        for (DateTimeOffset at = new(2024, 1, 3, 0, 5, 0, TimeSpan.Zero); at.Year == 2024; at = at.AddMinutes(15))
        {
            bool isChange = clock.Zone.GetUtcOffset(at.AddHours(-6)) != clock.Zone.GetUtcOffset(at.AddHours(6));
            if (isChange || at.Day is 7 or 20)
            {
                yield return at;
            }
        }
    }

    private static NaiveLesson[] InOrder(IEnumerable<NaiveLesson> lessons) =>
        [.. lessons.OrderBy(lesson => lesson.Entry).ThenBy(lesson => lesson.Usual)];
}
