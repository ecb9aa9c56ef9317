using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Tests.Actors.Alerts;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Web.Alerts;
using Xunke.Web.Alerts.Trials;
using Xunke.Web.Configuration;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Alerts;

/// <summary>A rule is tried on the lessons of the last week, beside what was raised in it.</summary>
public sealed class AlertTrialsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_lessons_of_the_week_are_tried_and_counted_by_day_beside_what_was_raised(bool postgreSql)
    {
        await using MessageDesk desk = await MessageDesk.OpenAsync(postgreSql);
        await desk.RaiseAsync(AlertSeverity.Medium);
        desk.Time.Advance(TimeSpan.FromHours(10));
        DateTimeOffset today = desk.Time.GetUtcNow().AddHours(-8);
        await using (RecordsContext context = desk.Records.CreateDbContext())
        {
            Lesson damaged = Empty(today.AddHours(3));
            damaged.Samples = [9, 9, 9];
            context.AddRange(
                Empty(today), Empty(today.AddHours(1)), Empty(today.AddDays(-3)), Empty(today.AddHours(2), schoolId: "s02"),
                Empty(today.AddDays(-8)), Empty(today.AddHours(4), isPlanned: false), damaged,
                TapedLesson.Of(today.AddHours(5), _ => Samples.Of(default, 38, Behaviour.HeadUp)));
            await context.SaveChangesAsync(MessageDesk.Cancelled);
        }

        IOptions<AlertSettings> settings = Options.Create(new AlertSettings());
        using var trials = new AlertTrials(
            desk.Records, new AlertBook(desk.Records, new TimetableBook(desk.Records, desk.Time), settings, desk.Time),
            new SchoolBook(desk.Records), settings, desk.Time);
        AlertRule rule = AlertRules.Usual(AlertKind.RoomEmpty);

        AlertTrialView all = (await trials.RunAsync(rule, null, MessageDesk.Cancelled)).ShouldNotBeNull();
        (all.Lessons, all.Tried, all.Total, all.Did).ShouldBe((6, 6, 4, 1));
        var date = DateOnly.FromDateTime(today.UtcDateTime);
        all.Days.ShouldBe([new TriedDay(date.AddDays(-3), 1, 0), new TriedDay(date, 3, 1)]);
        all.Alerts[0].ShouldSatisfyAllConditions(
            one => one.SchoolId.ShouldBe("s02"),
            one => one.From.ShouldBe(today.AddHours(2).AddMinutes(5), TimeSpan.FromSeconds(2)));

        AlertTrialView own = (await trials.RunAsync(rule, "s02", MessageDesk.Cancelled)).ShouldNotBeNull();
        (own.Lessons, own.Total, own.Did).ShouldBe((1, 1, 0));
        (await trials.RunAsync(rule with { HoldSeconds = 1800, RaiseAt = 0 }, null, MessageDesk.Cancelled))!.Total
            .ShouldBe(4, "nobody came at all");
    }

    private static Lesson Empty(DateTimeOffset bell, bool isPlanned = true, string schoolId = "s01") =>
        TapedLesson.Of(bell, _ => Samples.Of(default, 0, Behaviour.HeadUp), isPlanned, schoolId);
}
