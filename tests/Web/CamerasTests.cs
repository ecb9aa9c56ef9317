using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Streaming.Rtsp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Rtsp;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web;

[Collection(WebCollection.Name)]
public sealed class CamerasTests(AppFixture fixture)
{
    private const string Password = "sehr-geheim-4711";

    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_room_with_an_RTSP_camera_goes_live_is_visited_and_refuses_whip_until_the_camera_is_removed()
    {
        const string room = "s06-201";
        await using TestCamera camera = await TestCamera.StartAsync(TestCamera.Video + TestCamera.Aac, user: "admin", password: Password);
        using SignedIn administrator = await _app.SignInAsync("administrator");
        var entry = new { address = camera.Source.Address.Text, userName = "admin", password = Password };

        JsonElement trial = await (await administrator.Http.PostAsJsonAsync($"/api/admin/rooms/{room}/camera/test", entry)).JsonAsync();
        trial.GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);
        JsonElement set = await (await administrator.Http.PutAsJsonAsync($"/api/admin/rooms/{room}/camera", entry)).JsonAsync();
        set.GetProperty("hasLogin").GetBoolean().ShouldBeTrue();

        await Eventually.TrueAsync(
            async () => await RoomAsync(administrator, room) is var view
                && view.GetProperty("state").GetString() == "live"
                && view.GetProperty("camera").GetProperty("state").GetString() == "live",
            TimeSpan.FromSeconds(60));
        JsonElement shown = await RoomAsync(administrator, room);
        shown.GetRawText().ShouldNotContain(Password);
        await VisitAsync(room);

        using HttpResponseMessage whip = await WhipAsync(room, shown.GetProperty("key").GetString()!);
        await whip.ShouldBeProblem(HttpStatusCode.Conflict, "room-has-camera");

        (await administrator.Http.DeleteAsync($"/api/admin/rooms/{room}/camera")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RoomAsync(administrator, room)).GetProperty("camera").ValueKind.ShouldBe(JsonValueKind.Null);
        using HttpResponseMessage again = await WhipAsync(room, shown.GetProperty("key").GetString()!);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Why_a_camera_cannot_be_shown_reaches_the_rooms_view()
    {
        await using TestCamera camera = await TestCamera.StartAsync(TestCamera.Video, user: "admin", password: Password);
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn inspector = await _app.SignInAsync("inspector");

        await SetAsync(administrator, "s06-202", new { address = camera.Source.Address.Text, userName = "admin", password = "falsch" });

        Xunke.Web.Hosting.MonitoringHost monitoring = _app.Services.GetRequiredService<Xunke.Web.Hosting.MonitoringHost>();
        await Eventually.TrueAsync(
            async () => (await monitoring.Running.GetRoomAsync("s06-202")).Fault == CameraFaults.Unauthorized, TimeSpan.FromSeconds(30));
        await administrator.Http.DeleteAsync("/api/admin/rooms/s06-202/camera");
        await Eventually.TrueAsync(async () => (await monitoring.Running.GetRoomAsync("s06-202")).Fault is null, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Address_user_and_password_are_on_disk_in_cipher_only_and_outlive_a_restart()
    {
        string data = Directory.CreateTempSubdirectory("xunke-cameras-").FullName;
        try
        {
            await using (RunningApp app = await RunningApp.StartAsync(data))
            {
                using SignedIn administrator = await app.SignInAsync("administrator");
                await SetAsync(
                    administrator, "s01-101", new { address = "rtsp://127.0.0.1:1/geheim", userName = "kamerachef", password = Password });
                await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
                RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
                string stored = (await records.Rooms.SingleAsync(room => room.Id == "s01-101")).Camera.ShouldNotBeNull();
                foreach (string secret in (string[])["127.0.0.1", "geheim", "kamerachef", Password])
                {
                    stored.ShouldNotContain(secret);
                }

                AuditEntry line = await records.Audit.Where(entry => entry.Action == "camera.set").SingleAsync();
                (line.UserName, line.Subject).ShouldBe(("administrator", "s01-101 127.0.0.1:1"));
            }

            await using RunningApp again = await RunningApp.StartAsync(data);
            using SignedIn later = await again.SignInAsync("administrator");
            JsonElement camera = (await RoomAsync(later, "s01-101")).GetProperty("camera");
            camera.GetProperty("address").GetString().ShouldBe("rtsp://127.0.0.1:1/geheim");
            camera.GetProperty("hasLogin").GetBoolean().ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task A_kept_password_goes_to_no_other_host_or_port()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await SetAsync(administrator, "s06-203", new { address = "rtsp://127.0.0.1:1/live", userName = "admin", password = Password });

        await SetAsync(administrator, "s06-203", new { address = "rtsp://127.0.0.1:1/other", keepLogin = true });
        using HttpResponseMessage elsewhere = await administrator.Http.PutAsJsonAsync(
            "/api/admin/rooms/s06-203/camera", new { address = "rtsp://127.0.0.1:2/live", keepLogin = true });
        using HttpResponseMessage tested = await administrator.Http.PostAsJsonAsync(
            "/api/admin/rooms/s06-203/camera/test", new { address = "rtsp://127.0.0.2:1/live", keepLogin = true });

        await elsewhere.ShouldBeProblem(HttpStatusCode.BadRequest, "camera-login-needed");
        await tested.ShouldBeProblem(HttpStatusCode.BadRequest, "camera-login-needed");
        (await RoomAsync(administrator, "s06-203")).GetProperty("camera").GetProperty("hasLogin").GetBoolean().ShouldBeTrue();
        await administrator.Http.DeleteAsync("/api/admin/rooms/s06-203/camera");
    }

    [Theory]
    [InlineData("http://127.0.0.1/live", null, "bad-camera-address")]
    [InlineData("file:///etc/passwd", null, "bad-camera-address")]
    [InlineData("rtsp://127.0.0.1/a b", null, "bad-camera-address")]
    [InlineData(null, null, "bad-camera-address")]
    [InlineData("rtsp://127.0.0.1/live", "a:b", "bad-camera-login")]
    [InlineData("rtsp://127.0.0.1/live", "a\r\nb", "bad-camera-login")]
    public async Task What_is_no_camera_is_refused(string? address, string? userName, string code)
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage answer =
            await administrator.Http.PutAsJsonAsync("/api/admin/rooms/s06-204/camera", new { address, userName });

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Cameras_are_for_administrators_and_rooms_on_the_books()
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        using SignedIn administrator = await _app.SignInAsync("administrator");
        var entry = new { address = "rtsp://127.0.0.1:1/live" };

        await (await inspector.Http.PutAsJsonAsync("/api/admin/rooms/s06-204/camera", entry))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await inspector.Http.PostAsJsonAsync("/api/admin/rooms/s06-204/camera/test", entry))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await inspector.Http.DeleteAsync("/api/admin/rooms/s06-204/camera")).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await (await administrator.Http.PutAsJsonAsync("/api/admin/rooms/nowhere/camera", entry))
            .ShouldBeProblem(HttpStatusCode.NotFound, "unknown-room");
    }

    private static async Task SetAsync(SignedIn administrator, string roomId, object entry)
    {
        using HttpResponseMessage answer = await administrator.Http.PutAsJsonAsync($"/api/admin/rooms/{roomId}/camera", entry);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement> RoomAsync(SignedIn administrator, string roomId)
    {
        JsonElement rooms = await (await administrator.Http.GetAsync($"/api/admin/rooms?schoolId={roomId[..3]}")).JsonAsync();
        return rooms.EnumerateArray().Single(room => room.GetProperty("roomId").GetString() == roomId);
    }

    private async Task<HttpResponseMessage> WhipAsync(string roomId, string key)
    {
        await using var peer = new TestPeer();
        using HttpClient recorder = _app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/whip/{roomId}")
        {
            Content = new StringContent(peer.Offer("sendonly"), new MediaTypeHeaderValue("application/sdp")),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
        return await recorder.SendAsync(request);
    }

    private async Task VisitAsync(string roomId)
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");
        JsonElement visit = await (await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId, purpose = "常规巡课" })).JsonAsync();
        await using var viewer = new TestPeer();
        using HttpResponseMessage answer = await inspector.Http.PostAsync(
            $"/whep/{roomId}?visitId={visit.GetProperty("visitId").GetGuid()}",
            new StringContent(viewer.Offer("recvonly"), new MediaTypeHeaderValue("application/sdp")));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        await viewer.ConnectAsync(await answer.Content.ReadAsStringAsync(), TestContext.Current.CancellationToken);
        (await viewer.ReadRtpAsync(TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
        await inspector.Http.DeleteAsync($"/api/visits/{visit.GetProperty("visitId").GetGuid()}");
    }
}
