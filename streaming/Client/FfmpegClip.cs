using System.Diagnostics;
using System.Globalization;
using Xunke.Streaming.Decoding;
using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Client;

/// <summary>
/// A clip played at its own speed by an <c>ffmpeg</c> child that writes Matroska to a pipe.
/// </summary>
/// <remarks>
/// The child cannot outlive this process: it writes many times a second, and its first write after the pipe's other
/// end is gone fails and ends it, however this process ended. (A parent-death signal would not do: Linux sends it
/// when the thread that started the child ends.)
/// </remarks>
internal sealed class FfmpegClip : IDisposable
{
    /// <summary>An exit code from here on says that a signal ended the child.</summary>
    public const int Killed = 128;

    private const int LongestErrorKept = 500;

    private readonly Process _process;
    private readonly BufferedStream _output;
    private volatile string _lastError = "";

    private FfmpegClip(Process process)
    {
        _process = process;
        _output = new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024);
        Reader = new MatroskaReader(_output);
        process.ErrorDataReceived += (_, line) =>
        {
            if (!string.IsNullOrWhiteSpace(line.Data))
            {
                _lastError = line.Data.Length > LongestErrorKept ? line.Data[..LongestErrorKept] : line.Data;
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>The frames; reading blocks until the next is due.</summary>
    public MatroskaReader Reader { get; }

    /// <summary>The last line of complaint, or empty.</summary>
    public string LastError => _lastError;

    /// <summary>Plays from a position to the end.</summary>
    public static FfmpegClip PlayOnce(string file, ClipDescription clip, TimeSpan from) =>
        Start(file, clip, ["-ss", from.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)]);

    /// <summary>Plays over and over from the beginning.</summary>
    public static FfmpegClip PlayForever(string file, ClipDescription clip) => Start(file, clip, ["-stream_loop", "-1"]);

    /// <summary>How the child ended by itself: its exit code, 128 and more where it was killed. Waits for its end.</summary>
    public int ExitCode
    {
        get
        {
            _process.WaitForExit();
            return _process.ExitCode;
        }
    }

    /// <summary>Ends the child when nothing has come from it for long; what came is to be told to the watch.</summary>
    public ChildWatch Watch(TimeSpan patience) => new(_process, patience, static () => true);

    /// <summary>Ends the child; a read under way in another thread then sees the end of the stream.</summary>
    public void Stop() => ChildProcess.Stop(_process);

    public void Dispose()
    {
        Stop();
        _process.WaitForExit();
        _output.Dispose();
        _process.Dispose();
    }

    private static FfmpegClip Start(string file, ClipDescription clip, string[] position)
    {
        string[] video = clip.CopyVideo
            ? ["-c:v", "copy"]
            :
            [
                "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.1", "-pix_fmt", "yuv420p", "-preset", "veryfast",
                "-tune", "zerolatency", "-bf", "0", "-g",
                Math.Ceiling(clip.FrameRate).ToString(CultureInfo.InvariantCulture), "-threads", "2",
                "-vf", clip.Filter,
            ];
        string[] audio = clip.Audio is not { } sound
            ? []
            : ["-map", string.Create(CultureInfo.InvariantCulture, $"0:{sound}"),
                .. clip.CopyAudio ? (string[])["-c:a", "copy"] : ["-c:a", "libopus", "-b:a", "64k", "-ac", "2"]];
        var start = new ProcessStartInfo(
            "ffmpeg",
            [
                "-hide_banner", "-loglevel", "error", "-nostdin", "-re", .. position, .. MediaTool.Decoding, .. MediaTool.Input(file),
                "-map", string.Create(CultureInfo.InvariantCulture, $"0:{clip.Video}"), .. video, .. audio,

                // Each frame in a cluster of its own, written at once: Matroska otherwise holds back up to a second.
                "-cluster_time_limit", "0", "-flush_packets", "1", "-f", "matroska", "pipe:1",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new FfmpegClip(ChildProcess.Start(start));
    }
}
