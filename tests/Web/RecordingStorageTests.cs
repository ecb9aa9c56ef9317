using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunke.Actors.Recordings;
using Xunke.Streaming.Recording;
using Xunke.Tests.Support;
using Xunke.Web.Configuration;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web;

/// <summary>Budget and the guard of the disk, on a server of their own.</summary>
public sealed class RecordingStorageTests : IAsyncLifetime
{
    private RunningApp _app = null!;

    private RecordingSettings Settings => _app.Services.GetRequiredService<IOptions<RecordingSettings>>().Value;

    public async ValueTask InitializeAsync() => _app = await RunningApp.StartAsync(more: ["--Recording:BudgetGigabytes", "0.00001"]);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Above_the_budget_the_oldest_go_first_and_never_the_one_that_is_being_made()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        Guid active = await RecordAsync(administrator, "s01-101");
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Recording second = await _app.AddRecordingAsync("s01-102", "inspector", 4000, now.AddDays(-2));
        Recording first = await _app.AddRecordingAsync("s01-102", "inspector", 4000, now.AddDays(-3));
        Recording third = await _app.AddRecordingAsync("s01-102", "inspector", 4000, now.AddDays(-1));

        await SweepAsync();

        (await _app.StoredAsync(first.Id)).ShouldBeNull();
        Directory.Exists(_app.Services.GetRequiredService<RecordingFolders>().Of(first.Id)).ShouldBeFalse();
        (await _app.AuditOfAsync(first.Id)).ShouldBe([("system", "recording.deleted-for-budget")]);
        (await _app.StoredAsync(second.Id)).ShouldNotBeNull();
        (await _app.StoredAsync(third.Id)).ShouldNotBeNull();
        Settings.BudgetGigabytes = 0;
        await SweepAsync();
        (await _app.StoredAsync(third.Id)).ShouldBeNull();
        (await _app.StoredAsync(active)).ShouldNotBeNull().To.ShouldBeNull("it is still being made");
    }

    [Fact]
    public async Task Long_before_the_disk_is_full_administrators_are_alerted_and_recording_goes_on()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        Guid active = await RecordAsync(administrator, "s01-104");
        Settings.AlertFreeGigabytes = 1_000_000;

        await SweepAsync();

        (await LevelAsync(administrator)).ShouldBe("low");
        (await HealthAsync()).ShouldBe("degraded");
        (await _app.StoredAsync(active)).ShouldNotBeNull().To.ShouldBeNull();
    }

    [Fact]
    public async Task Before_the_disk_is_full_recording_stops_says_why_and_is_refused()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        Guid active = await RecordAsync(administrator, "s01-105");
        Settings.StopFreeGigabytes = 1_000_000;

        await SweepAsync();

        Recording stopped = (await _app.StoredAsync(active)).ShouldNotBeNull();
        stopped.To.ShouldNotBeNull();
        stopped.Faults.ShouldContain(RecordingFaults.DiskFull);
        (await LevelAsync(administrator)).ShouldBe("full");
        (await HealthAsync()).ShouldBe("degraded");
        await (await administrator.Http.PostAsJsonAsync("/api/rooms/s01-105/recording", new { reason = "公开课" }))
            .ShouldBeProblem(HttpStatusCode.InsufficientStorage, "no-space");
    }

    [Fact]
    public async Task A_recording_ends_by_itself_at_its_time()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        Guid active = await RecordAsync(administrator, "s01-106");
        var later = new ManualTime(DateTimeOffset.UtcNow.AddMinutes(44));

        await SweepAsync(later);
        (await _app.StoredAsync(active))!.To.ShouldBeNull();
        later.Advance(TimeSpan.FromMinutes(2));
        await SweepAsync(later);

        (await _app.StoredAsync(active))!.To.ShouldNotBeNull();
        (await _app.AuditOfAsync(active)).ShouldBe([("administrator", "recording.started"), ("system", "recording.stopped")]);
    }

    [Fact]
    public async Task What_the_settings_do_not_allow_is_refused_to_everybody()
    {
        Settings.Lessons = false;
        Settings.DuringVisits = false;
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn inspector = await _app.SignInAsync("inspector");
        JsonElement visit = await (await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = "s01-107", purpose = "督导" }))
            .JsonAsync();

        await (await administrator.Http.PostAsJsonAsync("/api/rooms/s01-107/recording", new { reason = "公开课" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "recording-not-allowed");
        await (await inspector.Http.PostAsJsonAsync(
            "/api/rooms/s01-107/recording", new { visitId = visit.GetProperty("visitId").GetGuid() }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "recording-not-allowed");
    }

    [Fact]
    public async Task When_sound_is_forbidden_recordings_with_sound_end()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        Guid active = await RecordAsync(administrator, "s01-107");

        (await administrator.Http.PutAsJsonAsync("/api/admin/visit-policy", new { allowed = new[] { "video" } })).StatusCode.ShouldBe(
            HttpStatusCode.OK);

        (await _app.StoredAsync(active))!.To.ShouldNotBeNull();
        Guid silent = await RecordAsync(administrator, "s01-107");
        (await _app.StoredAsync(silent))!.Media.ShouldBe(Xunke.Streaming.MediaKinds.Video);
    }

    private static async Task<Guid> RecordAsync(SignedIn someone, string roomId) =>
        (await (await someone.Http.PostAsJsonAsync($"/api/rooms/{roomId}/recording", new { reason = "公开课" })).JsonAsync())
            .GetProperty("recording").GetProperty("recordingId").GetGuid();

    private static async Task<string> LevelAsync(SignedIn administrator) =>
        (await (await administrator.Http.GetAsync("/api/recordings/storage")).JsonAsync()).GetProperty("level").GetString()!;

    private async Task<string> HealthAsync()
    {
        using HttpClient anyone = _app.Anonymous();
        // Whatever the whole is called: a decode worker may not be ready yet.
        using HttpResponseMessage ready = await anyone.GetAsync("/health/ready");
        return (await ready.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("recording").GetString()!;
    }

    private async Task SweepAsync(TimeProvider? time = null)
    {
        using RecordingSweeper sweeper = time is null
            ? ActivatorUtilities.CreateInstance<RecordingSweeper>(_app.Services)
            : ActivatorUtilities.CreateInstance<RecordingSweeper>(_app.Services, time);
        await sweeper.SweepAsync(TestContext.Current.CancellationToken);
    }
}
