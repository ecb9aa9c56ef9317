using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Web.Identity;

/// <summary>Every way to a media session, for every kind of caller: the last rows of routes.txt.</summary>
[Collection(WebCollection.Name)]
public sealed class MediaMatrixTests(AppFixture fixture)
{
    private const string Room = "s01-603";

    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_way_to_a_media_session_has_its_rows()
    {
        string[] ways =
        [
            .. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(RouteRow.KeysOf)
                .Where(way => way.Contains(" /wh", StringComparison.Ordinal) && !way.StartsWith("OPTIONS", StringComparison.Ordinal)),
        ];
        IEnumerable<string> own = ways.Where(way => way.Contains(" /whep/", StringComparison.Ordinal)).Select(way => $"OWN:{way}");

        RouteRow.ReadMedia().Select(row => row.Key)
            .Order().ShouldBe(ways.Select(way => $"THEIRS:{way}").Concat(own).Order(), "add a row to routes.txt");
    }

    [Fact]
    public async Task Every_caller_gets_what_the_matrix_says()
    {
        using HttpClient camera = await _app.CameraAsync(Room);
        await using var publisher = new TestPeer();
        using HttpResponseMessage published = await camera.PostAsync($"/whip/{Room}", Sdp(publisher.Offer("sendonly")), Cancellation);
        await publisher.ConnectAsync(await published.Content.ReadAsStringAsync(Cancellation), Cancellation);
        using SignedIn inspector = await _app.SignInAsync("inspector2");
        string visit = await BeginAsync(inspector);
        await using var viewer = new TestPeer();
        using HttpResponseMessage shown =
            await inspector.Http.PostAsync($"/whep/{Room}?visitId={visit}", Sdp(viewer.Offer("recvonly")), Cancellation);
        var theirs = new Dictionary<string, string> { ["whip"] = SessionOf(published), ["whep"] = SessionOf(shown) };

        var wrong = new List<string>();
        for (int i = 0; i < RouteRow.Callers.Length; i++)
        {
            using SignedIn caller = await _app.CallerAsync(RouteRow.Callers[i]);
            string ownVisit = await BeginAsync(caller);
            string ownSession = "none";
            foreach (RouteRow row in RouteRow.ReadMedia())
            {
                bool own = row.Method.StartsWith("OWN", StringComparison.Ordinal);
                string session = own ? ownSession : theirs[row.Pattern[1..5]];
                string path = row.Pattern.Replace("{roomId}", Room, StringComparison.Ordinal)
                    .Replace("{visitId}", own ? ownVisit : visit, StringComparison.Ordinal)
                    .Replace("{sessionId}", session, StringComparison.Ordinal);
                using HttpResponseMessage answer = await AskAsync(caller, row.Method.Split(':')[1], path);
                string found = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
                if (found != row.Expected[i])
                {
                    wrong.Add($"{row.Key} {RouteRow.Callers[i]}: {found}");
                }

                ownSession = own && answer.Headers.Location is not null ? SessionOf(answer) : ownSession;
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static async Task<HttpResponseMessage> AskAsync(SignedIn caller, string method, string path)
    {
        await using var peer = new TestPeer();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method switch
        {
            "POST" => Sdp(peer.Offer("recvonly")),
            "PATCH" => new StringContent("a=end-of-candidates", new MediaTypeHeaderValue("application/trickle-ice-sdpfrag")),
            _ => null,
        };
        return await caller.Http.SendAsync(request, Cancellation);
    }

    // Where the caller may not visit the room there is none.
    private static async Task<string> BeginAsync(SignedIn visitor)
    {
        using HttpResponseMessage answer =
            await visitor.Http.PostAsJsonAsync("/api/visits", new { roomId = Room, purpose = "媒体权限" }, Cancellation);
        return answer.IsSuccessStatusCode ? (await answer.JsonAsync()).GetProperty("visitId").GetString()! : Guid.Empty.ToString();
    }

    private static string SessionOf(HttpResponseMessage created) => created.Headers.Location!.ToString().Split('/')[^1];

    private static StringContent Sdp(string text) => new(text, new MediaTypeHeaderValue("application/sdp"));
}
