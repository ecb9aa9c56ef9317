using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Actors.Pipeline;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Streaming;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Reviews;
using Xunke.Web.Hosting;
using Xunke.Web.Live;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Lessons;

/// <summary>Beginning and ending a lesson by hand, over HTTP. What is seen is handed in; no camera is needed.</summary>
public sealed class RoomLessonTests : IDisposable
{
    private const string Room = "s01-103";
    private const string Url = $"/api/rooms/{Room}/lesson";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-by-hand-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_principal_begins_a_lesson_that_no_timetable_has_and_ends_it()
    {
        await using RunningApp app = await StartAsync();
        using SignedIn principal = await app.SignInAsync("principal");
        See(app);
        (await ReadAsync(principal)).GetProperty("lessonId").ValueKind.ShouldBe(JsonValueKind.Null, "nothing is planned");

        JsonElement begun = await (await principal.Http.PostAsJsonAsync(Url, new { }, Cancelled)).JsonAsync();
        Guid lessonId = begun.GetProperty("lessonId").GetGuid();
        begun.GetProperty("byHand").GetBoolean().ShouldBeTrue();
        JsonElement again = await (await principal.Http.PostAsJsonAsync(Url, new { }, Cancelled)).JsonAsync();
        again.GetProperty("lessonId").GetGuid().ShouldBe(lessonId, "the second click does nothing");
        See(app);
        See(app);
        using HttpResponseMessage wrong = await principal.Http.DeleteAsync($"{Url}/{Guid.NewGuid()}", Cancelled);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        JsonElement ended = await (await principal.Http.DeleteAsync($"{Url}/{lessonId}", Cancelled)).JsonAsync();

        ended.GetProperty("lessonId").ValueKind.ShouldBe(JsonValueKind.Null);
        ended.GetProperty("heldUntil").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
        await Eventually.TrueAsync(() => LessonAsync(app, lessonId) is { Result: { Ended: true } });
        (await ActionsAsync(app)).ShouldBe([("lesson.begin", Room), ("lesson.end", $"{Room} {lessonId}")]);
    }

    [Fact]
    public async Task A_camera_is_looked_at_only_while_somebody_has_a_lesson_where_the_timetable_has_none()
    {
        await using RunningApp app = await StartAsync();
        using SignedIn principal = await app.SignInAsync("principal");
        RoomPipeline pipeline = app.Services.GetRequiredService<MonitoringHost>().Running.Pipeline;
        LiveBoard board = app.Services.GetRequiredService<LiveBoard>();
        bool IsResting() => board.FindRoom(Room)?.Newest?.View.State is ClassroomState.Resting;
        pipeline.PublisherConnected(Room, "camera", new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
        await Eventually.TrueAsync(() => IsResting());
        pipeline.IsOpen(Room).ShouldBeFalse();

        JsonElement begun = await (await principal.Http.PostAsJsonAsync(Url, new { }, Cancelled)).JsonAsync();
        await Eventually.TrueAsync(() => pipeline.IsOpen(Room));
        using HttpResponseMessage ended =
            await principal.Http.DeleteAsync($"{Url}/{begun.GetProperty("lessonId").GetGuid()}", Cancelled);
        await Eventually.TrueAsync(() => IsResting() && !pipeline.IsOpen(Room));

        TaughtLessons teacher = await TaughtLessons.AddTeacherAsync(app);
        await PlanAllDayAsync(app, teacher.UserName);
        await Eventually.TrueAsync(() => pipeline.IsOpen(Room), () => "the timetable has a lesson now", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_teacher_guides_the_lesson_that_the_timetable_has_as_the_own_and_no_other()
    {
        await using RunningApp app = await StartAsync();
        TaughtLessons own = await TaughtLessons.AddTeacherAsync(app), other = await TaughtLessons.AddTeacherAsync(app);
        await PlanAllDayAsync(app, own.UserName);
        using SignedIn teacher = await app.SignInAsync(own.UserName), colleague = await app.SignInAsync(other.UserName);

        using HttpResponseMessage refused = await colleague.Http.PostAsJsonAsync(Url, new { }, Cancelled);
        JsonElement begun = await (await teacher.Http.PostAsJsonAsync(Url, new { }, Cancelled)).JsonAsync();
        Guid lessonId = begun.GetProperty("lessonId").GetGuid();
        using HttpResponseMessage kept = await colleague.Http.DeleteAsync($"{Url}/{lessonId}", Cancelled);
        using HttpResponseMessage ended = await teacher.Http.DeleteAsync($"{Url}/{lessonId}", Cancelled);

        (refused.StatusCode, kept.StatusCode, ended.StatusCode)
            .ShouldBe((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK));
        (await ActionsAsync(app)).ShouldBe([("lesson.begin", Room), ("lesson.end", $"{Room} {lessonId}")]);
    }

    private static async Task PlanAllDayAsync(RunningApp app, string teacherId)
    {
        await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            var today = DateOnly.FromDateTime(DateTime.Now);
            records.Add(new Term { Id = "now", Name = "now", FirstDay = today.AddDays(-30), LastDay = today.AddDays(30), UncountedWeeks = [] });
            records.Add(new DayPlan
            {
                Id = "all-day",
                Name = "all-day",
                Weekdays = [1, 2, 3, 4, 5, 6, 7],
                Periods = [new Period(1, "第1节", PeriodKind.Lesson, new TimeOnly(0, 0), new TimeOnly(23, 59))],
            });
            records.Add(new SchoolClass { Id = "s01-c", SchoolId = "s01", Name = "1班", Grade = "一年级", Enrolled = 40, RoomId = Room });
            records.Add(new Subject { Id = "chinese", Name = "语文", NameEn = "Chinese", Order = 1 });
            foreach (int weekday in Enumerable.Range(1, 7))
            {
                records.Add(new TimetableEntry
                {
                    Id = Guid.NewGuid(),
                    TermId = "now",
                    SchoolId = "s01",
                    Weekday = weekday,
                    Period = 1,
                    FirstWeek = 1,
                    Rotation = 1,
                    Turns = 1,
                    ClassId = "s01-c",
                    SubjectId = "chinese",
                    TeacherId = teacherId,
                });
            }

            await records.SaveChangesAsync(Cancelled);
        }

        await app.Services.GetRequiredService<TimetableBook>().ReloadAsync(null, Cancelled);
    }

    private static async Task<JsonElement> ReadAsync(SignedIn caller) => await (await caller.Http.GetAsync(Url, Cancelled)).JsonAsync();

    private static void See(RunningApp app) => app.Services.GetRequiredService<MonitoringHost>().Running.Pipeline.OnSample(
        Room, MadeLesson.Sample(0, 30, up: 20) with { At = DateTimeOffset.UtcNow, Interval = TimeSpan.FromSeconds(1) });

    private static async Task<Lesson?> LessonAsync(RunningApp app, Guid lessonId)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        return await records.Lessons.AsNoTracking().SingleOrDefaultAsync(lesson => lesson.Id == lessonId, Cancelled);
    }

    private static async Task<(string, string)[]> ActionsAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var lines = await records.Set<AuditEntry>().AsNoTracking().Where(line => line.Action.StartsWith("lesson."))
            .OrderBy(line => line.Id).Select(line => new { line.Action, line.Subject }).ToListAsync(Cancelled);
        return [.. lines.Select(line => (line.Action, line.Subject))];
    }

    private Task<RunningApp> StartAsync() => RunningApp.StartAsync(
        _data.FullName, "--Lessons:When", "timetable", "--Lessons:ShortestMinutes", "0");
}
