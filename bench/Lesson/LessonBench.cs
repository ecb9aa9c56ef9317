using System.Diagnostics;
using Xunke.Web.Analysis;

namespace Xunke.Bench.Lesson;

/// <summary>
/// How long the analysis of a lesson takes, over the lesson's own length: the demo's minute again and again, at one sample every two
/// seconds, sound included.
/// </summary>
internal static class LessonBench
{
    /// <summary>45 minutes in three.</summary>
    private const double Goal = 3.0 / 45;

    private const int DefaultMinutes = 9;

    /// <summary>Arguments: minutes of lesson to make (9), or a video to analyse instead.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("xunke-lesson-bench-").FullName;
        try
        {
            string lesson = args is [var given, ..] && File.Exists(given)
                ? given
                : await MakeAsync(folder, args is [var number, ..] ? int.Parse(number,
                    System.Globalization.CultureInfo.InvariantCulture) : DefaultMinutes, cancellationToken);
            double seconds = (await Streaming.Decoding.MediaFileProbe.ReadAsync(lesson, cancellationToken)).Duration!.Value.TotalSeconds;
            TimeSpan spent = Process.GetCurrentProcess().TotalProcessorTime;
            long started = Stopwatch.GetTimestamp();
            int code = await AnalyseCommand.Describe()
                .Parse([lesson, "--every", "2", "--out", Path.Combine(folder, "report")])
                .InvokeAsync(null, cancellationToken);
            double took = Stopwatch.GetElapsedTime(started).TotalSeconds;
            if (code != 0)
            {
                throw new InvalidOperationException($"The analysis ended with {code}.");
            }

            double cpu = (Process.GetCurrentProcess().TotalProcessorTime - spent).TotalSeconds;
            Console.WriteLine(FormattableString.Invariant(
                $"{seconds:F0} s of lesson in {took:F1} s on {Environment.ProcessorCount} cores ({cpu:F1} s of CPU besides FFmpeg's)"));
            return new BenchResult(
                "lesson", took / seconds, Goal, "time of the analysis over the lesson's length, at most",
                new Dictionary<string, double>
                {
                    ["lessonSeconds"] = seconds,
                    ["tookSeconds"] = took,
                    ["cpuSeconds"] = cpu,
                    ["cores"] = Environment.ProcessorCount
                });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MakeAsync(string folder, int minutes, CancellationToken cancellationToken)
    {
        string clip = Path.Combine(AppContext.BaseDirectory, "demo", "clips", "front60.mkv"), lesson = Path.Combine(folder, "lesson.mkv");
        string loops = (minutes - 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var ffmpeg = Process.Start("ffmpeg", ["-v", "error", "-nostdin", "-stream_loop", loops, "-i", clip, "-c", "copy", lesson]);
        await ffmpeg.WaitForExitAsync(cancellationToken);
        return lesson;
    }
}
