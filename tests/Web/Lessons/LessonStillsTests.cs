using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Pipeline;
using Xunke.Actors.Records;
using Xunke.Analytics.Stills;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Lessons;

/// <summary>
/// Stills of a lesson from the analysis' hand to the page, in each database, across the ends of a server. What is seen is handed in; no
/// camera is needed.
/// </summary>
public sealed class LessonStillsTests : IDisposable
{
    private const string Room = "s01-103";
    private const int Minutes = 20;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-stills-");
    private readonly DateTimeOffset _from =
        DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddMinutes(-Minutes - 5).ToUnixTimeMilliseconds());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Spools => Path.Combine(_data.FullName, "lessons");

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_lesson_that_a_restart_interrupts_keeps_the_still_nearest_to_each_moment_and_no_other(bool postgreSql)
    {
        string[] database = postgreSql ? ["--database", await SharedPostgres.MakeDatabaseAsync()] : [];
        await using (RunningApp first = await StartAsync(database))
        {
            await WatchAsync(first, 0, 8);
            // Of the time before the lesson.
            Pipeline(first).OnStill(Room, Made(-30));
            await Eventually.TrueAsync(() => Candidates().Count == 8 * 4, within: Long);
        }

        Candidates().Count.ShouldBe(8 * 4, "they wait for the next start with their lesson");
        await using RunningApp app = await StartAsync(database);
        await WatchAsync(app, 8, Minutes);
        await EndAsync(app);

        Lesson lesson = await LessonAsync(app);
        using SignedIn inspector = await app.SignInAsync("inspector");
        JsonElement snapshot = await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();
        (double From, double To)[] moments =
        [
            .. new[] { "best", "weakest" }.SelectMany(kind => snapshot.GetProperty("moments").GetProperty(kind).EnumerateArray())
                .Select(moment => (moment.GetProperty("from").GetDouble(), moment.GetProperty("to").GetDouble())).Order(),
        ];
        moments.Length.ShouldBeGreaterThan(1);
        JsonElement[] stills = [.. snapshot.GetProperty("stills").EnumerateArray()];
        stills.Select(still => still.GetProperty("number").GetInt32()).ShouldBe(Enumerable.Range(1, moments.Length));
        foreach (((double from, double to), JsonElement still) in moments.Zip(stills))
        {
            double at = still.GetProperty("at").GetDouble();
            at.ShouldBeInRange(((from + to) / 2) - 7.5, ((from + to) / 2) + 7.5, "they come every 15 s");
            using HttpResponseMessage answer = await inspector.Http.GetAsync(
                $"/api/lessons/{lesson.Id}/stills/{still.GetProperty("number").GetInt32()}", Cancelled);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            (await answer.Content.ReadAsByteArrayAsync(Cancelled)).ShouldBe(Made((int)Math.Round(at)).Jpeg.ToArray());
        }

        using HttpResponseMessage none = await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}/stills/{stills.Length + 1}", Cancelled);
        await none.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-still");
        await app.AddAccountAsync("principal2", Role.Principal, "s02");
        using SignedIn other = await app.SignInAsync("principal2");
        using HttpResponseMessage hidden = await other.Http.GetAsync($"/api/lessons/{lesson.Id}/stills/1", Cancelled);
        await hidden.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-lesson");
        (await app.LinesAsync("look.lesson")).Count(line => line.Subject == $"{lesson.Id} {Room}").ShouldBe(1, "pictures are part of the look");

        await Eventually.TrueAsync(() => Directory.GetFiles(Spools).Length == 0, within: Long);
        (await StillsAsync(app)).ShouldBe(moments.Length);
        await using (AsyncServiceScope scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.Where(one => one.Id == lesson.Id)
                .ExecuteDeleteAsync(Cancelled);
        }

        (await StillsAsync(app)).ShouldBe(0, "they go with their lesson");
    }

    [Fact]
    public async Task A_lesson_that_is_too_short_to_be_kept_leaves_no_still()
    {
        await using RunningApp app = await StartAsync(["--Lessons:ShortestMinutes", "30"]);
        await WatchAsync(app, 0, 2);
        await Eventually.TrueAsync(() => Candidates().Count == 2 * 4, within: Long);
        await EndAsync(app);

        await Eventually.TrueAsync(() => Directory.GetFiles(Spools).Length == 0, within: Long);
        (await StillsAsync(app)).ShouldBe(0);
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.AnyAsync(Cancelled)).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_stills_were_turned_off_meanwhile_none_is_kept_of_what_was_made_before()
    {
        await using (RunningApp first = await StartAsync([]))
        {
            await WatchAsync(first, 0, Minutes);
            await Eventually.TrueAsync(() => Candidates().Count > 0, within: Long);
        }

        await using RunningApp app = await StartAsync(["--Lessons:StillEverySeconds", "0"]);
        Directory.GetFiles(Spools, "*.stills").ShouldBeEmpty();
        await EndAsync(app);

        JsonElement snapshot = await SnapshotAsync(app, await LessonAsync(app));
        snapshot.GetProperty("moments").GetProperty("best").GetArrayLength().ShouldBeGreaterThan(0);
        snapshot.GetProperty("stills").GetArrayLength().ShouldBe(0);
    }

    private static async Task<JsonElement> SnapshotAsync(RunningApp app, Lesson lesson)
    {
        using SignedIn inspector = await app.SignInAsync("inspector");
        return await (await inspector.Http.GetAsync($"/api/lessons/{lesson.Id}", Cancelled)).JsonAsync();
    }

    private Task<RunningApp> StartAsync(string[] more) => RunningApp.StartAsync(
        _data.FullName, ["--Lessons:ShortestMinutes", "0", "--Lessons:AwayMinutes", "60", "--Lessons:LongestMinutes", "120", .. more]);

    private static RoomPipeline Pipeline(RunningApp app) => app.Services.GetRequiredService<MonitoringHost>().Running.Pipeline;

    /// <summary>Some minutes of the lesson, which lies in the past, with a still every 15 s; hands go up in its middle.</summary>
    private async Task WatchAsync(RunningApp app, int fromMinute, int toMinute)
    {
        for (int second = 60 * fromMinute; second < 60 * toMinute; second += 2)
        {
            int hands = second is >= 600 and < 870 ? 15 : 0;
            Pipeline(app).OnSample(Room, MadeLesson.Sample(0, 30, up: 30 - hands, hands: hands) with { At = _from.AddSeconds(second) });
            if (second % 60 is 6 or 22 or 36 or 52)
            {
                Pipeline(app).OnStill(Room, Made(second));
                await Task.Delay(50, Cancelled);
            }
        }
    }

    /// <summary>No picture: what is handed on is what was made.</summary>
    private Still Made(int second) => new(_from.AddSeconds(second), Encoding.ASCII.GetBytes($"still of second {second}"));

    private IReadOnlyList<Still> Candidates() =>
        Directory.Exists(Spools) && Directory.GetFiles(Spools, "*.stills") is [var only] ? StillSpool.Read(only) : [];

    private static async Task EndAsync(RunningApp app)
    {
        MonitoringHost monitoring = app.Services.GetRequiredService<MonitoringHost>();
        LessonNow now = await monitoring.Running.AskLessonAsync(Room, new GetLesson(), Cancelled);
        await monitoring.Running.AskLessonAsync(Room, new EndLesson(now.LessonId.ShouldNotBeNull()), Cancelled);
    }

    private static async Task<Lesson> LessonAsync(RunningApp app)
    {
        Lesson? lesson = null;
        await Eventually.TrueAsync(
            async () =>
            {
                await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
                lesson = await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.AsNoTracking()
                    .SingleOrDefaultAsync(one => one.Ended && one.Snapshot != null, Cancelled);
                return lesson is not null;
            },
            Long);
        return lesson!;
    }

    private static async Task<int> StillsAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().LessonStills.CountAsync(Cancelled);
    }
}
