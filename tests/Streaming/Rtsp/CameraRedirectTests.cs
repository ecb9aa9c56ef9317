using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Addresses that lead to another address (RFC 2326 11.3).</summary>
public sealed class CameraRedirectTests(HabitClip clip) : IClassFixture<HabitClip>
{
    private const string Realm = "WWW-Authenticate: Digest realm=\"camera\", nonce=\"1\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("DESCRIBE", 302, "rtsp://{0}/real")]
    [InlineData("DESCRIBE", 301, "/real")]
    [InlineData("DESCRIBE", 303, "real?x=1")]
    [InlineData("DESCRIBE", 305, "//{0}/real")]
    [InlineData("DESCRIBE", 307, " <rtsp://{0}/real> ")]
    [InlineData("OPTIONS", 302, "rtsp://{0}/real")]
    [InlineData("SETUP", 302, "rtsp://{0}/real")]
    [InlineData("PLAY", 302, "rtsp://{0}/real")]
    public async Task A_redirect_is_followed_wherever_it_comes(string method, int status, string location)
    {
        HabitCamera? self = null;
        await using var camera = new HabitCamera(clip)
        {
            Answer = request => request.Method == method && !request.Uri.Contains("/real", StringComparison.Ordinal)
                ? $"RTSP/1.0 {status} Moved\r\nLocation: {string.Format(System.Globalization.CultureInfo.InvariantCulture, location, $"127.0.0.1:{self!.Port}")}\r\n\r\n"
                : null,
        };
        self = camera;
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Fact]
    public async Task User_and_password_go_to_another_port_of_the_same_host()
    {
        await using var target = new HabitCamera(clip) { Answer = request => Challenge(request) };
        await using var gateway = new HabitCamera(clip) { Answer = request => Moved(request, target.Url) };
        await using var room = new CameraRoom();

        (await room.Pool.TestAsync(HabitCamera.SourceOf(gateway.Url, "admin", "secret"), Cancellation)).ShouldBe((null, null));
    }

    [Fact]
    public async Task User_and_password_never_go_to_another_host_and_its_address_is_told()
    {
        await using var target = new HabitCamera(clip, "127.0.0.2") { Answer = request => Challenge(request) };
        await using var gateway = new HabitCamera(
            clip)
        { Answer = request => Moved(request, target.Url.Replace("rtsp://", "rtsp://guest@", StringComparison.Ordinal)) };
        await using var unasked = new HabitCamera(clip) { Answer = request => Moved(request, target.Url) };
        await using var room = new CameraRoom();

        var (fault, detail) = await room.Pool.TestAsync(HabitCamera.SourceOf(unasked.Url, "admin", "secret"), Cancellation);

        (fault, detail).ShouldBe((CameraFaults.RedirectLogin, target.Url));
        target.Requests.ShouldNotContain(request => request.Contains("Authorization", StringComparison.OrdinalIgnoreCase));
        await room.Pool.TestAsync(HabitCamera.SourceOf(gateway.Url, "admin", "secret"), Cancellation);
        target.Requests.ShouldNotContain(request => request.Contains("admin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_host_that_asks_for_nothing_is_played()
    {
        await using var target = new HabitCamera(clip, "127.0.0.2");
        await using var gateway = new HabitCamera(clip) { Answer = request => Moved(request, target.Url) };
        await using var room = new CameraRoom();

        await room.PlayAsync(HabitCamera.SourceOf(gateway.Url, "admin", "secret"));

        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Theory]
    [InlineData(null, "302")]
    [InlineData("", "302")]
    [InlineData("http://user:secret@127.0.0.1/live", "302: http://127.0.0.1/live")]
    [InlineData("rtsp://", "302: rtsp://")]
    public async Task A_redirect_to_nowhere_is_told_as_such(string? location, string detail)
    {
        await using var camera = new HabitCamera(clip)
        {
            Answer = request => $"RTSP/1.0 302 Moved\r\n{(location is null ? "" : $"Location: {location}\r\n")}\r\n",
        };
        await using var room = new CameraRoom();

        (await room.Pool.TestAsync(camera.Source, Cancellation)).ShouldBe((CameraFaults.Redirect, detail));
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var camera = new HabitCamera(clip) { Answer = request => "RTSP/1.0 302 Moved\r\nLocation: /round\r\n\r\n" };
        await using var room = new CameraRoom();

        var (fault, detail) = await room.Pool.TestAsync(camera.Source, Cancellation);

        (fault, detail).ShouldBe((CameraFaults.RedirectLoop, $"rtsp://127.0.0.1:{camera.Port}/round"));
        camera.Requests.Count.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task What_fails_at_the_new_address_is_told_with_it()
    {
        await using var gateway = new HabitCamera(clip) { Answer = request => Moved(request, "rtsp://127.0.0.1:1/real") };
        await using var room = new CameraRoom();

        (await room.Pool.TestAsync(gateway.Source, Cancellation)).ShouldBe((CameraFaults.Refused, "→ rtsp://127.0.0.1:1/real"));
    }

    private static string? Moved(HabitRequest request, string location) =>
        request.Method == "OPTIONS" ? null : HabitCamera.Response("302 Moved", request, "Location: " + location);

    private static string? Challenge(HabitRequest request) =>
        request.Header("Authorization") is null ? HabitCamera.Response("401 Unauthorized", request, Realm) : null;
}
