using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Rtsp;
using Xunke.Tests.Streaming.Decoding;
using Xunke.Tests.Streaming.Sessions;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>From a real RTSP server through FFmpeg into a room.</summary>
public sealed class CameraPoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestCamera.Aac)]
    [InlineData(TestCamera.Pcma)]
    public async Task A_cameras_video_and_sound_reach_a_viewer_in_packets_that_fit_any_path(string sound)
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video + sound);
        await using var room = new CameraRoom();
        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);
        await room.LiveAsync();
        await using var viewer = new TestPeer();
        var answer = room.Media.View(CameraRoom.Id, viewer.Offer("recvonly"));
        await viewer.ConnectAsync(answer.Sdp, Cancellation);

        var (video, audio, longest) = (0, 0, 0);
        while (video < 60 || audio < 30)
        {
            var packet = await viewer.ReadRtpAsync(Cancellation);
            RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
            longest = Math.Max(longest, packet.Length);
            video += header.PayloadType == TestPeer.VideoType ? 1 : 0;
            audio += header.PayloadType == TestPeer.AudioType ? 1 : 0;
        }

        longest.ShouldBeLessThanOrEqualTo(1200);
        room.Media.Statistics(CameraRoom.Id)!.Publisher!.Media.ShouldBe(new MediaDescription(VideoCodec.H264, AudioCodec.Opus));
    }

    [Fact]
    public async Task A_viewer_who_comes_between_two_key_frames_starts_at_the_last_one_as_the_camera_cannot_be_asked_for_another()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video.Replace("key-int-max=15", "key-int-max=600", StringComparison.Ordinal));
        await using var room = new CameraRoom();
        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);
        await room.LiveAsync();
        var packets = room.Packets;
        await Eventually.TrueAsync(() => room.Packets > packets + 60, within: TimeSpan.FromSeconds(30));
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(room.Media.View(CameraRoom.Id, viewer.Offer("recvonly")).Sdp, Cancellation);

        var first = await viewer.ReadRtpAsync(Cancellation);

        RtpHeader.TryParse(first, out var header).ShouldBeTrue();
        KeyFrame.StartsIn(VideoCodec.H264, first.AsSpan(header.Length)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_cameras_pictures_are_decoded_like_any_others()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video);
        await using var room = new CameraRoom();
        await using var district = new TestDistrict(room.Media, new DecoderPoolOptions { Workers = 1 });
        district.Pool.Start();
        district.Pool.Watch(CameraRoom.Id);

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await TestDistrict.UntilAsync(() => district.Arrivals.Count >= 2, "pictures");
        district.Arrivals.ShouldAllBe(arrival => arrival.RoomId == CameraRoom.Id);
    }

    [Fact]
    public async Task A_camera_that_asks_for_user_and_password_gets_them_without_their_showing_in_the_list_of_processes()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video, user: "teacher", password: "pass \"word\"");
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, TestCamera.SourceAt(camera.Port, "teacher", "pass \"word\""));
        await room.LiveAsync();

        var command = await File.ReadAllTextAsync($"/proc/{room.Pool.ProcessId(CameraRoom.Id)}/cmdline", Cancellation);
        command.ShouldStartWith("ffmpeg");
        command.ShouldNotContain("teacher");
        command.ShouldNotContain("word");
    }

    [Theory]
    [InlineData("teacher", "wrong")]
    [InlineData(null, null)]
    public async Task A_wrong_or_missing_password_is_told_as_such(string? user, string? password)
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video, user: "teacher", password: "password");
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, TestCamera.SourceAt(camera.Port, user, password));

        await room.FaultAsync(CameraFaults.Unauthorized);
        room.Media.Statistics(CameraRoom.Id).ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_path_is_told_as_such()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video);
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, TestCamera.SourceAt(camera.Port, path: "/other"));

        await room.FaultAsync(CameraFaults.NoStream);
    }

    [Fact]
    public async Task Nothing_listening_is_told_as_such()
    {
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, TestCamera.SourceAt(FreePort()));

        await room.FaultAsync(CameraFaults.Refused);
    }

    [Fact]
    public async Task An_unknown_host_is_told_as_such()
    {
        await using var room = new CameraRoom();
        CameraAddress.TryParse("rtsp://camera.invalid/live", out var address, out _).ShouldBeTrue();

        var (fault, _) = await room.Pool.TestAsync(new CameraSource(address!), Cancellation);

        // A machine without any name server cannot tell an unknown name from a slow answer.
        fault.ShouldBeOneOf(CameraFaults.UnknownHost, CameraFaults.TimedOut);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", CameraFaults.NotRtsp)]
    [InlineData("RTSP/1.0 abc Strange\r\n\r\n", CameraFaults.NotRtsp)]
    [InlineData("RTSP/1.0 503 Service Unavailable\r\nCSeq: 1\r\n\r\n", CameraFaults.Rejected)]
    [InlineData("RTSP/1.0 302 Moved\r\nCSeq: 1\r\nLocation: rtsp://127.0.0.1:1/\r\n\r\n", CameraFaults.Refused)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", CameraFaults.NotRtsp)]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n", CameraFaults.NoVideo)]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 999999999\r\n\r\n", CameraFaults.NotRtsp)]
    [InlineData("RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 27\r\n\r\nv=0\r\nm=video 0 RTP/AVP 26\r\n", CameraFaults.UnsupportedCodec)]
    [InlineData("", CameraFaults.Lost)]
    public async Task Whatever_answers_instead_of_a_camera_is_told_as_such(string answer, string fault)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var room = new CameraRoom(CameraRoom.Quick with { Patience = TimeSpan.FromSeconds(2) });

        var test = room.Pool.TestAsync(TestCamera.SourceAt(((IPEndPoint)listener.LocalEndpoint).Port), Cancellation);
        var answering = AnswerAsync(listener, answer);

        (await test).Fault.ShouldBe(fault);
        listener.Stop();
        await answering;
    }

    // Says the same to whatever it is asked; nothing to say is to close.
    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Cancellation);
                var request = new byte[1024];
                while (await client.GetStream().ReadAsync(request, Cancellation) > 0 && answer.Length > 0)
                {
                    await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), Cancellation);
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    [Fact]
    public async Task A_camera_that_never_answers_is_told_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var room = new CameraRoom(CameraRoom.Quick with { Patience = TimeSpan.FromMilliseconds(300) });

        var (fault, _) = await room.Pool.TestAsync(TestCamera.SourceAt(((IPEndPoint)listener.LocalEndpoint).Port), Cancellation);

        fault.ShouldBe(CameraFaults.TimedOut);
    }

    [Fact]
    public async Task H265_is_refused_by_its_name()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.H265);
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await room.FaultAsync(CameraFaults.UnsupportedCodec);
        room.Status!.Detail.ShouldBe("H265");
    }

    [Fact]
    public async Task B_frames_are_refused_before_anybody_sees_the_room_live()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.BFrames);
        await using var room = new CameraRoom();

        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);

        await room.FaultAsync(CameraFaults.BFrames);
        room.Heard.ShouldNotContain(status => status!.State == CameraState.Live);
    }

    [Fact]
    public async Task A_camera_that_dies_is_found_again_when_it_comes_back()
    {
        var port = FreePort();
        await using var room = new CameraRoom();
        await using (await TestCamera.StartAsync(TestCamera.Video, port))
        {
            await room.Pool.SetAsync(CameraRoom.Id, TestCamera.SourceAt(port));
            await room.LiveAsync();
        }

        await Eventually.TrueAsync(() => room.Status!.Fault is CameraFaults.Lost or CameraFaults.Refused, within: TimeSpan.FromSeconds(20));
        await room.FaultAsync(CameraFaults.Refused);
        await using var again = await TestCamera.StartAsync(TestCamera.Video, port);

        await room.LiveAsync();
        room.Status!.Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_killed_ffmpeg_is_started_again_and_the_viewers_stream_goes_on()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video);
        await using var room = new CameraRoom();
        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);
        await room.LiveAsync();
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(room.Media.View(CameraRoom.Id, viewer.Offer("recvonly")).Sdp, Cancellation);
        RtpHeader.TryParse(await viewer.ReadRtpAsync(Cancellation), out var first).ShouldBeTrue();

        var child = room.Pool.ProcessId(CameraRoom.Id)!.Value;
        using (var process = Process.GetProcessById(child))
        {
            process.Kill();
        }

        await Eventually.TrueAsync(() => room.Pool.ProcessId(CameraRoom.Id) is { } next && next != child, within: TimeSpan.FromSeconds(20));
        await room.LiveAsync();
        for (var more = 0; more < 200; more++)
        {
            RtpHeader.TryParse(await viewer.ReadRtpAsync(Cancellation), out var header).ShouldBeTrue();
            header.Ssrc.ShouldBe(first.Ssrc);
        }
    }

    [Fact]
    public async Task Another_address_replaces_the_camera_and_none_leaves_no_process_behind()
    {
        await using var first = await TestCamera.StartAsync(TestCamera.Video);
        await using var second = await TestCamera.StartAsync(TestCamera.Video);
        await using var room = new CameraRoom();
        await room.Pool.SetAsync(CameraRoom.Id, first.Source);
        await room.LiveAsync();
        var before = room.Pool.ProcessId(CameraRoom.Id)!.Value;
        var session = room.Media.Statistics(CameraRoom.Id)!.Publisher!.SessionId;

        await room.Pool.SetAsync(CameraRoom.Id, second.Source);
        await room.LiveAsync();
        var after = room.Pool.ProcessId(CameraRoom.Id)!.Value;
        room.Media.Statistics(CameraRoom.Id)!.Publisher!.SessionId.ShouldNotBe(session);
        await room.Pool.SetAsync(CameraRoom.Id, null);

        room.Status.ShouldBeNull();
        room.Media.Statistics(CameraRoom.Id).ShouldBeNull();
        Directory.Exists($"/proc/{before}").ShouldBeFalse();
        Directory.Exists($"/proc/{after}").ShouldBeFalse();
    }

    [Fact]
    public async Task A_camera_that_hangs_is_told_as_such()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video);
        await using var room = new CameraRoom(CameraRoom.Quick with { Patience = TimeSpan.FromSeconds(3) });
        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);
        await room.LiveAsync();

        camera.Freeze();

        await room.FaultAsync(CameraFaults.TimedOut);
        room.Heard.ShouldContain(status => status!.Fault == CameraFaults.Silent);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
