using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Recordings;
using Xunke.Actors.Visits;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web.Deeds;

/// <summary>
/// Every handler that writes is struck at every step that it takes in the database, by a browser that hangs up, a busy
/// database and a full disk. Whatever the step: the deed is done and told of, or neither; and it can be done again.
/// </summary>
public sealed class DeedsTests(SabotagedApp sabotaged) : IClassFixture<SabotagedApp>
{
    private const int MostSteps = 60;
    private const string Room = "s01-101";

    private readonly Saboteur _saboteur = sabotaged.Saboteur;
    private readonly RunningApp _app = sabotaged.App;
    private readonly SignedIn _administrator = sabotaged.Administrator;

    /// <summary>What is tried, and how each is struck.</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string deed in new[]
            {
                "begin a visit", "leave a visit", "leave a recorded visit", "begin a recording", "end a recording", "delete a recording",
                "change the policy", "rotate a key", "set a camera", "remove a camera", "draw areas",
                "remove areas", "relearn areas", "sign in",
            })
            {
                foreach (Sabotage sabotage in Enum.GetValues<Sabotage>())
                {
                    cases.Add(deed, sabotage.ToString());
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_deed_is_done_and_told_of_or_neither(string deed, string sabotage)
    {
        int steps = 0;
        for (int step = 1; step <= MostSteps; step++)
        {
            Func<HttpRequestMessage> request = await PrepareAsync(deed);
            _saboteur.Arm(Enum.Parse<Sabotage>(sabotage), step);
            using HttpRequestMessage struck = request();
            struck.Headers.Add(Saboteur.Header, "1");

            using HttpResponseMessage answer = await _administrator.Http.SendAsync(struck);

            if (!_saboteur.HasStruck)
            {
                answer.IsSuccessStatusCode.ShouldBeTrue($"{deed}: {await answer.Content.ReadAsStringAsync()}");
                break;
            }

            steps++;
            string after = $"{deed}, {sabotage} at step {step}, answered {(int)answer.StatusCode}";
            ((int)answer.StatusCode is < 300 or 499 or 503 or 507).ShouldBeTrue(after);
            using HttpResponseMessage again = await _administrator.Http.SendAsync(request());
            ((int)again.StatusCode is < 300 or 404 or 409).ShouldBeTrue($"{after}, then {(int)again.StatusCode}");
            await SweepAsync();
            await _app.ShouldAgreeAsync(after);
        }

        steps.ShouldBeInRange(3, MostSteps - 1, deed);
        await _app.ShouldAgreeAsync(deed);
    }

    [Fact]
    public async Task A_full_disk_is_told_leaves_the_recording_running_and_gives_way_once_there_is_space()
    {
        // Another test may have left one running.
        await _administrator.Http.DeleteAsync($"/api/rooms/{Room}/recording");
        Guid id = await RecordAsync();
        _saboteur.Arm(Sabotage.Full, step: 0);
        using var stop =
            new HttpRequestMessage(HttpMethod.Delete, $"/api/rooms/{Room}/recording") { Headers = { { Saboteur.Header, "1" } } };

        using HttpResponseMessage refused = await _administrator.Http.SendAsync(stop);

        await refused.ShouldBeProblem(HttpStatusCode.InsufficientStorage, "records-full");
        (await _app.StoredAsync(id)).ShouldNotBeNull().To.ShouldBeNull();
        _app.Services.GetRequiredService<ActiveRecordings>().Find(id).ShouldNotBeNull();
        (await _administrator.Http.DeleteAsync($"/api/rooms/{Room}/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _administrator.Http.DeleteAsync($"/api/recordings/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _app.ShouldAgreeAsync("the disk has space again");
    }

    private async Task<Func<HttpRequestMessage>> PrepareAsync(string deed)
    {
        await _administrator.Http.DeleteAsync($"/api/rooms/{Room}/recording");
        foreach (Guid open in _app.Services.GetRequiredService<OpenVisits>().All.Select(visit => visit.Visit.Id).ToList())
        {
            await _administrator.Http.DeleteAsync($"/api/visits/{open}");
        }

        switch (deed)
        {
            case "begin a visit":
                return () => Request(HttpMethod.Post, "/api/visits", new { roomId = Room, purpose = "教学督导" });
            case "leave a visit":
                Guid visit = await VisitAsync();
                return () => Request(HttpMethod.Delete, $"/api/visits/{visit}");
            case "leave a recorded visit":
                Guid recorded = await VisitAsync();
                (await PostAsync($"/api/rooms/{Room}/recording", new { visitId = recorded })).StatusCode.ShouldBe(HttpStatusCode.Created);
                return () => Request(HttpMethod.Post, $"/api/visits/{recorded}/leave");
            case "begin a recording":
                return () => Request(HttpMethod.Post, $"/api/rooms/{Room}/recording", new { reason = "公开课" });
            case "end a recording":
                await RecordAsync();
                return () => Request(HttpMethod.Delete, $"/api/rooms/{Room}/recording");
            case "delete a recording":
                Guid recording = await RecordAsync();
                await _administrator.Http.DeleteAsync($"/api/rooms/{Room}/recording");
                return () => Request(HttpMethod.Delete, $"/api/recordings/{recording}");
            case "change the policy":
                string now = (await (await _administrator.Http.GetAsync("/api/visits/policy")).JsonAsync())
                    .GetProperty("allowed")[0].GetString()!;
                await VisitAsync();
                await RecordAsync();
                return () =>
                    Request(HttpMethod.Put, "/api/admin/visit-policy", new { allowed = new[] { now == "both" ? "video" : "both" } });
            case "rotate a key":
                return () => Request(HttpMethod.Post, $"/api/admin/rooms/{Room}/key");
            case "set a camera":
                return () => Request(HttpMethod.Put, $"/api/admin/rooms/{Room}/camera", new { address = "rtsp://127.0.0.1:1/x" });
            case "remove a camera":
                await _administrator.Http.PutAsJsonAsync($"/api/admin/rooms/{Room}/camera", new { address = "rtsp://127.0.0.1:1/x" });
                return () => Request(HttpMethod.Delete, $"/api/admin/rooms/{Room}/camera");
            case "draw areas":
                double[][] triangle = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]];
                long version = await AreasAsync();
                return () => Request(HttpMethod.Put, $"/api/admin/rooms/{Room}/areas", new { pupils = triangle, version });
            case "remove areas":
                long seen = await AreasAsync();
                return () => Request(HttpMethod.Delete, $"/api/admin/rooms/{Room}/areas?version={seen}");
            case "relearn areas":
                return () => Request(HttpMethod.Post, $"/api/admin/rooms/{Room}/areas/relearn");
            default:
                return () => Request(HttpMethod.Post, "/api/session", new { userName = "administrator", password = RunningApp.Password });
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body = null) =>
        new(method, path) { Content = body is null ? null : JsonContent.Create(body) };

    private Task<HttpResponseMessage> PostAsync(string path, object body) => _administrator.Http.PostAsJsonAsync(path, body);

    private async Task<Guid> VisitAsync()
    {
        JsonElement begun = await (await PostAsync("/api/visits", new { roomId = Room, purpose = "教学督导" })).JsonAsync();
        return begun.GetProperty("visitId").GetGuid();
    }

    private async Task<Guid> RecordAsync() =>
        (await (await PostAsync($"/api/rooms/{Room}/recording", new { reason = "公开课" })).JsonAsync())
            .GetProperty("recording").GetProperty("recordingId").GetGuid();

    private async Task<long> AreasAsync() =>
        (await (await _administrator.Http.GetAsync($"/api/admin/rooms/{Room}/areas")).JsonAsync()).GetProperty("version").GetInt64();

    private async Task SweepAsync()
    {
        using RecordingSweeper sweeper = ActivatorUtilities.CreateInstance<RecordingSweeper>(_app.Services);
        await sweeper.SweepAsync(TestContext.Current.CancellationToken);
    }
}
