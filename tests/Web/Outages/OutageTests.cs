using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunke.Actors;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Streaming;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Tests.Support;
using Xunke.Web;
using Xunke.Web.Hosting;
using Xunke.Web.Live;

namespace Xunke.Tests.Web.Outages;

/// <summary>A PostgreSQL server of this test's own goes away in the middle of lessons, is not there at the bell, and comes back.</summary>
public sealed class OutageTests : IDisposable
{
    private static readonly string[] Rooms = ["s01-101", "s01-102", "s02-101"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-outage-");
    private readonly DateTimeOffset _from = DateTimeOffset.UtcNow.AddSeconds(-60);
    private int _second;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Database_that_is_gone_at_the_bell_costs_nothing_but_the_wait_and_everybody_is_told()
    {
        await using TempPostgres postgres = await TempPostgres.StartAsync();
        await ExecuteAsync(postgres.ConnectionString("postgres"), "CREATE DATABASE xunke");
        string database = postgres.ConnectionString("xunke");
        await using (RunningApp app = await RunningApp.StartAsync(
            _data.FullName, "--database", database, "--Lessons:ShortestMinutes", "0"))
        {
            using SignedIn inspector = await app.SignInAsync("inspector");
            MonitoringSystem running = app.Services.GetRequiredService<MonitoringHost>().Running;
            foreach (string room in Rooms)
            {
                running.Pipeline.PublisherConnected(room, "camera", new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
            }

            See(app, seconds: 30);
            Guid[] lessons = await Task.WhenAll(Rooms.Select(async room =>
                (await running.AskLessonAsync(room, new GetLesson(), Cancelled)).LessonId!.Value));

            await postgres.StopAsync();
            await Eventually.TrueAsync(async () => await OutageAsync(inspector) is { Since: not null, Waiting: 0 }, Patience);
            long shown = Sequence(app);
            See(app, seconds: 30);
            await Eventually.TrueAsync(() => Sequence(app) > shown);
            await Task.WhenAll(Rooms.Select((room, i) => running.AskLessonAsync(room, new EndLesson(lessons[i]), Cancelled)));
            await Eventually.TrueAsync(async () => await OutageAsync(inspector) is { Since: not null, Waiting: 3 }, Patience);
            Directory.GetFiles(Path.Combine(_data.FullName, "lessons")).Length.ShouldBe(3, "they wait on the disk");
            using (HttpResponseMessage visit =
                await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = Rooms[0], purpose = "停库时" }, Cancelled))
            {
                visit.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                (await visit.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("code").GetString().ShouldBe("records-busy");
            }

            await postgres.ContinueAsync();
            await Eventually.TrueAsync(async () => await OutageAsync(inspector) is { Since: null, Waiting: 0 }, Patience);
            Directory.GetFiles(Path.Combine(_data.FullName, "lessons")).ShouldBeEmpty();
            await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            List<Lesson> kept = await records.Lessons.AsNoTracking().ToListAsync(Cancelled);
            kept.Select(lesson => lesson.Id).ShouldBe(lessons, ignoreOrder: true);
            kept.ShouldAllBe(lesson => lesson.Ended && lesson.Snapshot != null);
            kept.ShouldAllBe(lesson => SampleTape.Read(lesson.Samples, lesson.From).Count() == 60);
            using HttpResponseMessage after =
                await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = Rooms[0], purpose = "恢复后" }, Cancelled);
            after.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["audit", "verify", "--data", _data.FullName, "--database", database], output, output, Cancelled))
            .ShouldBe(0, output.ToString());
        NpgsqlConnection.ClearAllPools();
    }

    private static long Sequence(RunningApp app) => app.Services.GetRequiredService<LiveBoard>().FindRoom(Rooms[0])!.Newest!.View.Sequence;

    private static async Task<(DateTimeOffset? Since, int Waiting)> OutageAsync(SignedIn caller)
    {
        JsonElement answer = await (await caller.Http.GetAsync("/api/outage", Cancelled)).JsonAsync();
        return (answer.GetProperty("since").Deserialize<DateTimeOffset?>(), answer.GetProperty("waitingLessons").GetInt32());
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Pooling=false");
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    /// <summary>All rooms are looked at once for each of some seconds.</summary>
    private void See(RunningApp app, int seconds)
    {
        for (int end = _second + seconds; _second < end; _second++)
        {
            foreach (string room in Rooms)
            {
                app.Services.GetRequiredService<MonitoringHost>().Running.Pipeline.OnSample(
                    room, MadeLesson.Sample(_second, 30, up: 20) with
                    {
                        At = _from.AddSeconds(_second),
                        Interval = TimeSpan.FromSeconds(1),
                    });
            }
        }
    }
}
