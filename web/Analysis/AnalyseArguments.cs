using System.Globalization;

namespace Xunke.Web.Analysis;

/// <summary>What the command line of <c>xunke analyse</c> says.</summary>
internal sealed record AnalyseArguments
{
    /// <summary>How the command is used.</summary>
    public const string Usage =
        """
        ./run analyse FILE-or-FOLDER [--out DIR] [--camera front|rear] [--enrolled N] [--areas FILE] [--overlay] [--every SECONDS] [--threads N]

          FILE-or-FOLDER   课堂录像或照片 a lesson's video (MP4, MKV, WebM ...), a picture (JPEG, PNG ...) or a folder of pictures
          --out DIR        结果目录 where report.json and timeline.csv go (NAME-report)
          --camera         摄像头位置 front (default) or rear: figures of a rear camera are marked as deserving little trust
          --enrolled N     应到人数 pupils on the roll, 1 to 200; without it what is usually seen stands in
          --areas FILE     座位区域 where pupils sit and the teacher moves: {"pupils": [[x, y], ...], "front": [[x, y], ...]}, 3 to 32
                           corners each in shares of the picture; nobody outside the pupils' area is counted
          --overlay        标注画面 also write what was seen, drawn over pixelated pictures
          --every SECONDS  采样间隔 seconds between samples of a video, 0.2 to 60 (1 up to ten minutes, otherwise 2);
                           or seconds between a folder's pictures, which are then one lesson and not each for itself
          --threads N      线程 estimators at work at once, 1 to 64 (one a core)
        """;

    private const int MostEnrolled = 200;
    private const int MostThreads = 64;
    private const double ShortestInterval = 0.2;
    private const double LongestInterval = 60;

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
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Reads the arguments after the command's name; null when they are wrong.</summary>
    public static AnalyseArguments? Parse(IReadOnlyList<string> words)
    {
        string? input = null, output = null;
        var parsed = new AnalyseArguments { Input = "", Output = "" };
        for (int i = 0; i < words.Count; i++)
        {
            string value = i + 1 < words.Count ? words[i + 1] : "";
            switch (words[i])
            {
                case "--overlay":
                    parsed = parsed with { Overlay = true };
                    continue;
                case "--out" when value.Length > 0:
                    output = value;
                    break;
                case "--areas" when value.Length > 0:
                    parsed = parsed with { Areas = value };
                    break;
                case "--camera" when value is "front" or "rear":
                    parsed = parsed with { RearCamera = value == "rear" };
                    break;
                case "--enrolled" when Whole(value) is >= 1 and <= MostEnrolled and var enrolled:
                    parsed = parsed with { Enrolled = enrolled };
                    break;
                case "--threads" when Whole(value) is >= 1 and <= MostThreads and var threads:
                    parsed = parsed with { Threads = threads };
                    break;
                case "--every" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) && seconds is >= ShortestInterval and <= LongestInterval:
                    parsed = parsed with { Every = TimeSpan.FromMilliseconds(Math.Round(seconds * 1000)) };
                    break;
                case var word when !word.StartsWith("--", StringComparison.Ordinal) && word.Length > 0 && input is null:
                    input = word;
                    continue;
                default:
                    return null;
            }

            i++;
        }

        return input is null ? null : parsed with { Input = input, Output = output ?? DefaultOutput(input) };
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string DefaultOutput(string input) => Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(input))) + "-report";
}
