using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;
using Xunke.Tests.Support;
using Xunke.Web.Cameras;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Tests.Web.Hosting;

/// <summary>Every loop that the server hosts is made to fail; the server stays.</summary>
public sealed class HostedLoopsTests
{
    // What the rooms' view cannot do without: their faults refuse the start, with a line that says why.
    private static readonly string[] Needed = [nameof(DatabasePreparation), "ShippedForms", "RectificationSweep", nameof(MonitoringHost)];

    /// <summary>A hosted service that is new belongs here, and must not be able to end the server.</summary>
    private static readonly Dictionary<string, string[]> Works = new()
    {
        ["ClockKeeper"] = ["clock.start", "clock"],
        ["OutageWatch"] = ["outages"],
        ["LookKeeper"] = ["looks"],
        ["DatabaseTrimmer"] = ["database.start", "database"],
        ["LoginWatch"] = ["sessions.start", "sessions", "sessions.compare"],
        ["LoginRecorder"] = ["sessions.records.start", "sessions.records"],
        ["SignInRefusals"] = ["audit.refusals.start"],
        ["Takeovers"] = ["audit.takeovers.start"],
        ["CameraKeeper"] = ["cameras.start"],
        ["VisitRecovery"] = ["visits.start", "visits"],
        ["RecordingSweeper"] = ["recordings.start", "recordings"],
        ["BookingClock"] = ["bookings.start", "bookings"],
        ["AlertClock"] = ["alerts.start", "alerts"],
        ["AlertMessenger"] = ["alerts.messages.start", "alerts.messages"],
        ["LessonSweeper"] = ["lessons.start"],
        ["NightlyRun"] = ["retention.start", "retention"],
        ["BookReaders"] = ["books.read.start", "books.read"],
        ["CameraSimulator"] = ["simulator.start", "simulator"],
    };

    [Fact]
    public async Task Every_hosted_loop_that_throws_at_its_start_and_in_its_body_leaves_the_server_up_and_live()
    {
        await using RunningApp app = await RunningApp.StartAsync(
            null, services => services.AddSingleton<WorkGuard, Saboteur>());
        List<IHostedService> ours =
            [.. app.Services.GetServices<IHostedService>().Where(service => service.GetType().Assembly == typeof(WorkGuard).Assembly)];
        ours.Select(service => service.GetType().Name).ShouldBe([.. Needed, .. Works.Keys], ignoreOrder: true);
        foreach (IHostedService service in ours.Where(service => !Needed.Contains(service.GetType().Name)))
        {
            service.ShouldBeAssignableTo<PeriodicWork>($"{service.GetType().Name} must be guarded");
        }

        using HttpClient anyone = app.Anonymous();
        string[] expected = [.. Works.Values.SelectMany(names => names)];
        await Eventually.TrueAsync(async () => expected.Except(await FailingAsync(anyone)).ToList() is [], TimeSpan.FromSeconds(30));

        (await anyone.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage ready = await anyone.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ready.JsonAsync()).GetProperty("checks").GetProperty("work").GetString().ShouldBe("degraded");
        (await anyone.GetStringAsync("/metrics")).ShouldContain("xunke_work_failing{work=\"retention\"} 1");
        ours.OfType<PeriodicWork>().Where(work => work is not CameraKeeper).ShouldAllBe(work => !work.ExecuteTask!.IsCompleted);
        await ShouldShowRoomsAsync(app);
    }

    [Fact]
    public async Task A_library_s_background_service_that_throws_is_named_and_leaves_the_server_up()
    {
        await using RunningApp app = await RunningApp.StartAsync(null, services => services.AddHostedService<Thrower>());
        using HttpClient anyone = app.Anonymous();

        await Eventually.TrueAsync(async () => (await FailingAsync(anyone)).Contains(nameof(Thrower)), TimeSpan.FromSeconds(30));

        await ShouldShowRoomsAsync(app);
    }

    internal static async Task<string[]> FailingAsync(HttpClient anyone) =>
        [.. (await (await anyone.GetAsync("/health/ready")).Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("failing").EnumerateArray().Select(work => work.GetString()!)];

    /// <summary>Somebody signs in and watches a school's rooms.</summary>
    internal static async Task ShouldShowRoomsAsync(RunningApp app)
    {
        using SignedIn inspector = await app.SignInAsync("inspector");
        await using HubConnection hub = await inspector.ConnectAsync();
        (await hub.InvokeAsync<RoomView[]>("WatchSchool", "s06")).Length.ShouldBe(24);
    }

    private sealed class Saboteur(TimeProvider time, ILogger<WorkGuard> log) : WorkGuard(time, log)
    {
        public override Task<bool> TryAsync(string work, Func<CancellationToken, Task> run, CancellationToken cancellationToken) =>
            base.TryAsync(
                work,
                async token =>
                {
                    await run(token);
                    throw new InvalidOperationException("sabotage");
                },
                cancellationToken);
    }

    private sealed class Thrower : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => throw new InvalidOperationException("sabotage");
    }
}
