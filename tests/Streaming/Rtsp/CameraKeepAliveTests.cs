using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Cameras whose session ends when nothing that they count comes for as long as they named.</summary>
public sealed class CameraKeepAliveTests(HabitClip clip) : IClassFixture<HabitClip>
{
    private const string WithoutParameter = "Public: OPTIONS, DESCRIBE, SETUP, TEARDOWN, PLAY, PAUSE";

    [Theory]
    [InlineData("counts OPTIONS alone and does not offer the other")]
    [InlineData("counts GET_PARAMETER alone")]
    [InlineData("501")]
    [InlineData("454")]
    [InlineData("never answers GET_PARAMETER")]
    [InlineData("names the timeout with blanks")]
    [InlineData("names the timeout in its answer to PLAY")]
    public async Task A_session_is_kept_alive_by_what_the_camera_counts(string way)
    {
        await using var camera = new HabitCamera(clip)
        {
            Timeout = 4,
            Counts = method => method is "DESCRIBE" or "SETUP" or "PLAY"
                || way.StartsWith("names", StringComparison.Ordinal)
                    || method == (way == "counts GET_PARAMETER alone" ? "GET_PARAMETER" : "OPTIONS"),
            Answer = request => request.Method switch
            {
                "OPTIONS" when way.StartsWith("counts OPTIONS", StringComparison.Ordinal) =>
                    HabitCamera.Response("200 OK", request, WithoutParameter),
                "GET_PARAMETER" when way == "never answers GET_PARAMETER" => "",
                "GET_PARAMETER" when way is "501" or "454" => HabitCamera.Response(way + " No", request),
                _ => null,
            },
            Rewrite = answer => way switch
            {
                "names the timeout with blanks" => answer.Replace(";timeout=4", " ; Timeout = 4", StringComparison.Ordinal),
                "names the timeout in its answer to PLAY" when answer.Contains("Range", StringComparison.Ordinal) =>
                    answer.Replace("Session: " + HabitCamera.SessionName, "Session: " + HabitCamera.SessionName + ";timeout=4",
                        StringComparison.Ordinal),
                "names the timeout in its answer to PLAY" => answer.Replace(";timeout=4", "", StringComparison.Ordinal),
                _ => answer,
            },
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source, pictures: 150);

        camera.Players.ShouldBe(1);
        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Fact]
    public async Task A_camera_that_closes_on_one_request_is_kept_alive_by_the_other_after_that()
    {
        await using var camera = new HabitCamera(clip) { Timeout = 2, Closes = request => request.Method == "GET_PARAMETER" };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source, pictures: 100);

        await Eventually.TrueAsync(() => camera.Players == 2);
        camera.Requests.Count(request => request.StartsWith("GET_PARAMETER", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_camera_that_answers_nothing_is_sent_reports()
    {
        await using var camera = new HabitCamera(clip)
        {
            Timeout = 4,
            Counts = method => method is "DESCRIBE" or "SETUP" or "PLAY" or "REPORT",
            Answer = request => request.Method is "GET_PARAMETER"
                || (request.Method == "OPTIONS" && request.Header("Session") is not null) ? "" : null,
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source, pictures: 200);

        camera.Players.ShouldBeLessThanOrEqualTo(2);
    }
}
