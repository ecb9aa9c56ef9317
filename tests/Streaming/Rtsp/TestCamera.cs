using System.Diagnostics;
using System.Globalization;
using Xunke.Streaming.Rtsp;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>A real RTSP camera on loopback: GStreamer's RTSP server in a process of its own.</summary>
internal sealed class TestCamera : IAsyncDisposable
{
    /// <summary>A small moving picture in the H.264 that most cameras send.</summary>
    public const string Video = Picture
        + "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 bitrate=300 ! rtph264pay name=pay0 pt=96 ";

    /// <summary>The sound of most cameras.</summary>
    public const string Aac = Sound + "audio/x-raw,rate=16000,channels=1 ! voaacenc ! rtpmp4gpay name=pay1 pt=97 ";

    /// <summary>The sound of older cameras.</summary>
    public const string Pcma = Sound + "audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay name=pay1 pt=8 ";

    /// <summary>Video that WebRTC viewers cannot take.</summary>
    public const string BFrames =
        Picture + "x264enc bframes=2 b-adapt=false speed-preset=ultrafast key-int-max=15 bitrate=300 ! video/x-h264,profile=main ! rtph264pay name=pay0 pt=96 ";

    /// <summary>Video that WebRTC viewers cannot take.</summary>
    public const string H265 = Picture
        + "x265enc speed-preset=ultrafast tune=zerolatency key-int-max=15 bitrate=300 ! rtph265pay name=pay0 pt=96 ";

    private const string Picture = "videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1 ! ";
    private const string Sound = "audiotestsrc is-live=true freq=440 ! audioconvert ! audioresample ! ";
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private TestCamera(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public CameraSource Source => SourceAt(Port);

    public static CameraSource SourceAt(int port, string? user = null, string? password = null, string path = "/live")
    {
        CameraAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"rtsp://127.0.0.1:{port}{path}"), out var address, out _)
            .ShouldBeTrue();
        return new CameraSource(address, user, password);
    }

    public static async Task<TestCamera> StartAsync(string streams, int port = 0, string? user = null, string? password = null)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "camera.py");
        string[] login = user is null ? [] : [user, password!];
        var process = Process.Start(new ProcessStartInfo(
            Python, [script, port.ToString(CultureInfo.InvariantCulture), $"( {streams})", .. login])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var bound)
            ? new TestCamera(process, bound)
            : throw new InvalidOperationException("GStreamer's RTSP server did not start; ./test installs it.");
    }

    /// <summary>Stops it in the middle of what it does, with its connections open.</summary>
    public void Freeze()
    {
        using var kill = Process.Start("kill", ["-STOP", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
