using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Xunke.Tests.Streaming.Sdp;
using Xunke.Tests.Web.Identity;

namespace Xunke.Tests.Web;

/// <summary>A page of another origin, another port of this host included, can use the cookie for nothing.</summary>
[Collection(WebCollection.Name)]
public sealed class SameOriginTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    private string Own => _app.Address.GetLeftPart(UriPartial.Authority);

    private string OtherPort => $"http://127.0.0.1:{(_app.Address.Port == 9191 ? 9192 : 9191)}";

    [Fact]
    public async Task Another_port_of_this_host_can_send_nothing_that_changes_something()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        foreach (RouteRow row in RouteRow.ReadAll().Where(
            row => row.Method is not (RouteRow.Hub or "GET" or "OPTIONS") && !row.Pattern.StartsWith("/whip", StringComparison.Ordinal)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(row.Method), row.PathFor(RouteRow.Room, RouteRow.School));
            using HttpClient replaying = _app.Replaying(administrator.Cookie);
            replaying.DefaultRequestHeaders.Remove("Origin");
            request.Headers.Add("Origin", OtherPort);

            using HttpResponseMessage answer = await replaying.SendAsync(request);

            await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "cross-origin");
            answer.ShouldBeGuarded(row.Key);
        }
    }

    // 0 stands for the server's own port.
    [Theory]
    [InlineData("Origin", "http://127.0.0.1:0", true)]
    [InlineData("Origin", "http://127.0.0.1", false)]
    [InlineData("Origin", "https://127.0.0.1:0", false)]
    [InlineData("Origin", "http://localhost:0", false)]
    [InlineData("Origin", "http://127.0.0.1.example:0", false)]
    [InlineData("Origin", "http://127.0.0.1:0@evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "file://", false)]
    [InlineData("Referer", "http://127.0.0.1:0/rooms/s01-101", true)]
    [InlineData("Referer", "http://127.0.0.1:9190/", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("X-Nothing", "at-all", false)]
    public async Task What_changes_something_must_name_this_origin(string header, string value, bool passes)
    {
        using SignedIn someone = await _app.SignInAsync("inspector");
        someone.Http.DefaultRequestHeaders.Remove("Origin");
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "/api/visits")
        { Content = JsonContent.Create(new { roomId = "s03-105", purpose = "测试来源" }) };
        request.Headers.TryAddWithoutValidation(header, value.Replace(":0", $":{_app.Address.Port}", StringComparison.Ordinal));

        using HttpResponseMessage answer = await someone.Http.SendAsync(request);

        if (passes)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        else
        {
            await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "cross-origin");
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("own", true)]
    [InlineData("http://127.0.0.1:9190", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task The_hub_is_opened_by_pages_of_this_origin_only(string? origin, bool opens)
    {
        using SignedIn someone = await _app.SignInAsync("administrator");
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = someone.Cookies;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin == "own" ? Own : origin);
        }

        Task opening = socket.ConnectAsync(new Uri(_app.Address, "/hubs/live").ToWebSocket(), CancellationToken.None);

        if (opens)
        {
            await opening;
        }
        else
        {
            (await Should.ThrowAsync<WebSocketException>(() => opening)).Message.ShouldContain("403");
        }
    }

    [Theory]
    [InlineData("/api/schools")]
    [InlineData("/openapi/v1.json")]
    public async Task What_is_read_by_a_page_of_another_origin_is_refused_too(string path)
    {
        using SignedIn someone = await _app.SignInAsync("administrator");
        someone.Http.DefaultRequestHeaders.Remove("Origin");
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Origin", OtherPort);

        using HttpResponseMessage answer = await someone.Http.SendAsync(request);

        await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "cross-origin");
    }

    [Fact]
    public async Task A_page_anywhere_publishes_with_a_rooms_key()
    {
        using HttpClient camera = await _app.CameraAsync("s05-104");
        camera.DefaultRequestHeaders.Add("Origin", "https://studio.example");
        camera.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using HttpResponseMessage answer = await camera.PostAsync(
            "/whip/s05-104", new StringContent(Offers.ChromiumPublisher, new MediaTypeHeaderValue("application/sdp")));

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldHaveSingleItem().ShouldBe("*");
    }

    [Fact]
    public async Task Behind_a_known_proxy_the_origin_is_the_proxys_and_the_announced_one_counts_as_well()
    {
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Media:PublicUrl", "https://other-name.example.cn"]);

        (await SignInAsync("https://xunke.example.cn")).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("https://other-name.example.cn")).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("http://xunke.example.cn")).ShouldBe(HttpStatusCode.Forbidden);
        (await SignInAsync("https://xunke.example.cn:8443")).ShouldBe(HttpStatusCode.Forbidden);

        async Task<HttpStatusCode> SignInAsync(string origin)
        {
            using HttpClient proxy = app.Anonymous();
            proxy.DefaultRequestHeaders.Host = "xunke.example.cn";
            proxy.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
            proxy.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            proxy.DefaultRequestHeaders.Add("Origin", origin);
            using HttpResponseMessage answer =
                await proxy.PostAsJsonAsync("/api/session", new { userName = "inspector", password = RunningApp.Password });
            return answer.StatusCode;
        }
    }
}
