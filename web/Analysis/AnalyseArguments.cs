using System.CommandLine;
using Xunke.Web.Configuration;

namespace Xunke.Web.Analysis;

/// <summary>What the command line of <c>xunke analyse</c> says.</summary>
internal sealed record AnalyseArguments
{
    private static readonly Argument<string> InputWord = Words.Given(
        "FILE-or-FOLDER", "课堂录像或照片 a lesson's video (MP4, MKV, WebM ...), a picture (JPEG, PNG ...) or a folder of pictures");

    private static readonly Option<string?> Out = Words.Text("--out", "DIR", "结果目录 where report.json and timeline.csv go (NAME-report)");

    private static readonly Option<string?> Camera = Words.Text(
        "--camera", "front|rear", "摄像头位置 front (default) or rear: figures of a rear camera are marked as deserving little trust")
        .AcceptOnlyFromAmong("front", "rear");

    private static readonly Option<int?> Roll = Words.Number(
        "--enrolled", "N", 1, 200, "应到人数 pupils on the roll, 1 to 200; without it what is usually seen stands in");

    private static readonly Option<string?> AreasFile = Words.Text(
        "--areas", "FILE", "座位区域 where pupils sit and the teacher moves: {\"pupils\": [[x, y], ...], \"front\": [[x, y], ...]}, 3 to 32 "
        + "corners each in shares of the picture; nobody outside the pupils' area is counted");

    private static readonly Option<bool> Draw = new("--overlay")
    {
        Description = "标注画面 also write what was seen, drawn over pixelated pictures",
    };

    private static readonly Option<double?> Interval = Words.Number(
        "--every", "SECONDS", 0.2, 60.0,
        "采样间隔 seconds between samples of a video, 0.2 to 60 (1 up to ten minutes, otherwise 2); "
        + "or seconds between a folder's pictures, which are then one lesson and not each for itself");

    private static readonly Option<int?> Workers =
        Words.Number("--threads", "N", 1, 64, "线程 estimators at work at once, 1 to 64 (one a core)");

    /// <summary>The file or folder.</summary>
    public required string Input { get; init; }

    /// <summary>Where the results go.</summary>
    public required string Output { get; init; }

    /// <summary>The camera is behind the class.</summary>
    public bool RearCamera { get; init; }

    /// <summary>Pupils on the roll; null where not given.</summary>
    public int? Enrolled { get; init; }

    /// <summary>File of the room's areas; null where not given.</summary>
    public string? Areas { get; init; }

    /// <summary>Draw what was seen.</summary>
    public bool Overlay { get; init; }

    /// <summary>Time between samples; null where not given.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Estimators at work at once.</summary>
    public required int Threads { get; init; }

    /// <summary>The command that takes them.</summary>
    public static Command Describe() => new("analyse", "分析课堂录像或照片 analyses a lesson's video or pictures (docs/analyse.md)")
    {
        InputWord, Out, Camera, Roll, AreasFile, Draw, Interval, Workers,
    };

    /// <summary>Reads what the command was told.</summary>
    public static AnalyseArguments Read(ParseResult words)
    {
        string input = words.GetRequiredValue(InputWord);
        return new AnalyseArguments
        {
            Input = input,
            Output = words.GetValue(Out) ?? DefaultOutput(input),
            RearCamera = words.GetValue(Camera) == "rear",
            Enrolled = words.GetValue(Roll),
            Areas = words.GetValue(AreasFile),
            Overlay = words.GetValue(Draw),
            Every = words.GetValue(Interval) is { } seconds ? TimeSpan.FromMilliseconds(Math.Round(seconds * 1000)) : null,
            Threads = words.GetValue(Workers) ?? Environment.ProcessorCount,
        };
    }

    private static string DefaultOutput(string input) =>
        Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(input))) + "-report";
}
