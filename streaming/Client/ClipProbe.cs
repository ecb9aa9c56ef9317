using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunke.Streaming.Decoding;

namespace Xunke.Streaming.Client;

/// <summary>Looks at a clip with <c>ffprobe</c>.</summary>
internal static class ClipProbe
{
    /// <summary>What libx264 is told to produce: constrained baseline, level 3.1.</summary>
    public const string EncodedProfileLevelId = "42e01f";

    /// <summary>What level 3.1 has room for.</summary>
    private static readonly AnalysisSize Encoded = new(1280, 720);

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
        var shown = await AskAsync(file, limit => DescribeAsync(file, limit), cancellationToken).ConfigureAwait(false);
        var track = shown.Pictures ?? throw new PublishException(PublishFault.FileUnreadable, $"'{file}': 文件里没有画面 it holds no video.");
        using var streams = await RunAsync(
            file, ["-show_entries", "stream=index,codec_name,profile,level,pix_fmt,channels,avg_frame_rate"], cancellationToken)
                .ConfigureAwait(false);
        var video = Find(streams, track.Index);
        JsonElement? audio = shown.SoundTracks is [var sound, ..] ? Find(streams, sound.Index) : null;
        var profileLevelId = ProfileLevelId(video);
        var copyVideo = profileLevelId is not null && track.IsPlain
            && await HasOnlyForwardFramesAsync(file, track.Index, cancellationToken).ConfigureAwait(false);
        var (width, height) = Encoded.Fit(shown.Width, shown.Height);
        return new ClipDescription(
            copyVideo,
            copyVideo ? profileLevelId! : EncodedProfileLevelId,
            FrameRate(Text(video, "avg_frame_rate")),
            track.Index,
            shown.SoundTracks is [var first, ..] ? first.Index : null,
            ShownPicture.Deinterlace(track) + ShownPicture.Brightness(track) + ShownPicture.Scale(shown, Even(width), Even(height)),
            audio is { } stream && Text(stream, "codec_name") == "opus" && Number(stream, "channels") is 1 or 2,
            shown.Duration ?? TimeSpan.Zero);
    }

    // 4:2:0 has a colour for every two pixels of each direction.
    private static int Even(int length) => Math.Max(2, length / 2 * 2);

    private static async Task<MediaFileDescription> DescribeAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await MediaFileProbe.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException missing) when (missing.FileName is "ffmpeg" or "ffprobe")
        {
            throw new PublishException(PublishFault.ToolMissing, missing.Message);
        }
        catch (IOException killed) when (killed is not FileNotFoundException)
        {
            throw new PublishRetryException(killed.Message);
        }
        catch (Exception unreadable) when (unreadable is FileNotFoundException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new PublishException(PublishFault.FileUnreadable, unreadable.Message);
        }
    }

    private static JsonElement Find(JsonDocument document, int index) =>
        document.RootElement.GetProperty("streams").EnumerateArray().First(stream => Number(stream, "index") == index);

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
    private static async Task<bool> HasOnlyForwardFramesAsync(string file, int index, CancellationToken cancellationToken)
    {
        using var packets = await RunAsync(
            file,
            ["-select_streams", index.ToString(CultureInfo.InvariantCulture), "-read_intervals", $"%+#{PacketsExamined}",
                "-show_entries", "packet=pts_time,flags"],
            cancellationToken).ConfigureAwait(false);
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
    private static async Task<T> AskAsync<T>(string file, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestLook);
            string fault;
            try
            {
                return await ask(limit.Token).ConfigureAwait(false);
            }
            catch (PublishRetryException unanswered)
            {
                fault = unanswered.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                fault = $"ffprobe gave no answer for {LongestLook.TotalSeconds:0} s";
            }

            if (attempt == MostAttempts)
            {
                throw new PublishException(PublishFault.FileUnreadable, $"'{file}': 无法读取 cannot be read: {fault}");
            }

            await Task.Delay(BetweenAttempts, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<JsonDocument> RunAsync(string file, string[] selection, CancellationToken cancellationToken) =>
        AskAsync(file, limit => RunOnceAsync(file, selection, limit), cancellationToken);

    private static async Task<JsonDocument> RunOnceAsync(string file, string[] selection, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("ffprobe", ["-v", "error", "-of", "json", .. selection, .. MediaTool.Input(file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var probe = ChildProcess.Start(start);
        try
        {
            var errors = probe.StandardError.ReadToEndAsync(cancellationToken);
            var output = await probe.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            await probe.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return probe.ExitCode switch
            {
                0 => JsonDocument.Parse(output),
                >= FfmpegClip.Killed => throw new PublishRetryException("ffprobe was killed"),
                _ => throw new PublishException(
                    PublishFault.FileUnreadable, $"'{file}': {MediaComplaint.Explain(await errors.ConfigureAwait(false), file)}"),
            };
        }
        finally
        {
            ChildProcess.Stop(probe);
        }
    }
}
