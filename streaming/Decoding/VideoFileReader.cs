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
    /// <exception cref="FileNotFoundException">There is no such file, or ffmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">The file holds no video that can be decoded; the message is ffmpeg's.</exception>
    public static async IAsyncEnumerable<DecodedFrame> ReadAsync(
        string path, VideoFileReaderOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new VideoFileReaderOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Interval, TimeSpan.Zero, nameof(options));
        var file = await MediaFileProbe.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (file.Pictures is not { } track)
        {
            throw new InvalidDataException($"'{path}': 文件里没有画面 it holds no pictures.");
        }

        var (width, height) = options.Size.Fit(file.Width, file.Height);
        using var ffmpeg = MediaTool.Start("ffmpeg", FfmpegArguments(path, options, track, Filter(file, track, options, width, height)));
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
                        pixels.Memory[..length], length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
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
                    options.RoomId, width, height, file.Width, file.Height, options.Origin + place, pixels);
            }

            await ffmpeg.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            if (ffmpeg.ExitCode != 0)
            {
                throw new InvalidDataException($"'{path}': {MediaComplaint.Explain(await complaint.ConfigureAwait(false), path)}");
            }
        }
        finally
        {
            MediaTool.Stop(ffmpeg);
        }
    }

    private static IEnumerable<string> FfmpegArguments(string path, VideoFileReaderOptions options, PictureTrack track, string filter)
    {
        foreach (var argument in (string[])["-nostdin", "-v", "error", "-threads", "1", .. MediaTool.Decoding])
        {
            yield return argument;
        }

        if (!track.IsTurned && !track.IsInterlaced)
        {
            // Where size or shape change on the way, new filters would begin at time 0 again. Those that turn and deinterlace need new
            // ones.
            yield return "-reinit_filter";
            yield return "0";
        }

        if (options.SkipUnreferenced)
        {
            yield return "-skip_frame";
            yield return "noref";
        }

        // FFmpeg finds nothing in a JPEG file when told to start at its start.
        if (options.StartAt > TimeSpan.Zero)
        {
            yield return "-ss";
            yield return Seconds(options.StartAt);
        }

        if (options.Duration is { } duration)
        {
            yield return "-t";
            yield return Seconds(duration);
        }

        var map = string.Create(CultureInfo.InvariantCulture, $"0:{track.Index}");
        foreach (var argument in (string[])[.. MediaTool.Input(path), "-map", map, "-vf", filter, "-f", "rawvideo",
            "-pix_fmt", "rgb24", "pipe:1"])
        {
            yield return argument;
        }
    }

    private static string Filter(MediaFileDescription file, PictureTrack track, VideoFileReaderOptions options, int width, int height)
    {
        // round=up makes picture k the last frame at or before k intervals; "near" would show one up to half an interval later.
        var sample = string.Create(
            CultureInfo.InvariantCulture, $"fps=fps={TimeSpan.TicksPerSecond}/{options.Interval.Ticks}:start_time=0:round=up,");
        return ShownPicture.Deinterlace(track) + sample + ShownPicture.Brightness(track) + ShownPicture.Scale(file, width, height);
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
}
