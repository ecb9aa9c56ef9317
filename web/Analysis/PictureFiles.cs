using System.Runtime.CompilerServices;
using Xunke.Analytics.Vision;
using Xunke.Streaming.Decoding;

namespace Xunke.Web.Analysis;

/// <summary>Pictures in files: JPEG and PNG.</summary>
internal static class PictureFiles
{
    private static readonly byte[][] Beginnings = [[0xff, 0xd8, 0xff], [0x89, (byte)'P', (byte)'N', (byte)'G']];

    private static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    /// <summary>Whether a file's name says that it is a picture.</summary>
    public static bool IsNamedPicture(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>A folder's pictures, by name.</summary>
    public static IReadOnlyList<string> Of(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(IsNamedPicture).Order(StringComparer.Ordinal)];

    /// <summary>Reads one picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="capturedAt">The time that it is said to be of.</param>
    /// <param name="box">What a larger one is fitted into, lying; a picture that stands is fitted into the standing box.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It is no picture, or a damaged one.</exception>
    public static async Task<RgbFrame> ReadAsync(string path, DateTimeOffset capturedAt, AnalysisSize box, CancellationToken cancellationToken)
    {
        await CheckBeginningAsync(path, cancellationToken);
        MediaFileDescription file = await MediaFileProbe.ReadAsync(path, cancellationToken);
        if (!file.HasPictures)
        {
            throw new InvalidDataException($"'{path}' holds no picture.");
        }

        var options = new VideoFileReaderOptions { Size = box.As(file.Width, file.Height) };
        await foreach (DecodedFrame frame in VideoFileReader.ReadAsync(path, options, cancellationToken))
        {
            return new RgbFrame(frame.Width, frame.Height, frame.TakePixels(), capturedAt);
        }

        throw new InvalidDataException($"'{path}': the picture cannot be decoded.");
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

    /// <summary>FFmpeg would take a text file for a picture made of letters.</summary>
    private static async Task CheckBeginningAsync(string path, CancellationToken cancellationToken)
    {
        var beginning = new byte[4];
        await using FileStream file = File.OpenRead(path);
        int read = await file.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        if (!Beginnings.Any(known => beginning.AsSpan(0, read).StartsWith(known)))
        {
            throw new InvalidDataException($"'{path}' is neither JPEG nor PNG.");
        }
    }
}
