using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web;

/// <summary>Recordings that last when the server stops, and what the next start makes of them.</summary>
public sealed class RecordingRestartTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-restart-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_lessons_recording_goes_on_when_the_server_is_started_again_and_its_end_is_ended_once()
    {
        Guid id;
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName))
        {
            using SignedIn administrator = await first.SignInAsync("administrator");
            using HttpResponseMessage begun =
                await administrator.Http.PostAsJsonAsync("/api/rooms/s01-101/recording", new { reason = "公开课" });
            id = (await begun.JsonAsync()).GetProperty("recording").GetProperty("recordingId").GetGuid();
        }

        await using RunningApp second = await RunningApp.StartAsync(_data.FullName);

        (await second.StoredAsync(id)).ShouldNotBeNull().To.ShouldBeNull("it lasts");
        using SignedIn again = await second.SignInAsync("administrator");
        (await (await again.Http.GetAsync("/api/rooms/s01-101/recording")).JsonAsync())
            .GetProperty("recording").GetProperty("recordingId").GetGuid().ShouldBe(id);
        (await again.Http.DeleteAsync("/api/rooms/s01-101/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Recording ended = (await second.StoredAsync(id)).ShouldNotBeNull();
        ended.To.ShouldNotBeNull();
        ended.Faults.ShouldBe([RecordingFaults.Interrupted, RecordingFaults.NoPicture], "no camera was there");
        (await second.AuditOfAsync(id)).ShouldBe(
            [("administrator", "recording.started"), ("system", "recording.resumed-at-start"), ("administrator", "recording.stopped")]);
    }

    [Fact]
    public async Task What_was_to_end_meanwhile_belonged_to_a_visit_or_is_no_longer_allowed_ends_at_the_start()
    {
        Guid over, visited, forbidden;
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName))
        {
            over = await LeaveAsync(first, "s01-101", TimeSpan.FromMinutes(-1), visit: null);
            visited = await LeaveAsync(first, "s01-102", TimeSpan.FromMinutes(30), Guid.NewGuid());
        }

        await using (RunningApp second = await RunningApp.StartAsync(_data.FullName))
        {
            foreach (Guid id in new[] { over, visited })
            {
                Recording closed = (await second.StoredAsync(id)).ShouldNotBeNull();
                closed.To.ShouldBe(closed.From);
                closed.Faults.ShouldBe([RecordingFaults.Interrupted, RecordingFaults.NoPicture]);
                (await second.AuditOfAsync(id)).ShouldBe([("system", "recording.repaired-at-start")]);
            }

            second.Services.GetRequiredService<ActiveRecordings>().All.ShouldBeEmpty();
            forbidden = await LeaveAsync(second, "s01-103", TimeSpan.FromMinutes(30), visit: null);
        }

        await using RunningApp third = await RunningApp.StartAsync(_data.FullName, "--Recording:Lessons", "false");
        (await third.StoredAsync(forbidden)).ShouldNotBeNull().To.ShouldNotBeNull();
    }

    /// <summary>Puts a recording on record as a crash would leave it.</summary>
    private static async Task<Guid> LeaveAsync(RunningApp app, string roomId, TimeSpan until, Guid? visit)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var recording = new Recording
        {
            Id = Guid.NewGuid(),
            RoomId = roomId,
            SchoolId = "s01",
            UserName = "administrator",
            DisplayName = "administrator",
            Reason = "公开课",
            VisitId = visit,
            Media = MediaKinds.Both,
            From = now.AddMinutes(-15),
            Until = now + until,
        };
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Recordings.Add(recording);
        await records.SaveChangesAsync();
        return recording.Id;
    }
}
