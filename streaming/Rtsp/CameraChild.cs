using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Xunke.Streaming.Decoding;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// The <c>ffmpeg</c> child of one camera: it unpacks the camera's stream, leaves the video as it is, makes the audio
/// Opus, and packs both for WebRTC. Its input and its outputs are connections to this process, so it ends with this
/// process however that ends.
/// </summary>
internal sealed class CameraChild : IAsyncDisposable
{
    // A viewer's packet carries SRTP, UDP and IP around this and must fit the paths of the internet.
    private const int PacketSize = 1200;

    private const int LongestComplaint = 300;
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    private readonly Process _process;
    private readonly Task _listening;
    private volatile string? _complaint;

    private CameraChild(Process process)
    {
        _process = process;
        _listening = ListenAsync(process.StandardError);
    }

    public int ProcessId => _process.Id;

    /// <summary>Its last words, or null.</summary>
    public string? Complaint => _complaint;

    /// <summary>Starts it.</summary>
    /// <param name="audio">Where it delivers the audio; null for none.</param>
    /// <param name="tellsPicture">Whether the description tells the size of the picture.</param>
    /// <param name="now">Stands for the beginning of both outputs' timestamps, which ties them to each other.</param>
    /// <exception cref="CameraException">FFmpeg is not installed.</exception>
    public static CameraChild Start(string input, string video, string? audio, bool tellsPicture, DateTimeOffset now)
    {
        string[] output =
        [
            "-start_time_realtime", (now.ToUnixTimeMilliseconds() * 1000).ToString(CultureInfo.InvariantCulture),
            "-f", "rtsp", "-rtsp_transport", "tcp", "-pkt_size", PacketSize.ToString(CultureInfo.InvariantCulture),
        ];
        string[] sound = audio is null
            ? []
            : ["-map", "0:a:0", "-c:a", "libopus", "-b:a", "48k", "-ar", "48000", "-ac", "1", "-frame_duration", "20", .. output, audio];
        var start = new ProcessStartInfo(
            "ffmpeg",
            [
                "-hide_banner", "-loglevel", "error", "-nostdin",

                // What it finds out in this time is what the session description has said already. Where that does not tell
                // the size of the picture, the next key frame does.
                "-analyzeduration", tellsPicture ? "500000" : "6000000", "-rtsp_transport", "tcp", "-i", input,

                // Cameras may tell the parameter sets in the session description alone; a decoder wants them before each key frame.
                "-map", "0:v:0", "-c:v", "copy", "-bsf:v", "dump_extra=freq=keyframe", .. output, video,
                .. sound,
            ])
        {
            RedirectStandardError = true,
        };
        try
        {
            return new CameraChild(Process.Start(start)!);
        }
        catch (Win32Exception missing) when (missing.NativeErrorCode == MediaTool.NoSuchFile)
        {
            throw new CameraException(CameraFaults.ToolMissing, null, missing);
        }
        catch (Win32Exception full)
        {
            throw new CameraException(CameraFaults.ToolFailed, full.Message, full);
        }
    }

    /// <summary>Waits for its end.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        MediaTool.Stop(_process);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await _listening.WaitAsync(LastWords).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    private async Task ListenAsync(StreamReader errors)
    {
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                _complaint = line.Length > LongestComplaint ? line[..LongestComplaint] : line;
            }
        }
    }
}
