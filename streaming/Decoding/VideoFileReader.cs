using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Xunke.Streaming.Decoding;

/// <summary>
/// Reads a video file into pictures of the analysis size at even intervals, through an <c>ffmpeg</c> child process.
/// For files and benchmarks; live rooms go through the decoder pool.
/// </summary>
public static class VideoFileReader
{
    private static readonly FramePool Pool = new();

    /// <summary>
    /// Yields one picture for each instant of the file's own clock that is a whole number of intervals after the
    /// start: the last frame shown at or before it. The caller disposes each picture.
    /// </summary>
    /// <param name="path">The file, in any format that the installed ffmpeg reads.</param>
    /// <param name="options">Interval, size and range; null for one picture a second of the whole file.</param>
    /// <param name="cancellationToken">Stops the reading and the child.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or ffmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">The file holds no video that can be decoded; the message is ffmpeg's.</exception>
    public static async IAsyncEnumerable<DecodedFrame> ReadAsync(
        string path, VideoFileReaderOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new VideoFileReaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Interval, TimeSpan.Zero, nameof(options));
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no video file '{path}'.", path);
        }

        var (sourceWidth, sourceHeight) = await ProbeSizeAsync(path, cancellationToken);
        var (width, height) = options.Size.Fit(sourceWidth, sourceHeight);
        using var ffmpeg = Start("ffmpeg", FfmpegArguments(path, options, width, height));
        var complaint = ffmpeg.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var length = width * height * 3;
            for (var index = 0; ; index++)
            {
                var pixels = Pool.Rent(length);
                int read;
                try
                {
                    read = await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(
                        pixels.Memory[..length], length, throwOnEndOfStream: false, cancellationToken);
                }
                catch
                {
                    pixels.Dispose();
                    throw;
                }

                if (read < length)
                {
                    pixels.Dispose();
                    break;
                }

                var place = options.StartAt + index * options.Interval;
                yield return new DecodedFrame(
                    options.RoomId, width, height, sourceWidth, sourceHeight, options.Origin + place, pixels);
            }

            await ffmpeg.WaitForExitAsync(cancellationToken);
            if (ffmpeg.ExitCode != 0)
            {
                throw new InvalidDataException($"ffmpeg could not read '{path}': {(await complaint).Trim()}");
            }
        }
        finally
        {
            if (!ffmpeg.HasExited)
            {
                ffmpeg.Kill();
            }
        }
    }

    private static IEnumerable<string> FfmpegArguments(string path, VideoFileReaderOptions options, int width, int height)
    {
        // round=up makes picture k the last frame at or before k intervals; "near" would show one up to half an interval later.
        var filter = string.Create(
            CultureInfo.InvariantCulture,
            $"fps=fps={TimeSpan.TicksPerSecond}/{options.Interval.Ticks}:start_time=0:round=up,scale={width}:{height}:flags=area");
        yield return "-nostdin";
        yield return "-v";
        yield return "error";
        yield return "-threads";
        yield return "1";
        yield return "-noautorotate";
        yield return "-ss";
        yield return Seconds(options.StartAt);
        if (options.Duration is { } duration)
        {
            yield return "-t";
            yield return Seconds(duration);
        }

        yield return "-i";
        yield return path;
        foreach (var argument in (string[])["-map", "0:v:0", "-vf", filter, "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"])
        {
            yield return argument;
        }
    }

    private static async Task<(int Width, int Height)> ProbeSizeAsync(string path, CancellationToken cancellationToken)
    {
        using var ffprobe = Start(
            "ffprobe", ["-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x", path]);
        var complaint = ffprobe.StandardError.ReadToEndAsync(cancellationToken);
        var answer = await ffprobe.StandardOutput.ReadToEndAsync(cancellationToken);
        await ffprobe.WaitForExitAsync(cancellationToken);
        var parts = answer.Trim().Split('x', '\n');
        if (parts.Length >= 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var width) && width > 0
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var height) && height > 0)
        {
            return (width, height);
        }

        var reason = (await complaint).Trim();
        throw new InvalidDataException($"'{path}' holds no video: {(reason.Length > 0 ? reason : "no video stream")}");
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new FileNotFoundException(
                $"The program '{program}' cannot be started ({cause.Message}). Install the Debian package ffmpeg.", program, cause);
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
}
