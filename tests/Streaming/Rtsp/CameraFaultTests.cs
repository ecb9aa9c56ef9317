using System.Net;
using System.Net.Sockets;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Why a camera cannot be shown is told by its true cause.</summary>
public sealed class CameraFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

        await room.Pool.SetAsync(CameraRoom.Id, TestCamera.SourceAt(1));

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
}
