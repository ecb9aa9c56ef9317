using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Client;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web;

/// <summary>One account cannot take a room, the district or the cameras' places for itself.</summary>
[Collection(WebCollection.Name)]
public sealed class ViewerLimitTests(AppFixture fixture)
{
    private const string Room = "s06-101";

    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_offers_of_one_visit_leave_one_session_and_shut_nobody_out()
    {
        await using TestPeer publisher = await PublishAsync(Room);
        using SignedIn greedy = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        Guid visit = await BeginAsync(greedy, Room);
        await using var peer = new TestPeer();
        string offer = peer.Offer("recvonly");
        List<string> sessions = [];
        for (int i = 0; i < 200; i++)
        {
            using HttpResponseMessage answer = await greedy.Http.PostAsync($"/whep/{Room}?visitId={visit}", Sdp(offer), Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            sessions.Add(answer.Headers.Location!.ToString().Split('/')[^1]);
        }

        MediaServer media = _app.Services.GetRequiredService<MonitoringHost>().Running.Media;
        sessions.Where(media.HasSession).ShouldBe([sessions[^1]]);
        await using var viewer = new TestPeer();
        using HttpResponseMessage seen = await other.Http.PostAsync(
            $"/whep/{Room}?visitId={await BeginAsync(other, Room)}", Sdp(viewer.Offer("recvonly")), Cancellation);
        await viewer.ConnectAsync(await seen.Content.ReadAsStringAsync(Cancellation), Cancellation);
        await using TestPeer again = await PublishAsync(Room);
    }

    [Fact]
    public async Task When_viewers_have_taken_all_their_places_a_camera_is_taken_and_the_next_viewer_is_told()
    {
        await using RunningApp small = await RunningApp.StartAsync(more: ["--Media:MaxSessions", "3", "--Media:MaxViewersPerRoom", "2"]);
        await using TestPeer publisher = await PublishAsync(Room, small);
        await using TestPeer second = await PublishAsync("s06-102", small);
        using SignedIn inspector = await small.SignInAsync("inspector");
        await using var peer = new TestPeer();
        List<(string Room, Guid Visit)> visits = [];
        foreach (string roomId in (string[])[Room, Room, Room, "s06-102", "s06-102"])
        {
            visits.Add((roomId, await BeginAsync(inspector, roomId)));
        }

        // Unconnected viewers are forgotten after seconds, so nothing slow may come between these.
        List<HttpResponseMessage> answers = [];
        foreach ((string roomId, Guid visit) in visits)
        {
            answers.Add(await inspector.Http.PostAsync($"/whep/{roomId}?visitId={visit}", Sdp(peer.Offer("recvonly")), Cancellation));
        }

        answers.Select(answer => (int)answer.StatusCode).ShouldBe([201, 201, 503, 201, 503]);
        await answers[2].ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "room-full");
        await answers[4].ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "full");
        await using TestPeer third = await PublishAsync("s06-103", small);
        await using TestPeer back = await PublishAsync(Room, small);
    }

    [Fact]
    public async Task An_account_has_so_many_visits_open_at_once_and_gets_a_place_back_with_each_that_ends()
    {
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Live:VisitsPerAccount", "3"]);
        await app.AddAccountAsync("inspector2", Role.Inspector);
        using SignedIn inspector = await app.SignInAsync("inspector");
        using SignedIn other = await app.SignInAsync("inspector2");
        HttpResponseMessage[] together = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(inspector)));
        var open = together.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();

        open.Count.ShouldBe(3);
        JsonElement problem = await together.First(answer => answer.StatusCode != HttpStatusCode.Created)
            .ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-visits");
        problem.GetProperty("limit").GetInt32().ShouldBe(3);
        (await PostAsync(other)).StatusCode.ShouldBe(HttpStatusCode.Created);
        Guid first = (await open[0].JsonAsync()).GetProperty("visitId").GetGuid();
        await inspector.Http.DeleteAsync($"/api/visits/{first}", Cancellation);
        (await PostAsync(inspector)).StatusCode.ShouldBe(HttpStatusCode.Created);

        static Task<HttpResponseMessage> PostAsync(SignedIn visitor) =>
            visitor.Http.PostAsJsonAsync("/api/visits", new { roomId = Room, purpose = "测试画面" }, Cancellation);
    }

    private async Task<TestPeer> PublishAsync(string roomId, RunningApp? app = null)
    {
        using HttpClient camera = await (app ?? _app).CameraAsync(roomId);
        var publisher = new TestPeer();
        using HttpResponseMessage answer = await camera.PostAsync($"/whip/{roomId}", Sdp(publisher.Offer("sendonly")), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        await publisher.ConnectAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation);
        return publisher;
    }

    private static StringContent Sdp(string text) => new(text, new MediaTypeHeaderValue("application/sdp"));

    private static async Task<Guid> BeginAsync(SignedIn visitor, string roomId)
    {
        using HttpResponseMessage answer =
            await visitor.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose = "测试画面" }, Cancellation);
        return (await answer.JsonAsync()).GetProperty("visitId").GetGuid();
    }
}
