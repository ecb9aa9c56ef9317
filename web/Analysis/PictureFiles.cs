using System.Runtime.CompilerServices;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Web.Analysis;

/// <summary>Pictures in files: JPEG, PNG, BMP, TIFF, WebP and the first of a GIF.</summary>
internal static class PictureFiles
{
    // What phones and browsers save and FFmpeg does not read: named, so that nobody misses them in the report.
    private static readonly string[] OtherEndings = [".heic", ".heif", ".avif", ".jxl", ".psd"];

    /// <summary>Whether a file's name says that it is a picture, of a known format or not. A GIF by itself is taken for a video.</summary>
    public static bool IsNamedPicture(string path) =>
        (StillPicture.IsNamed(path) && !Path.GetExtension(path).Equals(".gif", StringComparison.OrdinalIgnoreCase)) || IsNamedOther(path);

    /// <summary>A folder's pictures, by name; those of formats that cannot be read are among them.</summary>
    public static IReadOnlyList<string> Of(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(path => StillPicture.IsNamed(path) || IsNamedOther(path)).Order(StringComparer.Ordinal)];

    /// <summary>Reads one picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="capturedAt">The time that it is said to be of.</param>
    /// <param name="box">What a larger one is fitted into, lying; a picture that stands is fitted into the standing box.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It is no picture, or a damaged one.</exception>
    public static async Task<RgbFrame> ReadAsync(
        string path, DateTimeOffset capturedAt, AnalysisSize box, CancellationToken cancellationToken)
    {
        // FFmpeg would take a text file for a picture made of letters.
        if (StillPicture.ReaderOf(path) is null || !StillPicture.IsNamed(path))
        {
            throw new InvalidDataException($"'{path}': 不是 JPEG、PNG、BMP、TIFF 或 WebP 图片 neither JPEG nor PNG, BMP, TIFF or WebP.");
        }

        MediaFileDescription file = await MediaFileProbe.ReadAsync(path, cancellationToken);
        if (!file.HasPictures)
        {
            throw new InvalidDataException($"'{path}': 文件里没有画面 it holds no picture.");
        }

        var options = new VideoFileReaderOptions { Size = box.As(file.Width, file.Height) };
        await foreach (DecodedFrame frame in VideoFileReader.ReadAsync(path, options, cancellationToken))
        {
            return new RgbFrame(frame.Width, frame.Height, frame.TakePixels(), capturedAt);
        }

        throw new InvalidDataException($"'{path}': 图片无法解码 the picture cannot be decoded.");
    }

    /// <summary>Reads pictures of one lesson, taken at even intervals.</summary>
    public static async IAsyncEnumerable<RgbFrame> ReadAsync(
        IReadOnlyList<string> paths, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int i = 0; i < paths.Count; i++)
        {
            yield return await ReadAsync(paths[i], AnalysedLesson.Origin + i * interval, AnalysisSize.Default, cancellationToken);
        }
    }

    private static bool IsNamedOther(string path) => OtherEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
