using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Xunke.Streaming.Publishing;

/// <summary>Looks at a clip with <c>ffprobe</c>.</summary>
internal static class ClipProbe
{
    /// <summary>What libx264 is told to produce: constrained baseline, level 3.1.</summary>
    public const string EncodedProfileLevelId = "42e01f";

    // Far enough in to see B-frames and the distance of key frames, near enough to be quick.
    private const int PacketsExamined = 240;

    private const int MostAttempts = 3;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(60);

    // A viewer who comes between two key frames waits for the next: a copied stream cannot make one when asked.
    private static readonly TimeSpan LongestKeyFrameDistance = TimeSpan.FromSeconds(3);

    /// <summary>Describes the file.</summary>
    /// <exception cref="PublishException">The file cannot be read, holds no video, or the tool is missing.</exception>
    public static async Task<ClipDescription> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new PublishException(PublishFault.FileUnreadable, $"There is no file {file}.");
        }

        using var streams = await RunAsync(
            file, ["-show_entries", "format=duration:stream=codec_type,codec_name,profile,level,pix_fmt,channels,avg_frame_rate"], cancellationToken);
        var video = Find(streams, "video")
            ?? throw new PublishException(PublishFault.FileUnreadable, $"{file} holds no video.");
        var audio = Find(streams, "audio");
        var profileLevelId = ProfileLevelId(video);
        var copyVideo = profileLevelId is not null && await HasOnlyForwardFramesAsync(file, cancellationToken);
        return new ClipDescription(
            copyVideo,
            copyVideo ? profileLevelId! : EncodedProfileLevelId,
            FrameRate(Text(video, "avg_frame_rate")),
            audio is not null,
            audio is { } stream && Text(stream, "codec_name") == "opus" && Number(stream, "channels") is 1 or 2,
            Duration(streams));
    }

    private static JsonElement? Find(JsonDocument document, string type)
    {
        foreach (var stream in document.RootElement.GetProperty("streams").EnumerateArray())
        {
            if (Text(stream, "codec_type") == type)
            {
                return stream;
            }
        }

        return null;
    }

    /// <summary>The profile-level-id of a stream that browsers decode, otherwise null.</summary>
    private static string? ProfileLevelId(JsonElement video)
    {
        if (Text(video, "codec_name") != "h264" || Text(video, "pix_fmt") is not ("yuv420p" or "yuvj420p"))
        {
            return null;
        }

        var profile = Text(video, "profile") switch
        {
            "Constrained Baseline" => "42e0",
            "Baseline" => "4200",
            "Main" => "4d00",
            "High" => "6400",
            _ => null,
        };
        var level = Number(video, "level");
        return profile is null || level is < 9 or > 62 ? null : profile + level.ToString("x2", CultureInfo.InvariantCulture);
    }

    /// <summary>True when presentation order is decoding order and key frames come often.</summary>
    private static async Task<bool> HasOnlyForwardFramesAsync(string file, CancellationToken cancellationToken)
    {
        using var packets = await RunAsync(
            file,
            ["-select_streams", "v:0", "-read_intervals", $"%+#{PacketsExamined}", "-show_entries", "packet=pts_time,flags"],
            cancellationToken);
        var last = double.NegativeInfinity;
        double? keyFrame = null;
        foreach (var packet in packets.RootElement.GetProperty("packets").EnumerateArray())
        {
            if (!double.TryParse(Text(packet, "pts_time"), CultureInfo.InvariantCulture, out var time) || time <= last)
            {
                return false;
            }

            keyFrame = Text(packet, "flags").Contains('K') ? time : keyFrame;
            if (keyFrame is null || time - keyFrame > LongestKeyFrameDistance.TotalSeconds)
            {
                return false;
            }

            last = time;
        }

        return keyFrame is not null;
    }

    private static TimeSpan Duration(JsonDocument document) =>
        document.RootElement.TryGetProperty("format", out var format)
        && double.TryParse(Text(format, "duration"), CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;

    private static double FrameRate(string fraction)
    {
        const double fallback = 25;
        var parts = fraction.Split('/');
        return parts.Length == 2
            && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var numerator)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var denominator)
            && numerator / denominator is > 0 and <= 240 and var rate
                ? rate
                : fallback;
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : 0;

    /// <summary>Asks again where it was not the file's fault that there was no answer.</summary>
    private static async Task<JsonDocument> RunAsync(string file, string[] selection, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(file, selection, cancellationToken);
            }
            catch (PublishRetryException) when (attempt < MostAttempts)
            {
                await Task.Delay(BetweenAttempts, cancellationToken);
            }
            catch (PublishRetryException fault)
            {
                throw new PublishException(PublishFault.FileUnreadable, $"{file} cannot be read: {fault.Message}");
            }
        }
    }

    private static async Task<JsonDocument> RunOnceAsync(string file, string[] selection, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("ffprobe", ["-v", "error", "-of", "json", .. selection, "-i", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var probe = ChildProcess.Start(start);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestLook);
        try
        {
            var errors = probe.StandardError.ReadToEndAsync(limit.Token);
            var output = await probe.StandardOutput.ReadToEndAsync(limit.Token);
            await probe.WaitForExitAsync(limit.Token);
            return probe.ExitCode switch
            {
                0 => JsonDocument.Parse(output),
                >= FfmpegClip.Killed => throw new PublishRetryException("ffprobe was killed"),
                _ => throw new PublishException(PublishFault.FileUnreadable, $"{file} cannot be read: {(await errors).Trim()}"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PublishRetryException($"ffprobe gave no answer for {LongestLook.TotalSeconds:0} s");
        }
        finally
        {
            ChildProcess.Stop(probe);
        }
    }
}
