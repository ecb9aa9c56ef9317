using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Deeds;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Visits;

/// <summary>
/// A thousand visits begin and end in random order while publishers and browsers go, rights change, the database fails and
/// the server is restarted. Whatever happens: no session, row, priority or recording is left over.
/// </summary>
public sealed class VisitLifeTests : IAsyncLifetime
{
    private const int Visits = 1000;
    private const int Restarts = 3;

    private static readonly string[] Rooms = ["s01-101", "s01-102", "s01-103", "s01-104", "s01-105", "s01-106"];
    private static readonly string[] Users = ["administrator", "inspector", "inspector2"];

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-visits-");
    private readonly int _seed = Random.Shared.Next();
    private readonly Dictionary<string, SignedIn> _browsers = [];
    private readonly Dictionary<string, HubConnection> _pages = [];
    private readonly List<Guid> _begun = [];
    private Saboteur _saboteur = null!;
    private RunningApp _app = null!;
    private TestPeer _peer = null!;

    private MediaServer Media => _app.Services.GetRequiredService<MonitoringHost>().Running.Media;

    public async ValueTask InitializeAsync()
    {
        _peer = new TestPeer();
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName))
        {
            await first.AddAccountAsync("inspector2", Role.Inspector);
        }

        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _peer.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Nothing_is_left_over_of_a_thousand_visits_whatever_happens_to_them()
    {
        var random = new Random(_seed);
        TestContext.Current.SendDiagnosticMessage($"seed {_seed}");
        for (int restart = 0; _begun.Count < Visits;)
        {
            await (random.Next(100) switch
            {
                < 34 => BeginAsync(random),
                < 56 => LeaveAsync(random),
                < 70 => ShowAsync(random),
                < 78 => RecordAsync(random),
                < 84 => HideAsync(random),
                < 89 => PublisherGoesAsync(random),
                < 93 => PageGoesAsync(random),
                < 95 => SignOutAsync(random),
                < 97 => ChangeRuleAsync(random),
                _ => FailAsync(random),
            });
            if (restart < Restarts && _begun.Count > Visits / (Restarts + 1) * (restart + 1))
            {
                restart++;
                await StopAsync();
                await StartAsync();
            }
        }

        foreach (HubConnection page in _pages.Values)
        {
            await page.DisposeAsync();
        }

        foreach (OpenVisit open in _app.Services.GetRequiredService<OpenVisits>().All.ToList())
        {
            using HttpResponseMessage left = await _browsers[open.Visit.UserName].Http.DeleteAsync($"/api/visits/{open.Visit.Id}");
        }

        string seeded = $"seed {_seed}";
        await Eventually.TrueAsync(
            () => !_app.Services.GetRequiredService<OpenVisits>().AndBeginning.Any(), () =>
                $"visits are left over, {seeded}", TimeSpan.FromSeconds(60));
        // Whose parts the database has refused is put on record at the sweeper's next round.
        await Eventually.TrueAsync(
            () => _app.Services.GetRequiredService<ActiveRecordings>().Rooms.Count == 0, () =>
                $"a recording is left over, {seeded}", TimeSpan.FromSeconds(30));
        Media.Statistics().SelectMany(room => room.Viewers).ShouldBeEmpty(seeded);
        await Eventually.TrueAsync(
            () => _app.Services.GetRequiredService<MonitoringHost>().Running.Analysis.VisitedRooms == 0, () =>
                $"a room is still first, {seeded}");
        await _app.ShouldAgreeAsync(seeded);
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        (await records.Visits.CountAsync(visit => visit.To == null)).ShouldBe(0, seeded);
        (await records.Recordings.CountAsync(recording => recording.To == null)).ShouldBe(0, seeded);
        (await records.Visits.CountAsync()).ShouldBeGreaterThanOrEqualTo(Visits, seeded);
    }

    private async Task StartAsync()
    {
        _saboteur = new Saboteur();
        _app = await RunningApp.StartAsync(
            _data.FullName, _saboteur.AddTo, "--Live:VisitGraceSeconds", "2", "--Live:VisitsPerAccount", "10000",
            "--Media:MaxViewersPerRoom", "1000");
        foreach (string user in Users)
        {
            await SignInAsync(user);
        }

        foreach (string room in Rooms)
        {
            Publish(room);
        }
    }

    private async Task StopAsync()
    {
        foreach (HubConnection page in _pages.Values)
        {
            await page.DisposeAsync();
        }

        foreach (SignedIn browser in _browsers.Values)
        {
            browser.Dispose();
        }

        await _app.DisposeAsync();
    }

    private async Task SignInAsync(string user)
    {
        _browsers[user] = await _app.SignInAsync(user);
        _pages[user] = await _browsers[user].ConnectAsync();
    }

    private void Publish(string room) => Media.Publish(room, _peer.Offer("sendonly"));

    private async Task BeginAsync(Random random)
    {
        string user = Users[random.Next(Users.Length)];
        string room = Rooms[random.Next(Rooms.Length)];
        using HttpResponseMessage answer =
            await _browsers[user].Http.PostAsJsonAsync("/api/visits", new { roomId = room, purpose = "随机巡课" });
        if (answer.StatusCode is not HttpStatusCode.Created)
        {
            ((int)answer.StatusCode).ShouldBeOneOf(401, 403, 503, 507);
            return;
        }

        Guid visit = (await answer.JsonAsync()).GetProperty("visitId").GetGuid();
        _begun.Add(visit);
        if (random.Next(2) == 0)
        {
            await _pages[user].InvokeAsync("BindVisit", visit);
        }
    }

    private async Task LeaveAsync(Random random)
    {
        if (Any(random) is { } open)
        {
            string[] sessions = [.. open.Sessions];
            using HttpResponseMessage answer =
                await _browsers[open.Visit.UserName].Http.PostAsync($"/api/visits/{open.Visit.Id}/leave", null);
            ((int)answer.StatusCode).ShouldBeOneOf(204, 404, 401, 503, 507);
            if (answer.StatusCode is HttpStatusCode.NoContent)
            {
                // Peers that never connect are forgotten after seconds anyway, so this is asked at once.
                sessions.Where(Media.HasSession).ShouldBeEmpty($"seed {_seed}");
            }
        }
    }

    private async Task ShowAsync(Random random)
    {
        if (Any(random) is { } open)
        {
            using var offer = new StringContent(_peer.Offer("recvonly"), new MediaTypeHeaderValue("application/sdp"));
            using HttpResponseMessage answer = await _browsers[open.Visit.UserName].Http
                .PostAsync($"/whep/{open.Visit.RoomId}?visitId={open.Visit.Id}", offer);
            ((int)answer.StatusCode).ShouldBeOneOf(201, 401, 403, 409, 429, 503);
        }
    }

    private async Task HideAsync(Random random)
    {
        if (Any(random) is { Sessions: [string session, ..] } open)
        {
            using HttpResponseMessage answer =
                await _browsers[open.Visit.UserName].Http.DeleteAsync($"/whep/{open.Visit.RoomId}/{session}");
            ((int)answer.StatusCode).ShouldBeOneOf(200, 401, 404);
        }
    }

    private async Task RecordAsync(Random random)
    {
        if (Any(random) is { } open)
        {
            using HttpResponseMessage answer = await _browsers[open.Visit.UserName].Http
                .PostAsJsonAsync($"/api/rooms/{open.Visit.RoomId}/recording", new { visitId = open.Visit.Id });
            ((int)answer.StatusCode).ShouldBeOneOf(201, 401, 403, 409, 503, 507);
        }
    }

    private Task PublisherGoesAsync(Random random)
    {
        // The newer one takes the room from the older one.
        Publish(Rooms[random.Next(Rooms.Length)]);
        return Task.CompletedTask;
    }

    private async Task PageGoesAsync(Random random)
    {
        string user = Users[random.Next(Users.Length)];
        await _pages[user].DisposeAsync();
        _pages[user] = await _browsers[user].ConnectAsync();
    }

    private async Task SignOutAsync(Random random)
    {
        string user = Users[random.Next(Users.Length)];
        await _pages[user].DisposeAsync();
        using HttpResponseMessage answer = await _browsers[user].Http.DeleteAsync("/api/session");
        _browsers[user].Dispose();
        await SignInAsync(user);
    }

    private async Task ChangeRuleAsync(Random random)
    {
        string[] allowed = random.Next(2) == 0 ? ["video"] : ["both", "video", "audio"];
        using HttpResponseMessage answer = await _browsers["administrator"].Http.PutAsJsonAsync("/api/admin/visit-policy", new { allowed });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task FailAsync(Random random)
    {
        if (Any(random) is { } open)
        {
            _saboteur.Arm(random.Next(2) == 0 ? Sabotage.Busy : Sabotage.Full, random.Next(1, 8));
            using var leave =
                new HttpRequestMessage(HttpMethod.Delete, $"/api/visits/{open.Visit.Id}") { Headers = { { Saboteur.Header, "1" } } };
            using HttpResponseMessage answer = await _browsers[open.Visit.UserName].Http.SendAsync(leave);
            ((int)answer.StatusCode).ShouldBeOneOf(204, 404, 503, 507);
        }
    }

    private OpenVisit? Any(Random random) => _app.Services.GetRequiredService<OpenVisits>().All.ToList() is { Count: > 0 } open
        ? open[random.Next(open.Count)]
        : null;
}
