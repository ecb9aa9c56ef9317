using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunke.Streaming;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Rtsp;
using Xunke.Tests.Streaming.Publishing;
using Xunke.Tests.Streaming.Sessions;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>From a real RTSP server through FFmpeg into a room.</summary>
public sealed class CameraPoolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cameras_video_and_sound_reach_a_viewer_in_packets_that_fit_any_path()
    {
        await using var camera = await TestCamera.StartAsync(TestCamera.Video + TestCamera.Aac);
        await using var room = new CameraRoom();
        await room.Pool.SetAsync(CameraRoom.Id, camera.Source);
        await room.LiveAsync();
        await using var viewer = new TestPeer();
        var answer = room.Media.View(CameraRoom.Id, viewer.Offer("recvonly"));
        await viewer.ConnectAsync(answer.Sdp, Cancellation);

        var (video, audio, longest) = (0, 0, 0);
        while (video < 100 || audio < 50)
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
}
