using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Descriptions as cameras should not write them, and what of them ffmpeg plays.</summary>
public sealed class CameraDescriptionTests(HabitClip clip) : IClassFixture<HabitClip>
{
    private const string Metadata = "m=application 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\na=control:track3\r\n";
    private const string Backchannel = "m=audio 0 RTP/AVP 0\r\nc=SM SM spk0\r\na=rtpmap:0 pcmu/8000\r\na=sendonly\r\na=control:track9\r\n";

    [Theory]
    [InlineData("no parameter sets")]
    [InlineData("broken parameter sets")]
    [InlineData("parameter sets of another size")]
    [InlineData("no fmtp")]
    [InlineData("parameter sets here alone")]
    [InlineData("the streams alone")]
    [InlineData("a bad port")]
    [InlineData("tracks of other kinds")]
    [InlineData("a name in GB18030")]
    [InlineData("a name with 0x85 in it")]
    [InlineData("lines end with LF")]
    [InlineData("a zero at the end")]
    [InlineData("blanks")]
    [InlineData("two formats")]
    [InlineData("a control of an unreachable host")]
    [InlineData("no control")]
    [InlineData("a session control")]
    [InlineData("sound that never comes")]
    [InlineData("sound without a rate")]
    public async Task An_odd_description_is_played(string way)
    {
        await using var camera = new HabitCamera(clip)
        {
            HasSound = way == "sound without a rate",
            Describe = sdp => Write(sdp, way),
            Drops = type => way == "parameter sets here alone" && type is 7 or 8,
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        room.Heard.ShouldNotContain(status => status!.Fault != null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("rtsp://192.168.77.77:554/live/")]
    [InlineData("RTSP://192.168.77.77/cam/realmonitor?channel=1&subtype=0")]
    [InlineData("live/")]
    [InlineData("*")]
    public async Task A_base_that_is_missing_or_wrong_is_no_hindrance(string? content)
    {
        await using var camera = new HabitCamera(clip)
        {
            Rewrite = answer =>
                string.Join("\r\n", answer.Split("\r\n").Select(line => !line.StartsWith("Content-Base: ", StringComparison.Ordinal) ? line
                : content is null ? "X-None: 1" : "Content-Base: " + content)),
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source);

        camera.Requests.Where(request => request.StartsWith("SETUP", StringComparison.Ordinal))
            .ShouldAllBe(request => request.StartsWith("SETUP rtsp://", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_camera_that_sends_on_other_channels_than_it_said_is_told_with_the_channel()
    {
        await using var camera = new HabitCamera(clip) { Wire = (_, frame) => [frame[0], 4, .. frame[2..]] };
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await room.FaultAsync(CameraFaults.Silent);
        room.Status!.Detail.ShouldBe("RTP/AVP/TCP;interleaved=4");
    }

    private string Write(string sdp, string way) => way switch
    {
        "no parameter sets" => sdp.Replace(";sprop-parameter-sets=" + clip.ParameterSets, "", StringComparison.Ordinal),
        "broken parameter sets" => sdp.Replace(clip.ParameterSets, "Z0IAH!!,aM4", StringComparison.Ordinal),
        "parameter sets of another size" => sdp.Replace(clip.ParameterSets, "Z0IAKeKQFAe2AtwEBAaQeJEV,aM48gA==", StringComparison.Ordinal),
        "no fmtp" => sdp.Replace("a=fmtp:", "a=x-none:", StringComparison.Ordinal),
        "the streams alone" => sdp[sdp.IndexOf("m=video", StringComparison.Ordinal)..],
        "a bad port" => sdp.Replace("m=video 0", "m=video -1353744643", StringComparison.Ordinal)
            .Replace("a=fmtp", "c=IN IP4 '&\u00FF\u00FE\r\na=fmtp", StringComparison.Ordinal),
        "tracks of other kinds" => sdp.Replace("m=video", Metadata + Backchannel + "m=video", StringComparison.Ordinal) + Metadata,
        "a name in GB18030" => sdp.Replace("s=Media Server", "s=\u00D1\u00B2\u00BF\u00CE", StringComparison.Ordinal),
        "a name with 0x85 in it" => sdp.Replace("s=Media Server", "s=\u00E5\u00BC\u0085m=\u00A0", StringComparison.Ordinal),
        "lines end with LF" => sdp.Replace("\r\n", "\n", StringComparison.Ordinal),
        "a zero at the end" => sdp + "\0m=nothing\0",
        "blanks" => sdp.Replace("a=rtpmap:96 ", " a=rtpmap: 96  ", StringComparison.Ordinal)
            .Replace("m=video 0", "m=video  0", StringComparison.Ordinal),
        "two formats" => sdp.Replace("RTP/AVP 96", "RTP/AVP 97 96", StringComparison.Ordinal)
            .Replace("a=control:track1", "a=rtpmap:97 H265/90000\r\na=control:track1", StringComparison.Ordinal),
        "a control of an unreachable host" =>
            sdp.Replace("a=control:track1", "a=control:rtsp://10.255.255.1:554/media/video1/video?mtu=1440", StringComparison.Ordinal),
        "no control" => sdp.Replace("a=control:track1\r\n", "", StringComparison.Ordinal),
        "a session control" => sdp.Replace("a=control:*", "a=control:rtsp://10.255.255.1/aggregate", StringComparison.Ordinal),
        "sound that never comes" => sdp + "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=control:track2\r\n",
        "sound without a rate" => sdp.Replace("a=rtpmap:8 PCMA/8000\r\n", "", StringComparison.Ordinal),
        _ => sdp,
    };
}
