using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Tests.Streaming.Client;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web;

/// <summary>Who is told how the media of a room are going, and of whom.</summary>
[Collection(WebCollection.Name)]
public sealed class RoomMediaTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitor_sees_the_cameras_figures_and_the_own_and_an_administrator_everybodys()
    {
        const string Room = "s04-403";
        await using var publisher = new TestPeer();
        await publisher.ConnectAsync(
            _app.Services.GetRequiredService<MonitoringHost>().Running.Media.Publish(Room, publisher.Offer("sendonly")).Sdp, Cancellation);
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        using SignedIn administrator = await _app.SignInAsync("administrator");
        (await inspector.Http.GetAsync($"/api/rooms/{Room}/media", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await using TestPeer first = await VisitAsync(inspector, Room, "both");
        await using TestPeer second = await VisitAsync(other, Room, "audio");

        JsonElement own = await (await inspector.Http.GetAsync($"/api/rooms/{Room}/media", Cancellation)).JsonAsync();
        JsonElement all = await (await administrator.Http.GetAsync($"/api/rooms/{Room}/media", Cancellation)).JsonAsync();

        own.GetProperty("camera").GetProperty("videoCodec").GetString().ShouldBe("h264");
        own.GetProperty("camera").GetProperty("audioCodec").GetString().ShouldBe("opus");
        JsonElement viewer = own.GetProperty("viewers").EnumerateArray().ShouldHaveSingleItem();
        viewer.GetProperty("media").GetString().ShouldBe("both");
        viewer.GetProperty("videoPaused").GetBoolean().ShouldBeFalse();
        viewer.GetProperty("freezes").ValueKind.ShouldBe(JsonValueKind.Null);
        all.GetProperty("viewers").EnumerateArray()
            .Select(one => one.GetProperty("media").GetString()).ShouldBe(["both", "audio"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_principal_is_told_nothing_of_another_school()
    {
        using SignedIn principal = await _app.SignInAsync("principal");

        await (await principal.Http.GetAsync("/api/rooms/s04-403/media")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await principal.Http.GetAsync("/api/rooms/nowhere/media")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_report_of_playback_is_taken_from_the_visitor_only_and_only_if_it_can_be_true()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn other = await _app.SignInAsync("inspector2");
        using HttpResponseMessage opened = await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = "s04-404", purpose = "听课" });
        Guid visit = (await opened.JsonAsync()).GetProperty("visitId").GetGuid();

        await (await ReportAsync(other, 1, 1)).ShouldBeProblem(HttpStatusCode.NotFound, "unknown-visit");
        await (await ReportAsync(inspector, -1, 0)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-playback");
        await (await ReportAsync(inspector, 1, 1e12)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-playback");
        JsonElement taken = await (await ReportAsync(inspector, 2, 1.5)).JsonAsync();
        taken.GetProperty("camera").ValueKind.ShouldBe(JsonValueKind.Null);

        Task<HttpResponseMessage> ReportAsync(SignedIn someone, long freezes, double frozenSeconds) =>
            someone.Http.PostAsJsonAsync($"/api/visits/{visit}/playback", new { freezes, frozenSeconds });
    }

    private static async Task<TestPeer> VisitAsync(SignedIn visitor, string roomId, string media)
    {
        using HttpResponseMessage opened =
            await visitor.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose = "听课", media }, Cancellation);
        Guid visit = (await opened.JsonAsync()).GetProperty("visitId").GetGuid();
        var viewer = new TestPeer();
        using var offer = new StringContent(viewer.Offer("recvonly"), new MediaTypeHeaderValue("application/sdp"));
        using HttpResponseMessage created = await visitor.Http.PostAsync($"/whep/{roomId}?visitId={visit}", offer, Cancellation);
        await viewer.ConnectAsync(await created.Content.ReadAsStringAsync(Cancellation), Cancellation);
        return viewer;
    }
}
