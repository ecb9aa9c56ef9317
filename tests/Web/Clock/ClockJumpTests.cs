using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Hosting;
using Xunke.Web.Changes;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Clock;

/// <summary>A clock that jumps deletes nothing before an administrator says so.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-jump-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_jump_of_forty_days_deletes_nothing_until_an_administrator_confirms()
    {
        var time = new JumpingTime();
        await using RunningApp app = await RunningApp.StartAsync(_data.FullName, services => services.AddSingleton<TimeProvider>(time));
        Recording recording = await app.AddRecordingAsync("s01-101", "inspector", 1000, DateTimeOffset.UtcNow.AddDays(-3));
        Guid lesson = await AddLessonAsync(app, DateTimeOffset.UtcNow.AddDays(-390));

        time.Jump(TimeSpan.FromDays(40));
        await NightAsync(app);

        (await app.StoredAsync(recording.Id)).ShouldNotBeNull();
        (await HasLessonAsync(app, lesson)).ShouldBeTrue();
        using SignedIn administrator = await app.SignInAsync("administrator");
        JsonElement clock = await (await administrator.Http.GetAsync("/api/admin/clock")).JsonAsync();
        clock.GetProperty("held").GetString().ShouldBe("jump");
        clock.GetProperty("recordings").GetInt32().ShouldBe(1);
        clock.GetProperty("lessons").GetInt32().ShouldBe(1);
        ChangeBoard changes = app.Services.GetRequiredService<ChangeBoard>();
        await Eventually.TrueAsync(() => changes.Count(Topic.Clock, string.Empty) == 1, within: TimeSpan.FromSeconds(30));
        JsonElement ready = await (await administrator.Http.GetAsync("/health/ready")).JsonAsync();
        ready.GetProperty("checks").GetProperty("clock").GetString().ShouldBe("degraded");
        foreach (string other in new[] { "principal", "inspector" })
        {
            using SignedIn caller = await app.SignInAsync(other);
            (await caller.Http.PostAsync("/api/admin/clock/confirm", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await administrator.Http.PostAsync("/api/admin/clock/confirm", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        changes.Count(Topic.Clock, string.Empty).ShouldBe(2, "pages of other administrators take their notice away");
        await NightAsync(app);

        (await app.StoredAsync(recording.Id)).ShouldBeNull();
        (await HasLessonAsync(app, lesson)).ShouldBeFalse();
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit
            .AnyAsync(line => line.Action == "clock.confirmed" && line.UserName == "administrator")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_jump_while_the_server_was_down_deletes_nothing_either()
    {
        Recording recording;
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName))
        {
            recording = await first.AddRecordingAsync("s01-101", "inspector", 1000, DateTimeOffset.UtcNow.AddDays(-3));
        }

        var time = new JumpingTime(TimeSpan.FromDays(40));
        await using RunningApp second = await RunningApp.StartAsync(_data.FullName, services => services.AddSingleton<TimeProvider>(time));
        await NightAsync(second);

        (await second.StoredAsync(recording.Id)).ShouldNotBeNull();
        using SignedIn administrator = await second.SignInAsync("administrator");
        (await (await administrator.Http.GetAsync("/api/admin/clock")).JsonAsync()).GetProperty("held").GetString().ShouldBe("jump");
    }

    private static Task NightAsync(RunningApp app) =>
        app.Services.GetRequiredService<NightlyRun>().WorkAsync(TestContext.Current.CancellationToken);

    private static async Task<Guid> AddLessonAsync(RunningApp app, DateTimeOffset from)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var lesson = new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-101",
            SchoolId = "s01",
            From = from,
            To = from.AddMinutes(40),
            Ended = true,
            Enrolled = 40,
            Samples = [],
        };
        records.Lessons.Add(lesson);
        await records.SaveChangesAsync();
        return lesson.Id;
    }

    private static async Task<bool> HasLessonAsync(RunningApp app, Guid lesson)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Lessons.AnyAsync(one => one.Id == lesson);
    }
}
