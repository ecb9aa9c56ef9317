using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Reviews;
using Xunke.Actors.Visits;
using Xunke.Analytics.Speech;
using Xunke.Tests.Analytics.Lessons;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Audit;
using Xunke.Tests.Web.Hosting;
using Xunke.Web;
using Xunke.Web.Audit;
using Xunke.Web.Clock;
using Xunke.Web.Recordings;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Retention;

/// <summary>The night on a whole server: every kind goes after its own days, and the trail's head is written.</summary>
public sealed class NightlyRunTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-night-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_kind_goes_after_its_days_and_a_lesson_without_samples_still_shows_its_snapshot(bool postgreSql)
    {
        string[] database = postgreSql ? ["--database", await SharedPostgres.MakeDatabaseAsync()] : [];
        await using RunningApp app = await RunningApp.StartAsync(
            _data.FullName,
            [
                "--Retention:RecordingDays", "10", "--Retention:SampleDays", "20", "--Retention:SoundDays", "40",
                "--Retention:SnapshotDays", "60", "--Retention:VisitDays", "80", "--Retention:StillDays", "50", .. database,
            ]);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Recording oldFilm = await app.AddRecordingAsync("s01-101", "inspector", 3000, now.AddDays(-11));
        Recording newFilm = await app.AddRecordingAsync("s01-101", "inspector", 3000, now.AddDays(-9));
        Guid young = await AddLessonAsync(app, now.AddDays(-19)), middle = await AddLessonAsync(app, now.AddDays(-39)),
            silent = await AddLessonAsync(app, now.AddDays(-59)), old = await AddLessonAsync(app, now.AddDays(-61));
        await PlanAsync(app, old, silent);
        await AddStillsAsync(app, middle, silent, old);
        NightlyRun night = app.Services.GetRequiredService<NightlyRun>();

        await night.DeleteAsync(Cancelled);

        (await StillsAsync(app)).ShouldBe([middle], "older ones went, with their lesson or before it");
        (await ListAsync(app, "stills")).ShouldBe(
            [.. new[] { old, silent }.Select(id => $"{id} {Convert.ToHexStringLower(SHA256.HashData(StillOf(id)))}")]);
        (await GoalsAsync(app)).ShouldBe([silent.ToString()], "goals go with the lesson that they were set for");
        (await app.StoredAsync(oldFilm.Id)).ShouldBeNull();
        Directory.Exists(app.Services.GetRequiredService<RecordingFolders>().Of(oldFilm.Id)).ShouldBeFalse();
        (await app.StoredAsync(newFilm.Id)).ShouldNotBeNull();
        (await app.AuditOfAsync(oldFilm.Id)).ShouldBe([("system", "recording.expired")]);
        byte[] film = [.. Enumerable.Range(0, 3000).Select(i => (byte)i)];
        (await ListAsync(app, "recordings")).ShouldBe([$"{oldFilm.Id} {Convert.ToHexStringLower(SHA256.HashData(film))}"]);
        (await KeptAsync(app)).ShouldBe(
        [
            (young, true, true), (middle, false, true), (silent, false, false),
        ]);
        (await ListAsync(app, "samples")).Select(line => Guid.Parse(line[..36])).ShouldBe([old, silent, middle], "oldest first");
        (await ListAsync(app, "snapshots")).Select(line => Guid.Parse(line[..36])).ShouldBe([old]);
        (await app.LinesAsync("retention.visits")).ShouldBeEmpty();
        (await app.LinesAsync(RetentionLog.Finished)).ShouldHaveSingleItem()
            .Subject.ShouldBe("recordings 1, samples 3, sound 2, stills 2, snapshots 1, visits 0, alerts 0, rectifications 0, looks 0, audit 0");
        (await app.Services.GetRequiredService<AuditTrail>().VerifyAsync(Cancelled)).BrokenAt.ShouldBeNull();

        using SignedIn administrator = await app.SignInAsync("administrator");
        JsonElement snapshot = await (await administrator.Http.GetAsync($"/api/lessons/{silent}", Cancelled)).JsonAsync();
        snapshot.GetProperty("lessonId").GetGuid().ShouldBe(silent);
        JsonElement seats = await (await administrator.Http.GetAsync($"/api/lessons/{silent}/seats", Cancelled)).JsonAsync();
        seats.GetProperty("seats").GetArrayLength().ShouldBe(0);
        JsonElement view = await (await administrator.Http.GetAsync("/api/admin/retention", Cancelled)).JsonAsync();
        JsonElement samples = view.GetProperty("kinds").EnumerateArray().Single(kind => kind.GetProperty("kind").GetString() == "samples");
        samples.GetProperty("days").GetInt32().ShouldBe(20);
        samples.GetProperty("last").GetProperty("count").GetInt64().ShouldBe(3);
        view.GetProperty("lastAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        view.GetProperty("nextAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
    }

    /// <summary>Gives each lesson a still of its beginning that is called as the lesson.</summary>
    private static async Task AddStillsAsync(RunningApp app, params Guid[] lessons)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        foreach (Lesson lesson in await records.Lessons.Where(one => lessons.Contains(one.Id)).ToListAsync(Cancelled))
        {
            records.LessonStills.Add(
                new LessonStill { Id = lesson.Id, LessonId = lesson.Id, Number = 1, At = lesson.From, Picture = StillOf(lesson.Id) });
        }

        await records.SaveChangesAsync(Cancelled);
    }

    private static byte[] StillOf(Guid lesson) => [0xFF, 0xD8, .. lesson.ToByteArray()];

    private static async Task<List<Guid>> StillsAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().LessonStills.Select(still => still.LessonId)
            .ToListAsync(Cancelled);
    }

    /// <summary>Gives lessons a place in a timetable, and there a goal that is called as the lesson.</summary>
    private static async Task PlanAsync(RunningApp app, params Guid[] lessons)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var date = new DateOnly(2026, 9, 7);
        foreach (Guid lesson in lessons)
        {
            var entry = Guid.NewGuid();
            await records.Lessons.Where(one => one.Id == lesson).ExecuteUpdateAsync(
                one => one.SetProperty(l => l.EntryId, entry).SetProperty(l => l.PlannedDate, date), Cancelled);
            records.Goals.Add(new LessonGoal
            {
                Id = Guid.NewGuid(),
                EntryId = entry,
                Date = date,
                UserName = "teacher",
                Order = 1,
                Text = lesson.ToString(),
                Shows = string.Empty,
            });
        }

        await records.SaveChangesAsync(Cancelled);
    }

    private static async Task<List<string>> GoalsAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Goals.Select(goal => goal.Text).ToListAsync(Cancelled);
    }

    [Fact]
    public async Task A_server_that_was_off_at_night_does_it_after_its_start_once_and_writes_the_head_of_the_day()
    {
        var time = new JumpingTime();
        string heads = Path.Combine(_data.FullName, "heads");
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName, services => services.AddSingleton<TimeProvider>(time)))
        {
            await first.Services.GetRequiredService<NightlyRun>().WorkAsync(Cancelled);
            (await first.LinesAsync(RetentionLog.Finished)).ShouldBeEmpty("it was new since last night");
            Directory.EnumerateFiles(heads).ShouldHaveSingleItem();
        }

        time.Jump(TimeSpan.FromHours(24));
        await using RunningApp second = await RunningApp.StartAsync(_data.FullName, services => services.AddSingleton<TimeProvider>(time));
        // A day is just what the clock may jump.
        second.Services.GetRequiredService<ClockWatch>().Confirm();
        NightlyRun night = second.Services.GetRequiredService<NightlyRun>();
        await night.WorkAsync(Cancelled);
        await night.WorkAsync(Cancelled);

        (await second.LinesAsync(RetentionLog.Finished)).ShouldHaveSingleItem();
        string head = Directory.EnumerateFiles(heads).Order().Last();
        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["audit", "verify", "--data", _data.FullName, "--head", head], output, output, Cancelled))
            .ShouldBe(0, output.ToString());
    }

    [Theory]
    [InlineData("--Retention:At", "2 o'clock", "02:30")]
    [InlineData("--Recording:RetentionDays", "7", "Retention:RecordingDays")]
    [InlineData("--Audit:MailHost", "mail.example.cn", "Audit:MailFrom")]
    public async Task A_setting_that_means_nothing_refuses_the_start(string setting, string value, string said)
    {
        Exception fault = await Should.ThrowAsync<Exception>(RunningApp.StartAsync(_data.FullName, setting, value));

        fault.Message.ShouldContain(said);
    }

    private static async Task<Guid> AddLessonAsync(RunningApp app, DateTimeOffset to)
    {
        DateTimeOffset from = to.AddMinutes(-40);
        var tape = new SampleTape(from);
        for (int second = 0; second < 600; second++)
        {
            tape.Add(MadeLesson.Sample(0, 30, up: 20) with { At = from.AddSeconds(second) });
        }

        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-101",
            SchoolId = "s01",
            From = from,
            To = to,
            Ended = true,
            Enrolled = 40,
            Samples = tape.ToArray(),
            Sound = HeardTape.Write(MadeLesson.Sound(600, (0, 300, Speaker.Teacher), (300, 590, Speaker.Pupils))),
        };
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Lessons.Add(lesson);
        await records.SaveChangesAsync(Cancelled);
        return lesson.Id;
    }

    private static async Task<List<(Guid, bool, bool)>> KeptAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        return [.. (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.AsNoTracking()
            .OrderByDescending(lesson => lesson.To).ToListAsync(Cancelled))
            .Select(lesson => (lesson.Id, lesson.Samples.Length > 0, lesson.Sound is not null))];
    }

    private static async Task<string[]> ListAsync(RunningApp app, string kind)
    {
        string subject = (await app.LinesAsync($"retention.{kind}")).ShouldHaveSingleItem().Subject;
        return await File.ReadAllLinesAsync(Path.Combine(app.Data, "deletions", subject.Split(' ')[^1]), Cancelled);
    }
}
