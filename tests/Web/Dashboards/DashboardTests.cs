using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Alerts;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Bookings;
using Xunke.Web.Dashboards;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Dashboards;

/// <summary>What a principal, and the district's duty officer, see of this hour.</summary>
public sealed class DashboardTests
{
    private const string Hour = $"/api/dashboards/schools/{BookedSchool.Id}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_principal_sees_what_is_planned_and_seen_in_each_room_and_what_waits(bool postgreSql)
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql);
        school.GoTo(8, 12);
        school.Show(BookedSchool.Classroom, 38);
        Guid severe = await AlertAsync(school, AlertKind.TeacherAbsent, AlertSeverity.High, AlertState.Firing);
        await AlertAsync(school, AlertKind.CameraMoved, AlertSeverity.Info, AlertState.Acknowledged);
        await AlertAsync(school, AlertKind.CameraMoved, AlertSeverity.High, AlertState.Resolved);

        JsonElement hour = await school.GetAsync("head", Hour);
        Text(hour, "period").ShouldBe("第1节");
        JsonElement[] rooms = [.. hour.GetProperty("rooms").EnumerateArray()];
        rooms.Length.ShouldBe(3);
        JsonElement classroom = rooms.Single(room => Text(room, "roomId") == BookedSchool.Classroom);
        (Text(classroom, "state"), Number(classroom, "people"), Number(classroom, "expected")).ShouldBe(("live", 38, 40));
        Text(classroom.GetProperty("lesson"), "teacherName").ShouldBe("赵老师");
        rooms.Count(room => room.GetProperty("lesson").ValueKind is JsonValueKind.Null).ShouldBe(2, "nothing is planned there now");
        JsonElement[] alerts = [.. hour.GetProperty("alerts").EnumerateArray()];
        alerts.Select(alert => (Text(alert, "kind"), alert.GetProperty("isTaken").GetBoolean()))
            .ShouldBe([("teacherAbsent", false), ("cameraMoved", true)], "the most severe first, and not what is over");
        alerts[0].GetProperty("alertId").GetGuid().ShouldBe(severe);
        (await school.App.LinesAsync("look.school")).ShouldContain(line => line.UserName == "head" && line.Subject == BookedSchool.Id);

        JsonElement minute = await MinuteAsync(school, "administrator");
        (Number(minute, "lessons"), Number(minute, "seen"), Number(minute, "dark"), Number(minute, "alerts"), Number(minute, "severe"))
            .ShouldBe((1, 1, 0, 2, 1));
        school.GoTo(10, 5);
        minute = await MinuteAsync(school, "administrator");
        (Number(minute, "lessons"), Number(minute, "seen"), Number(minute, "dark")).ShouldBe((1, 0, 1), "Qian's room has no camera");
    }

    [Fact]
    public async Task The_lessons_of_the_day_tell_how_they_began()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        school.GoTo(7, 30);
        (await BeginningsAsync(school)).ShouldBe([("赵老师", "ahead", null), ("钱老师", "ahead", null)]);
        school.GoTo(8, 12);
        (await BeginningsAsync(school)).ShouldBe([("赵老师", "going", null), ("钱老师", "ahead", null)]);

        // A camera that was away for a while leaves two records: the first one tells how it began.
        await KeepAsync(school, 8, 4);
        await KeepAsync(school, 8, 20);
        school.GoTo(9, 0);
        (await BeginningsAsync(school)).ShouldBe([("赵老师", "onTime", 4), ("钱老师", "ahead", null)]);
        school.GoTo(11, 0);
        (await BeginningsAsync(school)).ShouldBe([("赵老师", "onTime", 4), ("钱老师", "unseen", null)]);
    }

    [Fact]
    public async Task Five_minutes_after_the_bell_is_on_time_and_a_second_more_is_not()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        school.GoTo(9, 0);
        PlannedLesson lesson = school.App.Services.GetRequiredService<TimetableBook>().Of(BookedSchool.Id).On(school.Tomorrow)[0];
        DateTimeOffset now = school.Time.GetUtcNow();
        DayLesson.BeginningOf(lesson, lesson.From.AddMinutes(5), now).ShouldBe(LessonBeginning.OnTime);
        DayLesson.BeginningOf(lesson, lesson.From.AddMinutes(5).AddSeconds(1), now).ShouldBe(LessonBeginning.Late);
        DayLesson.BeginningOf(lesson with { State = LessonState.Cancelled }, null, now).ShouldBe(LessonBeginning.Away);
    }

    [Fact]
    public async Task This_week_stands_beside_the_last_one_up_to_the_same_time()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        school.GoTo(9, 0);
        await KeepAsync(school, 8, 4);
        await KeepAsync(school, 8, 9, days: -7);
        await KeepAsync(school, 9, 30, days: -7);
        await KeepAsync(school, 8, 0, days: -14);
        await AlertAsync(school, AlertKind.TeacherAbsent, AlertSeverity.High, AlertState.Resolved);

        JsonElement weeks = await school.GetAsync("head", $"{Hour}/weeks");
        Sums("this").ShouldBe((1, 1, 1, 1));
        Sums("last").ShouldBe((1, 1, 0, 0), "what came later in that week is not counted");
        (await school.GetAsync("inspector", $"{Hour}/weeks")).GetProperty("this").GetProperty("visits").ValueKind
            .ShouldBe(JsonValueKind.Null, "an inspector does not see others' visits");

        (int, int, int, int) Sums(string week) => weeks.GetProperty(week) is var sums
            ? (Number(sums, "lessons"), Number(sums, "timed"), Number(sums, "onTime"), Number(sums, "alerts")) : default;
    }

    [Fact]
    public async Task Other_schools_are_refused_and_one_that_does_not_exist_is_not_told()
    {
        await using BookedSchool school = await BookedSchool.StartAsync(postgreSql: false);
        foreach (string path in new[] { Hour, $"{Hour}/lessons", $"{Hour}/weeks" })
        {
            using SignedIn other = await school.App.SignInAsync("principal");
            (await other.Http.GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await other.Http.GetAsync(path.Replace(BookedSchool.Id, "nowhere", StringComparison.Ordinal), Cancelled)).StatusCode
                .ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    private static async Task<JsonElement> MinuteAsync(BookedSchool school, string who) =>
        (await school.GetAsync(who, "/api/dashboards/district")).GetProperty("schools").EnumerateArray()
            .Single(one => Text(one, "schoolId") == BookedSchool.Id);

    private static async Task<(string?, string?, int?)[]> BeginningsAsync(BookedSchool school) =>
    [
        .. (await school.GetAsync("head", $"{Hour}/lessons")).GetProperty("lessons").EnumerateArray().Select(one => (
            Text(one.GetProperty("lesson"), "teacherName"), Text(one, "beginning"),
            one.GetProperty("minutesLate").ValueKind is JsonValueKind.Null ? (int?)null : (int)one.GetProperty("minutesLate").GetDouble())),
    ];

    /// <summary>Puts an alert on record, raised now.</summary>
    private static async Task<Guid> AlertAsync(BookedSchool school, AlertKind kind, AlertSeverity severity, AlertState state)
    {
        var alert = new Alert
        {
            Id = Guid.NewGuid(),
            SchoolId = BookedSchool.Id,
            RoomId = BookedSchool.Classroom,
            Kind = kind,
            Severity = severity,
            RuleVersion = 1,
            RaisedAt = school.Time.GetUtcNow().AddMinutes(-1),
            State = state,
            Evidence = "{}",
        };
        await AddAsync(school, alert);
        return alert.Id;
    }

    /// <summary>Puts Zhao's lesson on record, whose class was first seen at a time of that day.</summary>
    private static Task KeepAsync(BookedSchool school, int hour, int minute, int days = 0)
    {
        PlannedLesson lesson = school.App.Services.GetRequiredService<TimetableBook>().Of(BookedSchool.Id).On(school.Tomorrow)[0];
        DateTimeOffset bell = lesson.From.AddDays(days);
        DateTimeOffset from = bell.AddHours(hour - 8).AddMinutes(minute);
        return AddAsync(school, new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = BookedSchool.Classroom,
            SchoolId = BookedSchool.Id,
            From = from,
            To = from.AddMinutes(15),
            Ended = true,
            EntryId = lesson.EntryId,
            PlannedFrom = bell,
            PlannedDate = lesson.Unchanged.Date.AddDays(days),
            Enrolled = 40,
            Samples = [],
        });
    }

    private static async Task AddAsync(BookedSchool school, object row)
    {
        await using RecordsContext records = await school.App.Services.GetRequiredService<IDbContextFactory<RecordsContext>>()
            .CreateDbContextAsync(Cancelled);
        records.Add(row);
        await records.SaveChangesAsync(Cancelled);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
