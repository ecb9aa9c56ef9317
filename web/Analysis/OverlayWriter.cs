using System.Diagnostics;
using System.Globalization;

namespace Xunke.Web.Analysis;

/// <summary>Writes annotated pictures as a video, or one as a picture, through an <c>ffmpeg</c> child process.</summary>
internal sealed class OverlayWriter : IAsyncDisposable
{
    private readonly string _target;
    private readonly string[] _encoding;
    private readonly TimeSpan _interval;
    private Process? _ffmpeg;
    private Task<string>? _complaint;
    private (int Width, int Height) _size;

    private OverlayWriter(string target, TimeSpan interval, params string[] encoding)
    {
        _target = target;
        _interval = interval;
        _encoding = encoding;
    }

    /// <summary>An H.264 video in which each picture stays for an interval.</summary>
    public static OverlayWriter Video(string target, TimeSpan interval) => new(
        target, interval,
        "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2,format=yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-threads", "1");

    /// <summary>One picture.</summary>
    public static OverlayWriter Picture(string target) => new(target, TimeSpan.FromSeconds(1), "-frames:v", "1", "-update", "1");

    /// <summary>Adds a picture. Pictures of another size than the first are left out.</summary>
    /// <param name="pixels">8-bit RGB, rows packed.</param>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="IOException">The file cannot be written; the message is ffmpeg's.</exception>
    public async Task WriteAsync(byte[] pixels, int width, int height, CancellationToken cancellationToken)
    {
        if (_ffmpeg is null)
        {
            _size = (width, height);
            _ffmpeg = Start(width, height);
            _complaint = _ffmpeg.StandardError.ReadToEndAsync(cancellationToken);
        }

        if (_size == (width, height))
        {
            try
            {
                await _ffmpeg.StandardInput.BaseStream.WriteAsync(pixels, cancellationToken);
            }
            catch (IOException)
            {
                // It has gone, and its complaint says more than a broken pipe does.
                await FinishAsync(cancellationToken);
                throw;
            }
        }
    }

    /// <summary>Ends the file.</summary>
    /// <exception cref="IOException">It could not be written; the message is ffmpeg's.</exception>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_ffmpeg is not { } ffmpeg)
        {
            return;
        }

        _ffmpeg = null;
        using (ffmpeg)
        {
            await ffmpeg.StandardInput.DisposeAsync();
            await ffmpeg.WaitForExitAsync(cancellationToken);
            if (ffmpeg.ExitCode != 0)
            {
                throw new IOException($"'{_target}' cannot be written: {(await _complaint!).Trim()}");
            }
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (_ffmpeg is { } left)
        {
            left.Kill();
            left.Dispose();
            _ffmpeg = null;
        }

        return ValueTask.CompletedTask;
    }

    private Process Start(int width, int height)
    {
        string rate = string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.TicksPerSecond}/{_interval.Ticks}");
        string size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        string[] arguments =
        [
            "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", size, "-framerate", rate, "-i", "pipe:0",
            .. _encoding, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "file:" + Path.GetFullPath(_target),
        ];
        try
        {
            return Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new IOException($"ffmpeg cannot be started: {cause.Message}", cause);
        }
    }
}
