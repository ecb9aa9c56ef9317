using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunke.Streaming;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Rtsp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Decoding;
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
        await using var camera =
            await TestCamera.StartAsync(TestCamera.Video.Replace("key-int-max=15", "key-int-max=600", StringComparison.Ordinal));
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
