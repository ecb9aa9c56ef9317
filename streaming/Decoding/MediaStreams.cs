using System.Globalization;
using System.Text.Json;

namespace Xunke.Streaming.Decoding;

/// <summary>A video stream that may be a lesson.</summary>
/// <param name="Json">What ffprobe says of it.</param>
/// <param name="Index">Its number among the file's streams.</param>
/// <param name="Width">Stored width in pixels.</param>
/// <param name="Height">Stored height in pixels.</param>
internal sealed record VideoStream(JsonElement Json, int Index, int Width, int Height)
{
    /// <summary>It is shown turned or mirrored.</summary>
    public bool IsTurned => Json.TryGetProperty("side_data_list", out var list)
        && list.EnumerateArray().Any(data => data.TryGetProperty("displaymatrix", out _));

    /// <summary>Its brightness is coded as in HDR10.</summary>
    public bool IsPerceptual => MediaStreams.Text(Json, "color_transfer") == "smpte2084";

    /// <summary>Decoding would take more memory than a file may.</summary>
    public bool IsTooLarge => (long)Width * Height > MediaTool.MostPixels;
}

/// <summary>The streams of a file as ffprobe tells them.</summary>
/// <param name="Format">The container's name in FFmpeg.</param>
/// <param name="Videos">What may be the lesson, the best choice first.</param>
/// <param name="Sounds">The sound, the best choice first.</param>
internal sealed record MediaStreams(string Format, IReadOnlyList<VideoStream> Videos, IReadOnlyList<SoundTrack> Sounds)
{
    private JsonElement? Container { get; init; }

    /// <summary>What ffprobe says of the first sound stream; null without one.</summary>
    public JsonElement? FirstSound { get; private init; }

    /// <summary>Reads ffprobe's answer.</summary>
    public static MediaStreams Parse(JsonElement root)
    {
        JsonElement[] all = root.TryGetProperty("streams", out var streams) ? [.. streams.EnumerateArray()] : [];
        JsonElement[] sounds =
        [
            .. all.Where(stream => Text(stream, "codec_type") == "audio" && Number(stream, "channels") > 0)
                .OrderBy(stream => Is(stream, "visual_impaired") || Is(stream, "comment"))
                    .ThenByDescending(stream => Is(stream, "default")),
        ];
        return new MediaStreams(
            root.TryGetProperty("format", out var format) ? Text(format, "format_name") : string.Empty,
            [
                .. all.Where(stream => Text(stream, "codec_type") == "video" && !IsCover(stream))
                    .Select(stream => new VideoStream(stream, Number(stream, "index"), Number(stream, "width"), Number(stream, "height")))
                    // A one-picture track beside others is an unmarked thumbnail.
                    .OrderBy(video => Text(video.Json, "nb_frames") == "1").ThenByDescending(video => Is(video.Json, "default"))
                    .ThenByDescending(video => (long)video.Width * video.Height),
            ],
            [.. sounds.Select(sound => new SoundTrack(Number(sound, "index"), Number(sound, "channels")))])
        {
            Container = root.TryGetProperty("format", out var container) ? container : null,
            FirstSound = sounds.Length > 0 ? sounds[0] : null,
        };
    }

    /// <summary>How long a file lasts by the end of one of its streams, or by its own word.</summary>
    public TimeSpan? DurationOf(JsonElement? stream)
    {
        var begin = Container is { } container ? Seconds(container, "start_time") : null;
        var length = stream is { } known ? Seconds(known, "duration") ?? Tagged(known) : null;
        var late = stream is { } placed && begin is not null ? Seconds(placed, "start_time") - begin : null;
        var whole = length + Math.Max(0, late ?? 0) ?? (Container is { } all ? Seconds(all, "duration") : null);
        return whole is > 0 and < 1e9 ? TimeSpan.FromSeconds(whole.Value) : null;
    }

    /// <summary>A text, or an empty one.</summary>
    public static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static bool IsCover(JsonElement stream) =>
        Is(stream, "attached_pic") || Is(stream, "timed_thumbnails") || Is(stream, "metadata") || Is(stream, "dependent");

    private static bool Is(JsonElement stream, string disposition) =>
        stream.TryGetProperty("disposition", out var all) && Number(all, disposition) == 1;

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static double? Seconds(JsonElement element, string name) =>
        double.TryParse(Text(element, name), CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    // Matroska: "00:00:04.000000000".
    private static double? Tagged(JsonElement stream) =>
        stream.TryGetProperty("tags", out var tags) && Text(tags, "DURATION").Split(':') is [var hours, var minutes, var seconds]
        && int.TryParse(hours, CultureInfo.InvariantCulture, out var h) && int.TryParse(minutes, CultureInfo.InvariantCulture, out var m)
        && double.TryParse(seconds, CultureInfo.InvariantCulture, out var s)
            ? h * 3600.0 + m * 60.0 + s
            : null;
}
