using Xunke.Streaming.Rtsp;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Cameras that speak RTSP otherwise than the standard says, and that ffmpeg plays all the same.</summary>
public sealed class CameraDialogueTests(HabitClip clip) : IClassFixture<HabitClip>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("CSeq: ", null)]
    [InlineData("CSeq: ", "CSeq: 0")]
    [InlineData("CSeq: ", "CSeq:0")]
    [InlineData("CSeq: ", "CSeq: 1")]
    [InlineData("CSeq: ", "cseq : 99999999999")]
    [InlineData("CSeq: ", "CSeq: 7\r\nCSeq: 8")]
    [InlineData("CSeq: ", "CSeq: seven")]
    public async Task Answers_whose_number_is_missing_or_wrong_are_taken_in_their_order(string header, string? instead)
    {
        await using var camera = new HabitCamera(clip) { Timeout = 3, Rewrite = answer => ReplaceLine(answer, header, instead) };
        await using var room = new CameraRoom();

        (await room.Pool.TestAsync(camera.Source, Cancellation)).ShouldBe((null, null));
        await room.PlayAsync(camera.Source, pictures: 70);

        camera.Players.ShouldBe(1);
    }

    [Theory]
    [InlineData("lower case")]
    [InlineData("lines end with LF")]
    [InlineData("no reason")]
    [InlineData("blanks")]
    [InlineData("folded")]
    [InlineData("blank continuation")]
    [InlineData("no length")]
    [InlineData("length 0")]
    [InlineData("length -1")]
    [InlineData("100 Continue")]
    [InlineData("empty lines")]
    [InlineData("garbage before")]
    public async Task Heads_that_are_written_in_odd_ways_are_read(string way)
    {
        await using var camera = new HabitCamera(clip) { HasSound = true, Rewrite = answer => Write(answer, way) };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Fact]
    public async Task A_camera_that_asks_for_something_while_it_plays_gets_an_answer()
    {
        var asked = new[] { "OPTIONS", "ANNOUNCE", "SET_PARAMETER", "GET_PARAMETER", "REDIRECT" };
        await using var camera = new HabitCamera(clip)
        {
            Wire = (packet, frame) => packet % 20 == 19 && packet / 20 < asked.Length
                ? [.. System.Text.Encoding.ASCII.GetBytes(
                    $"{asked[packet / 20]} rtsp://127.0.0.1/live RTSP/1.0\r\nCSeq: {packet}\r\nSession: {HabitCamera.SessionName}\r\n\r\n"),
                    .. frame]
                : frame,
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        await Eventually.TrueAsync(
            () => camera.Requests.Count(answer => answer.StartsWith("RTSP/1.0 ", StringComparison.Ordinal)) == asked.Length);
        var answers = camera.Requests.Where(answer => answer.StartsWith("RTSP/1.0 ", StringComparison.Ordinal)).ToList();
        answers.Take(4).ShouldAllBe(answer => answer.StartsWith("RTSP/1.0 200 OK", StringComparison.Ordinal));
        answers[0].ShouldContain("Public: ");
        answers[0].ShouldContain("CSeq: 19");
        answers[4].ShouldStartWith("RTSP/1.0 501 ");
        camera.Players.ShouldBe(1);
    }

    [Theory]
    [InlineData("OPTIONS", "closes")]
    [InlineData("OPTIONS", "silent")]
    [InlineData("OPTIONS", "405 Method Not Allowed")]
    [InlineData("OPTIONS", "501 Not Implemented")]
    public async Task A_camera_that_takes_offence_at_options_is_played_without_it(string method, string way)
    {
        await using var camera = new HabitCamera(clip)
        {
            Closes = request => request.Method == method && way == "closes",
            Answer = request => request.Method != method ? null : way == "silent" ? "" : HabitCamera.Response(way, request),
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Theory]
    [InlineData("interleaved=8-9", "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=2A27A3FB;mode=\"PLAY\"")]
    [InlineData("no channels", "RTP/AVP/TCP;unicast")]
    [InlineData("no protocol", "RTP/AVP;unicast;interleaved=0-1")]
    [InlineData("one channel", "RTP/AVP/TCP;interleaved=0")]
    [InlineData("none", null)]
    public async Task Channels_are_those_that_the_camera_names_or_else_those_asked_for(string way, string? transport)
    {
        var moved = way == "interleaved=8-9";
        await using var camera = new HabitCamera(clip)
        {
            Rewrite = answer => !answer.Contains("Transport: ", StringComparison.Ordinal) ? answer
                : ReplaceLine(answer, "Transport: ", transport is null ? null : "Transport: "
                    + (moved ? transport.Replace("0-1", "8-9", StringComparison.Ordinal) : transport)),
            Wire = (_, frame) => moved ? [frame[0], 8, .. frame[2..]] : frame,
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Fact]
    public async Task A_camera_that_would_send_over_udp_is_told_as_refusing()
    {
        await using var camera = new HabitCamera(clip)
        {
            Rewrite = answer => answer.Contains("Transport: ", StringComparison.Ordinal)
                ? ReplaceLine(answer, "Transport: ", "Transport: RTP/AVP/UDP;unicast;client_port=0-1;server_port=8000-8001")
                : answer,
        };
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await room.FaultAsync(CameraFaults.Rejected);
        room.Status!.Detail!.ShouldStartWith("RTP/AVP/UDP");
    }

    private static string Write(string answer, string way) => way switch
    {
        "lower case" => string.Join("\r\n", answer.Split("\r\n")
            .Select(line => line.StartsWith("v=", StringComparison.Ordinal) || !line.Contains(": ", StringComparison.Ordinal)
            ? line : line.Split(": ")[0].ToLowerInvariant() + ":" + line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..])),
        "lines end with LF" => Head(answer).Replace("\r\n", "\n", StringComparison.Ordinal) + Body(answer),
        "no reason" => answer.Replace("RTSP/1.0 200 OK", "RTSP/1.0 200", StringComparison.Ordinal),
        "blanks" => answer.Replace("RTSP/1.0 200 OK", "RTSP/1.0   200\tOK ", StringComparison.Ordinal)
            .Replace(": ", " :   ", StringComparison.Ordinal),
        "folded" => answer.Replace("Transport: RTP/AVP/TCP;", "Transport: RTP/AVP/TCP;\r\n ", StringComparison.Ordinal),
        "blank continuation" => Head(answer)[..^2] + " \r\n\r\n" + Body(answer),
        "no length" => answer,
        "length 0" when !answer.Contains("Content-Length", StringComparison.Ordinal) => Head(answer)[..^2] + "Content-Length: 0\r\n\r\n",
        "length -1" when !answer.Contains("Content-Length", StringComparison.Ordinal) => Head(answer)[..^2] + "Content-Length: -1\r\n\r\n",
        "100 Continue" => "RTSP/1.0 100 Continue\r\n\r\n" + answer,
        "empty lines" => "\r\n\r\n\n" + answer + "\r\n",
        "garbage before" => "\u0001xyz " + answer,
        _ => answer,
    };

    private static string Head(string answer) => answer[..(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)];

    private static string Body(string answer) => answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    private static string ReplaceLine(string answer, string beginning, string? instead) =>
        string.Join("\r\n", answer.Split("\r\n")
            .Select(line => line.StartsWith(beginning, StringComparison.Ordinal) ? instead : line).Where(line => line is not null));
}
