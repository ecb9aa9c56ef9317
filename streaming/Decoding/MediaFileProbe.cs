using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Xunke.Streaming.Decoding;

/// <summary>Looks into media files with <c>ffprobe</c>.</summary>
public static class MediaFileProbe
{
    /// <summary>Describes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops the look and the child.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or FFmpeg is not installed.</exception>
    /// <exception cref="InvalidDataException">It is no media file; the message is ffprobe's.</exception>
    public static async Task<MediaFileDescription> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        using Process ffprobe = MediaTool.Start(
            "ffprobe",
            ["-v", "error", "-protocol_whitelist", "file", "-show_entries",
             "format=duration:stream=codec_type,width,height,channels,duration:stream_side_data=rotation", "-of", "json", MediaTool.Name(path)]);
        var complaint = ffprobe.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            string answer = await ffprobe.StandardOutput.ReadToEndAsync(cancellationToken);
            await ffprobe.WaitForExitAsync(cancellationToken);
            if (ffprobe.ExitCode != 0)
            {
                throw new InvalidDataException($"'{path}' cannot be read: {MediaTool.FirstLine(await complaint, path)}");
            }

            using JsonDocument described = JsonDocument.Parse(answer);
            return Describe(described.RootElement);
        }
        finally
        {
            MediaTool.Stop(ffprobe);
        }
    }

    private static MediaFileDescription Describe(JsonElement root)
    {
        int width = 0, height = 0, channels = 0;
        TimeSpan? duration = root.TryGetProperty("format", out JsonElement format) ? Duration(format) : null;
        if (root.TryGetProperty("streams", out JsonElement streams))
        {
            foreach (JsonElement stream in streams.EnumerateArray())
            {
                string? type = stream.TryGetProperty("codec_type", out JsonElement named) ? named.GetString() : null;
                if (type == "video" && width == 0)
                {
                    (width, height) = Size(stream);
                    duration ??= Duration(stream);
                }
                else if (type == "audio" && channels == 0)
                {
                    channels = Number(stream, "channels");
                    duration ??= Duration(stream);
                }
            }
        }

        return new MediaFileDescription(width, height, duration, channels);
    }

    private static (int Width, int Height) Size(JsonElement stream)
    {
        int width = Number(stream, "width"), height = Number(stream, "height");
        bool turned = stream.TryGetProperty("side_data_list", out JsonElement list)
            && list.EnumerateArray().Any(data => Math.Abs(Number(data, "rotation")) % 180 == 90);
        return turned ? (height, width) : (width, height);
    }

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.TryGetInt32(out int number) ? number : 0;

    private static TimeSpan? Duration(JsonElement element) =>
        element.TryGetProperty("duration", out JsonElement value)
        && double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out double seconds)
        && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
