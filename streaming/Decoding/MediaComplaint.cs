using System.Text.RegularExpressions;

namespace Xunke.Streaming.Decoding;

/// <summary>What FFmpeg says of a file that it cannot read, for people, in Chinese and English.</summary>
internal static partial class MediaComplaint
{
    /// <summary>Says in a sentence what a complaint means.</summary>
    public static string Explain(string complaint, string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            return "文件是空的 the file is empty.";
        }

        var line = FirstLine(complaint, path);
        return line switch
        {
            _ when complaint.Contains("moov atom not found", StringComparison.Ordinal) =>
                "文件不完整，缺少索引 (moov)，可能没有录完或没有拷完 the file is not complete: its index (moov) is missing.",
            _ when complaint.Contains("exceeds specified max pixel count", StringComparison.Ordinal) => "画面太大 its pictures are too large.",
            _ when complaint.Contains("Invalid data found", StringComparison.Ordinal)
                || line.StartsWith("End of file", StringComparison.Ordinal) =>
                "不是能认出的音视频文件，或已损坏 it is no known kind of video or sound, or damaged.",
            _ when line.Contains("Permission denied", StringComparison.Ordinal) => "没有权限读取 it may not be read (permission denied).",
            _ => $"FFmpeg: {line}",
        };
    }

    /// <summary>Why a kind of file is no recording; null where it may be one.</summary>
    /// <param name="format">FFmpeg's name of it.</param>
    public static string? OfFormat(string format) => format switch
    {
        "hls" or "concat" or "dash" or "sdp" or "rtsp" or "imf" => "这是播放列表，不是录像 it is a list of other files and no recording.",
        "tty" or "ffmetadata" or "srt" or "ass" or "webvtt" or "lrc" => "这是文字，不是录像 it is text and no recording.",
        _ => null,
    };

    /// <summary>The first line of a complaint, without the file's name and FFmpeg's addresses in memory.</summary>
    public static string FirstLine(string complaint, string path)
    {
        var line = complaint.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault() ?? "no reason given";
        var prefix = MediaTool.Name(path) + ": ";
        line = line.StartsWith(prefix, StringComparison.Ordinal) ? line[prefix.Length..] : line;
        return Part().Replace(line, string.Empty);
    }

    // "[mov,mp4,m4a @ 0x55c3b3] " before the words.
    [GeneratedRegex(@"^(\[[^\]]* @ 0x[0-9a-f]+\] )+", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
