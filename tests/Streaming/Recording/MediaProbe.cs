using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunke.Streaming;
using Xunke.Streaming.Recording.Matroska;
using Xunke.Tests.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Recording;

/// <summary>What FFmpeg, which did not write them, says of recorded files.</summary>
internal static class MediaProbe
{
    /// <summary>Times of all packets of one kind in seconds, in the order of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind"><c>v</c> or <c>a</c>.</param>
    public static async Task<IReadOnlyList<double>> TimesAsync(string path, char kind)
    {
        var json = await RunAsync("ffprobe", $"-v error -select_streams {kind} -show_entries packet=pts_time -of json", path);
        return [.. JsonSerializer.Deserialize<JsonElement>(json).GetProperty("packets").EnumerateArray()
            .Select(packet => double.Parse(packet.GetProperty("pts_time").GetString()!, CultureInfo.InvariantCulture))];
    }

    /// <summary>Length that the file says it has, in seconds; 0 when it does not say.</summary>
    public static async Task<double> LengthAsync(string path)
    {
        var text = await RunAsync("ffprobe", "-v error -show_entries format=duration -of csv=p=0", path);
        return double.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var length) ? length : 0;
    }

    /// <summary>Decodes everything; anything that the decoder has to say is a failure.</summary>
    public static async Task ShouldDecodeAsync(string path)
    {
        using var ffmpeg = Start("ffmpeg", ["-nostdin", "-v", "warning", "-err_detect", "explode", "-i", path, "-f", "null", "-"]);
        var output = ffmpeg.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await ffmpeg.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        await output;
        await ffmpeg.WaitForExitAsync(TestContext.Current.CancellationToken);
        ffmpeg.ExitCode.ShouldBe(0);
    }

    /// <summary>A hash of every decoded picture.</summary>
    public static async Task<IReadOnlyList<string>> PicturesAsync(string path)
    {
        var text = await RunAsync("ffmpeg", "-nostdin -v error", "-i", path, "-map", "0:v", "-f", "framemd5", "-");
        return [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];
    }

    /// <summary>Real Opus packets of 20 ms: a tone.</summary>
    public static async Task<IReadOnlyList<byte[]>> OpusAsync(TestClips clips, int seconds)
    {
        var path = await clips.MakeAsync(
            $"{Guid.NewGuid():N}.mkv",
            $"-f lavfi -i color=black:s=64x64:r=5:d={seconds} -f lavfi -i sine=frequency=440:duration={seconds} -c:v libx264 -c:a libopus -frame_duration 20");
        return await OpusPacketsAsync(path);
    }

    /// <summary>The Opus packets of a Matroska file.</summary>
    public static async Task<IReadOnlyList<byte[]>> OpusPacketsAsync(string path)
    {
        var packets = new List<byte[]>();
        await using var file = File.OpenRead(path);
        var reader = new MatroskaReader(file);
        while (reader.TryRead(out var frame))
        {
            if (frame.Kind == MediaKind.Audio)
            {
                packets.Add(frame.Data.ToArray());
            }
        }

        return packets;
    }

    public static async Task<string> RunAsync(string program, string words, params string[] more)
    {
        using var process = Start(program, [.. words.Split(' '), .. more]);
        var complaint = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await complaint);
        return output;
    }

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
