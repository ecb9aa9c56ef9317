using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Web;

/// <summary>WHEP: only an open visit of one's own brings a room's picture. Real peers on both sides.</summary>
[Collection(WebCollection.Name)]
public sealed class WhepTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_visitor_gets_the_packets_that_the_camera_sends()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestPeer publisher = await PublishAsync("s05-201", cancellation);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = await BeginAsync(inspector, "s05-201");
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(
            await AnswerAsync(inspector.Http, $"/whep/s05-201?visitId={visit}", viewer.Offer("recvonly")), cancellation);

        publisher.SendRtp(TestPeer.VideoType, 0x1234, 500, 9000, [0x65, 1, 2, 3], marker: true);

        (await viewer.ReadRtpAsync(cancellation)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_end_of_the_visit_ends_its_picture()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestPeer publisher = await PublishAsync("s05-202", cancellation);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = await BeginAsync(inspector, "s05-202");
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(
            await AnswerAsync(inspector.Http, $"/whep/s05-202?visitId={visit}", viewer.Offer("recvonly")), cancellation);

        await inspector.Http.DeleteAsync($"/api/visits/{visit}", cancellation);

        await viewer.Closed.WaitAsync(TimeSpan.FromSeconds(10), cancellation);
    }

    [Fact]
    public async Task Without_an_own_open_visit_in_that_room_there_is_no_picture()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        Guid visit = await BeginAsync(inspector, "s05-203");
        Guid elsewhere = await BeginAsync(inspector, "s05-204");
        Guid ended = await BeginAsync(inspector, "s05-203");
        await inspector.Http.DeleteAsync($"/api/visits/{ended}");

        await RefusedAsync(inspector, string.Empty);
        await RefusedAsync(inspector, $"?visitId={Guid.NewGuid()}");
        await RefusedAsync(inspector, $"?visitId={elsewhere}");
        await RefusedAsync(inspector, $"?visitId={ended}");
        await RefusedAsync(other, $"?visitId={visit}");

        static async Task RefusedAsync(SignedIn someone, string query)
        {
            using HttpResponseMessage answer = await someone.Http.PostAsync("/whep/s05-203" + query, Sdp(Offers.FirefoxViewer));
            await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "no-visit");
        }
    }

    [Fact]
    public async Task A_principal_gets_no_picture_of_another_school()
    {
        using SignedIn principal = await _app.SignInAsync("principal");

        using HttpResponseMessage answer =
            await principal.Http.PostAsync($"/whep/s05-203?visitId={Guid.NewGuid()}", Sdp(Offers.FirefoxViewer));

        await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task Another_visitors_session_cannot_be_ended()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using TestPeer publisher = await PublishAsync("s05-205", cancellation);
        using HttpClient camera = await _app.CameraAsync("s05-205");
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        Guid visit = await BeginAsync(inspector, "s05-205");
        await using var viewer = new TestPeer();
        using HttpResponseMessage created =
            await inspector.Http.PostAsync($"/whep/s05-205?visitId={visit}", Sdp(viewer.Offer("recvonly")), cancellation);
        string session = created.Headers.Location!.ToString();

        using HttpResponseMessage theirs = await other.Http.DeleteAsync(session, cancellation);
        using HttpResponseMessage byKey =
            await camera.DeleteAsync(session.Replace("/whep/", "/whip/", StringComparison.Ordinal), cancellation);
        using HttpResponseMessage own = await inspector.Http.DeleteAsync(session, cancellation);

        await theirs.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-session");
        await byKey.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-session");
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_room_without_a_camera_is_answered_409()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        Guid visit = await BeginAsync(inspector, "s05-206");

        using HttpResponseMessage answer = await inspector.Http.PostAsync($"/whep/s05-206?visitId={visit}", Sdp(Offers.FirefoxViewer));

        await answer.ShouldBeProblem(HttpStatusCode.Conflict, "no-publisher");
    }

    private async Task<TestPeer> PublishAsync(string roomId, CancellationToken cancellation)
    {
        using HttpClient camera = await _app.CameraAsync(roomId);
        var publisher = new TestPeer();
        await publisher.ConnectAsync(await AnswerAsync(camera, $"/whip/{roomId}", publisher.Offer("sendonly")), cancellation);
        return publisher;
    }

    private static StringContent Sdp(string text) => new(text, new MediaTypeHeaderValue("application/sdp"));

    private static async Task<string> AnswerAsync(HttpClient client, string path, string offer)
    {
        using HttpResponseMessage answer = await client.PostAsync(path, Sdp(offer));
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        return body;
    }

    private static async Task<Guid> BeginAsync(SignedIn visitor, string roomId)
    {
        using HttpResponseMessage answer = await visitor.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose = "测试画面" });
        return (await answer.JsonAsync()).GetProperty("visitId").GetGuid();
    }
}
