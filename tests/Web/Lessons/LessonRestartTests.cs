using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Lessons;
using Xunke.Actors.Pipeline;
using Xunke.Actors.Records;
using Xunke.Analytics.Behaviours;
using Xunke.Tests.Actors.Classrooms;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Tests.Support;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Lessons;

/// <summary>Lessons across the ends of a server and of its database. What is seen is handed in; no camera is needed.</summary>
public sealed class LessonRestartTests : IDisposable
{
    private const string Room = "s01-103";
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-lessons-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Spools => Path.Combine(_data.FullName, "lessons");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_lesson_goes_on_as_the_same_lesson_after_restarts_and_nothing_is_there_twice()
    {
        int seen = 0;
        for (int life = 0; life < 3; life++)
        {
            await using RunningApp app = await StartAsync(awayMinutes: 10);
            seen += await WatchAsync(app, 4);
        }

        Lesson lesson = (await LessonsAsync()).ShouldHaveSingleItem();
        DateTimeOffset[] samples = [.. SampleTape.Read(lesson.Samples, lesson.From).Select(sample => sample.At)];
        samples.Length.ShouldBe(seen);
        samples.Distinct().Count().ShouldBe(seen);
        lesson.Ended.ShouldBeTrue("the last server has stopped");
    }

    [Fact]
    public async Task A_lesson_whose_time_is_over_ends_with_what_was_written_down_and_its_spool_goes()
    {
        int seen;
        await using (RunningApp app = await StartAsync(awayMinutes: 10))
        {
            seen = await WatchAsync(app, 4);
            await Eventually.TrueAsync(() => Directory.Exists(Spools) && Directory.GetFiles(Spools).Length == 1, within: Long);
        }

        // As after a crash: nothing but the spool is there.
        Execute("DELETE FROM Lessons");
        await File.WriteAllTextAsync(Path.Combine(Spools, "other.spool"), "damaged", Cancelled);
        await using (RunningApp app = await StartAsync(awayMinutes: 0.05))
        {
            await Eventually.TrueAsync(() => Directory.GetFiles(Spools).Length == 0, within: Long);
        }

        Lesson lesson = (await LessonsAsync()).ShouldHaveSingleItem();
        (lesson.Ended, SampleTape.Read(lesson.Samples, lesson.From).Length).ShouldBe((true, seen));
        lesson.Snapshot.ShouldNotBeNull("it was computed at the lesson's end");
    }

    [Fact]
    public async Task A_database_that_is_busy_when_a_lesson_ends_gets_it_later()
    {
        await using RunningApp app = await StartAsync(awayMinutes: 0.05);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "xunke.db")};Pooling=False"))
        {
            await other.OpenAsync(Cancelled);
            await using SqliteCommand hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Cancelled);
            await WatchAsync(app, 2);

            // Longer than the class is away, and than a write waits for the database.
            await Task.Delay(TimeSpan.FromSeconds(14), Cancelled);
            (await LessonsAsync()).ShouldBeEmpty();
            hold.CommandText = "ROLLBACK";
            await hold.ExecuteNonQueryAsync(Cancelled);
        }

        await Eventually.TrueAsync(async () => await LessonsAsync() is [{ Ended: true }], Long);
        await Eventually.TrueAsync(() => Directory.GetFiles(Spools).Length == 0, within: Long);
    }

    [Fact]
    public async Task A_lesson_whose_actor_fails_goes_on_as_the_same_lesson()
    {
        int seen;
        await using (RunningApp app = await StartAsync(awayMinutes: 10))
        {
            seen = await WatchAsync(app, 4);
            await Eventually.TrueAsync(() => Directory.Exists(Spools) && Directory.GetFiles(Spools).Length == 1, within: Long);
            await Task.Delay(TimeSpan.FromSeconds(3), Cancelled);

            // What comes next waits in the mailbox, and is handled as soon as the actor is there again.
            app.Services.GetRequiredService<MonitoringHost>().Running.Pipeline.OnSample(Room, Samples.Poison(DateTimeOffset.UtcNow));
            seen += await WatchAsync(app, 3);
        }

        Lesson lesson = (await LessonsAsync()).ShouldHaveSingleItem();
        SampleTape.Read(lesson.Samples, lesson.From).Length.ShouldBe(seen);
    }

    private Task<RunningApp> StartAsync(double awayMinutes) => RunningApp.StartAsync(
        _data.FullName, "--Lessons:ShortestMinutes", "0", "--Lessons:AwayMinutes", FormattableString.Invariant($"{awayMinutes}"));

    private static async Task<int> WatchAsync(RunningApp app, int samples)
    {
        RoomPipeline pipeline = app.Services.GetRequiredService<MonitoringHost>().Running.Pipeline;
        for (int sample = 0; sample < samples; sample++)
        {
            pipeline.OnSample(Room, MadeLesson.Sample(0, 30, up: 20) with { At = DateTimeOffset.UtcNow, Interval = TimeSpan.FromSeconds(1) });
            await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        }

        return samples;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "xunke.db")}");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private async Task<List<Lesson>> LessonsAsync()
    {
        await using var records = new SqliteRecords(new DbContextOptionsBuilder<SqliteRecords>()
            .UseSqlite(SqliteDatabase.ConnectionString(Path.Combine(_data.FullName, "xunke.db"))).Options);
        return await records.Lessons.AsNoTracking().ToListAsync(Cancelled);
    }
}
