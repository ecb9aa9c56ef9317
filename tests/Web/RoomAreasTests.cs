using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Tests.Streaming.Rtsp;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web;

[Collection(WebCollection.Name)]
public sealed class RoomAreasTests(AppFixture fixture)
{
    private static readonly double[][] Triangle = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]];
    private static readonly double[][] Hourglass = [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]];

    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Areas_are_drawn_by_version_and_taken_away_again()
    {
        const string room = "s06-301";
        using SignedIn administrator = await _app.SignInAsync("administrator");
        JsonElement before = await GetAsync(administrator, room);
        before.GetProperty("drawn").ValueKind.ShouldBe(JsonValueKind.Null);
        long seen = before.GetProperty("version").GetInt64();

        JsonElement drawn = await (await DrawAsync(administrator, room, new { pupils = Triangle, version = seen })).JsonAsync();
        drawn.GetProperty("version").GetInt64().ShouldBe(seen + 1);
        drawn.GetProperty("drawn").GetProperty("by").GetString().ShouldBe("administrator");
        JsonElement later = await (await DrawAsync(administrator, room, new { pupils = Triangle, front = Triangle, version = seen + 1 }))
            .JsonAsync();
        later.GetProperty("drawn").GetProperty("front").GetArrayLength().ShouldBe(3);

        using HttpResponseMessage stale = await DrawAsync(administrator, room, new { pupils = Triangle, version = seen + 1 });
        JsonElement problem = await stale.ShouldBeProblem(HttpStatusCode.Conflict, "areas-changed");
        problem.GetProperty("by").GetString().ShouldBe("administrator");
        problem.GetProperty("version").GetInt64().ShouldBe(seen + 2);
        (await GetAsync(administrator, room)).GetProperty("drawn").GetProperty("front").ValueKind.ShouldBe(JsonValueKind.Array);

        await (await administrator.Http.DeleteAsync($"/api/admin/rooms/{room}/areas?version={seen}", Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "areas-changed");
        JsonElement gone = await (await administrator.Http.DeleteAsync($"/api/admin/rooms/{room}/areas?version={seen + 2}", Cancelled))
            .JsonAsync();
        gone.GetProperty("drawn").ValueKind.ShouldBe(JsonValueKind.Null);
        (await AuditAsync(room)).ShouldBe(["areas.drawn", "areas.drawn", "areas.removed"]);
    }

    [Fact]
    public async Task What_is_no_area_is_refused_with_a_code_for_each_fault()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        double[][] outside = [[0.1, 0.1], [1.2, 0.1], [0.5, 0.9]], tiny = [[0.1, 0.1], [0.11, 0.1], [0.1, 0.11]];

        await RefusedAsync(new { version = 0 }, "area-points", "pupils");
        await RefusedAsync(new { pupils = Triangle[..2], version = 0 }, "area-points", "pupils");
        await RefusedAsync(new { pupils = outside, version = 0 }, "area-outside", "pupils");
        await RefusedAsync(new { pupils = Hourglass, version = 0 }, "area-crossing", "pupils");
        await RefusedAsync(new { pupils = tiny, version = 0 }, "area-too-small", "pupils");
        await RefusedAsync(new { pupils = Triangle, front = Hourglass, version = 0 }, "area-crossing", "front");
        await (await administrator.Http.PutAsync("/api/admin/rooms/s06-302/areas", JsonContent.Create("no areas"), Cancelled))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");

        async Task RefusedAsync(object entry, string code, string area)
        {
            using HttpResponseMessage answer = await DrawAsync(administrator, "s06-302", entry);
            (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, code)).GetProperty("area").GetString().ShouldBe(area);
        }
    }

    [Fact]
    public async Task Areas_and_the_picture_are_for_administrators_and_rooms_on_the_books()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        foreach (string user in (string[])["inspector", "principal"])
        {
            using SignedIn other = await _app.SignInAsync(user);
            await ForEachRouteAsync(other.Http, "s01-101", answer => answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden"));
        }

        using HttpClient nobody = _app.Anonymous();
        await ForEachRouteAsync(nobody, "s01-101", answer => answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated"));
        await ForEachRouteAsync(administrator.Http, "nowhere", answer => answer.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-room"));
        await (await administrator.Http.GetAsync("/api/admin/rooms/s06-303/areas/picture", Cancelled))
            .ShouldBeProblem(HttpStatusCode.Conflict, "room-not-live");
    }

    [Fact]
    public async Task A_live_room_gives_a_picture_without_faces_is_told_of_areas_at_once_and_every_look_is_audited()
    {
        const string room = "s06-304";
        await using TestCamera camera = await TestCamera.StartAsync(TestCamera.Video);
        using SignedIn administrator = await _app.SignInAsync("administrator");
        (await administrator.Http.PutAsJsonAsync(
            $"/api/admin/rooms/{room}/camera", new { address = camera.Source.Address.Text }, Cancelled))
            .EnsureSuccessStatusCode();
        Xunke.Web.Hosting.MonitoringHost monitoring = _app.Services.GetRequiredService<Xunke.Web.Hosting.MonitoringHost>();
        await Eventually.TrueAsync(
            async () =>
                (await monitoring.Running.GetRoomAsync(room)).State == Xunke.Actors.Live.ClassroomState.Live, TimeSpan.FromSeconds(60));

        using HttpResponseMessage answer = await administrator.Http.GetAsync($"/api/admin/rooms/{room}/areas/picture", Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        DecodedPng picture = await DecodedPng.ReadAsync(await answer.Content.ReadAsByteArrayAsync(Cancelled));
        picture.Width.ShouldBeGreaterThan(100);
        DifferentRows(picture).ShouldBeLessThanOrEqualTo(picture.Height / 2);

        (await administrator.Http.PostAsync($"/api/admin/rooms/{room}/areas/relearn", null, Cancelled)).EnsureSuccessStatusCode();
        (await AuditAsync(room)).ShouldBe(["areas.picture", "areas.relearn"]);
        await administrator.Http.DeleteAsync($"/api/admin/rooms/{room}/camera", Cancelled);
    }

    /// <summary>Rows repeat, as those of squares do: heads have squares of their own, whose borders lie elsewhere.</summary>
    private static int DifferentRows(DecodedPng picture) =>
        picture.Pixels.Chunk(picture.Width * 3).Select(Convert.ToHexString).Distinct().Count();

    private static async Task ForEachRouteAsync(HttpClient http, string room, Func<HttpResponseMessage, Task> check)
    {
        string areas = $"/api/admin/rooms/{room}/areas";
        await check(await http.GetAsync(areas, Cancelled));
        await check(await http.PutAsJsonAsync(areas, new { pupils = Triangle, version = 0 }, Cancelled));
        await check(await http.DeleteAsync($"{areas}?version=0", Cancelled));
        await check(await http.PostAsync($"{areas}/relearn", null, Cancelled));
        await check(await http.GetAsync($"{areas}/picture", Cancelled));
    }

    private static Task<HttpResponseMessage> DrawAsync(SignedIn administrator, string room, object entry) =>
        administrator.Http.PutAsJsonAsync($"/api/admin/rooms/{room}/areas", entry, Cancelled);

    private static async Task<JsonElement> GetAsync(SignedIn administrator, string room) =>
        await (await administrator.Http.GetAsync($"/api/admin/rooms/{room}/areas", Cancelled)).JsonAsync();

    private async Task<string[]> AuditAsync(string room)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        return await records.Audit.Where(entry => entry.Subject == room && entry.Action.StartsWith("areas."))
            .OrderBy(entry => entry.Id).Select(entry => entry.Action).ToArrayAsync(Cancelled);
    }
}
