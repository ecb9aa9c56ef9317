using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Streaming.Edge;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web;

[Collection(WebCollection.Name)]
public sealed class MetricsTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_is_told_keeps_to_the_format_and_to_the_naming_convention()
    {
        using HttpClient prometheus = _app.Anonymous();

        using HttpResponseMessage answer = await prometheus.GetAsync("/metrics");

        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var metrics = PrometheusText.Parse(await answer.Content.ReadAsStringAsync());
        foreach ((string name, string type) in metrics.Types)
        {
            name.EndsWith("_total", StringComparison.Ordinal).ShouldBe(type == "counter", name);
            name.ShouldMatch("^(xunke|process|dotnet)_[a-z0-9_]+$");
            name.ShouldNotMatch("(milliseconds|_ms|_kb|_mb|percent)");
        }

        metrics.Samples.SelectMany(sample => sample.Labels.Keys)
            .ShouldNotContain(label => label.StartsWith("otel", StringComparison.Ordinal));
        metrics.Value("process_resident_memory_bytes").ShouldBeGreaterThan(10_000_000);
        metrics.Value("process_cpu_seconds_total").ShouldBeGreaterThan(0);
        metrics.Value("process_open_fds").ShouldBeGreaterThan(10);
        metrics.Value("xunke_media_receiving").ShouldBe(1);
        metrics.Value("xunke_recordings_free_bytes").ShouldBeGreaterThan(0);
        metrics.Value("xunke_build_info", ("dotnet", Environment.Version.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task A_rooms_packets_are_counted_for_the_room_and_go_on_when_its_viewers_leave()
    {
        const string Room = "s04-401";
        MediaServer media = _app.Services.GetRequiredService<MonitoringHost>().Running.Media;
        await using var publisher = new TestPeer();
        await publisher.ConnectAsync(media.Publish(Room, publisher.Offer("sendonly")).Sdp, Cancellation);
        await using var viewer = new TestPeer();
        SessionAnswer viewing = media.View(Room, viewer.Offer("recvonly"));
        await viewer.ConnectAsync(viewing.Sdp, Cancellation);
        publisher.SendRtp(TestPeer.VideoType, 0x1234, 500, 9000, [0x65, 1, 2, 3], marker: true);
        await viewer.ReadRtpAsync(Cancellation);

        PrometheusText during = await ReadAsync();
        media.Close(viewing.SessionId);
        PrometheusText after = await ReadAsync();

        (string, string) room = ("room", Room);
        during.Value("xunke_media_received_packets_total", room, ("school", "s04")).ShouldBe(1);
        during.Value("xunke_media_received_bytes_total", room).ShouldBe(16);
        during.Value("xunke_media_sent_packets_total", room).ShouldBe(1);
        during.Value("xunke_media_viewers", room).ShouldBe(1);
        after.Value("xunke_media_sent_packets_total", room).ShouldBe(1);
        after.Has("xunke_media_viewers", room).ShouldBeFalse();
    }

    [Fact]
    public async Task Freezes_that_a_visitors_browser_reports_are_summed_for_the_room()
    {
        const string Room = "s04-402";
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using HttpResponseMessage opened =
            await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = Room, purpose = "听课" }, Cancellation);
        Guid visit = (await opened.JsonAsync()).GetProperty("visitId").GetGuid();

        foreach ((int freezes, double seconds) in new[] { (1, 0.5), (3, 2.0), (1, 0.25) }) // the last one after a new session
        {
            using HttpResponseMessage answer = await inspector.Http.PostAsJsonAsync(
                $"/api/visits/{visit}/playback", new { freezes, frozenSeconds = seconds }, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        PrometheusText metrics = await ReadAsync();
        metrics.Value("xunke_visit_freezes_total", ("room", Room)).ShouldBe(4);
        metrics.Value("xunke_visit_frozen_seconds_total", ("room", Room)).ShouldBe(2.25);
    }

    [Fact]
    public async Task Another_host_is_refused_without_the_token_and_so_is_a_request_for_another_name()
    {
        using HttpClient someone = _app.Anonymous();
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        rebound.Headers.Host = "evil.example";
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        proxied.Headers.Add("X-Forwarded-For", "203.0.113.9");

        await (await someone.SendAsync(rebound)).ShouldBeProblem(HttpStatusCode.Unauthorized, "missing-token");
        await (await someone.SendAsync(proxied)).ShouldBeProblem(HttpStatusCode.Unauthorized, "missing-token");
    }

    [Fact]
    public async Task The_token_opens_it_to_other_hosts()
    {
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Metrics:Token", "0123456789abcdef"]);
        using HttpClient elsewhere = app.Anonymous();

        (await GetAsync("0123456789abcdef")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync("0123456789abcdeX")).ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);

        async Task<HttpStatusCode> GetAsync(string? token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
            request.Headers.Host = "xunke.example";
            if (token is not null)
            {
                request.Headers.Add("Authorization", $"Bearer {token}");
            }

            using HttpResponseMessage answer = await elsewhere.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Ready_names_what_it_has_checked()
    {
        using HttpClient someone = _app.Anonymous();
        await Eventually.TrueAsync(
            async () => (await someone.GetAsync("/health/ready", Cancellation)).IsSuccessStatusCode, TimeSpan.FromSeconds(30));

        JsonElement ready = await (await someone.GetAsync("/health/ready", Cancellation)).JsonAsync();

        JsonElement checks = ready.GetProperty("checks");
        foreach (string part in (string[])["database", "media", "decoding", "analysis", "lessons"])
        {
            checks.GetProperty(part).GetString().ShouldBe("healthy", part);
        }

        // How full the disk is, is the machine's affair.
        checks.TryGetProperty("recording", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Strangers_learn_from_the_health_routes_that_it_runs_and_no_more()
    {
        using HttpClient stranger = _app.Anonymous();
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using SignedIn inspector = await _app.SignInAsync("inspector");
        inspector.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using SignedIn administrator = await _app.SignInAsync("administrator");
        administrator.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        (await ReadyAsync(stranger)).EnumerateObject().Select(property => property.Name).ShouldBe(["status"]);
        (await ReadyAsync(inspector.Http)).EnumerateObject().Select(property => property.Name).ShouldBe(["status"]);
        (await ReadyAsync(administrator.Http)).TryGetProperty("checks", out _).ShouldBeTrue();
        (await stranger.GetStringAsync("/health/live")).ShouldBe("Healthy");

        static async Task<JsonElement> ReadyAsync(HttpClient client)
        {
            using HttpResponseMessage answer = await client.GetAsync("/health/ready", Cancellation);
            return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task<PrometheusText> ReadAsync()
    {
        using HttpClient prometheus = _app.Anonymous();
        return PrometheusText.Parse(await prometheus.GetStringAsync("/metrics", Cancellation));
    }
}
