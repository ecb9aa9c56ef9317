using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Models;
using Xunke.Analytics.Vision;

namespace Xunke.Bench.Analysis;

/// <summary>
/// Pictures a second from the scheduler's door to behaviour samples, over what ONNX Runtime alone does in the same minute
/// with the same models, input sizes, thread count and number of inferences: for each picture one MultiPose run and as many
/// Lightning runs as the whole path chose to make for it. A second pair leaves the close looks out on both sides.
/// </summary>
internal static class AnalysisBench
{
    private const double Goal = 0.95;
    private const int Rounds = 7;
    private const int PicturesPerRound = 16;

    /// <summary>In the clip, the teacher included.</summary>
    private const int People = 25;

    /// <summary>On a busy machine there are fewer rounds, but never fewer than this.</summary>
    private const int LeastRounds = 3;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(2);

    /// <summary>Runs the bench. Options: the number of rounds.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Rounds;
        Clip clip;
        try
        {
            clip = await Clip.ReadAsync("front60", TimeSpan.FromSeconds(60) / PicturesPerRound, cancellationToken);
        }
        catch (FileNotFoundException missing)
        {
            Console.WriteLine(missing.Message);
            return null;
        }

        ModelFiles files = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, ModelStore.SharedCacheDirectory, NullLogger.Instance, cancellation: cancellationToken);
        var options = new PoseEstimatorOptions();
        await using var closely = new WholePath(clip, files, options);
        await using var once = new WholePath(clip, files, options with { MaximumCloseLooks = 0 });
        using var bare = new BareLoop(files, options.FineWidth, options.FineHeight, People);

        var withLooks = new Comparison();
        var without = new Comparison();
        var times = new List<EstimateTimes>();
        int[] noLooks = new int[PicturesPerRound];
        long started = Stopwatch.GetTimestamp();
        for (int round = -1; round < rounds; round++)
        {
            if (round >= LeastRounds && Stopwatch.GetElapsedTime(started) > LongEnough)
            {
                break;
            }

            Cost ours = await Cost.OfAsync(() => closely.RunAsync(PicturesPerRound, cancellationToken));
            int[] looks = [.. closely.Times.Select(time => time.CloseLookCount)];
            Cost theirs = await Cost.OfAsync(() => bare.RunAsync(looks));
            Cost theirsOnce = await Cost.OfAsync(() => bare.RunAsync(noLooks));
            Cost oursOnce = await Cost.OfAsync(() => once.RunAsync(PicturesPerRound, cancellationToken));
            if (round < 0)
            {
                // The first round warms up.
                continue;
            }

            withLooks.Add(ours, theirs);
            without.Add(oursOnce, theirsOnce);
            times.AddRange(closely.Times);
            Console.WriteLine($"round {round + 1}: {Rate(ours):f2} of {Rate(theirs):f2} pictures/s ({theirs.Elapsed / ours.Elapsed:f3}, by processor time {theirs.Processor / ours.Processor:f3}); without close looks {Rate(oursOnce):f2} of {Rate(theirsOnce):f2} ({theirsOnce.Elapsed / oursOnce.Elapsed:f3})");
        }

        return Report(withLooks, without, times, StillCost.Measure(clip, files, options));
    }

    private static BenchResult Report(Comparison withLooks, Comparison without, List<EstimateTimes> times, StillCost still)
    {
        double whole = withLooks.OursSeconds * 1000 / PicturesPerRound;
        (string Stage, double Milliseconds)[] stages =
        [
            ("letterbox", Mean(times, time => time.Letterbox)),
            ("inference, whole picture", Mean(times, time => time.Inference)),
            ("decode and postures", Mean(times, time => time.Decode)),
            ("close looks", Mean(times, time => time.CloseLooks)),
        ];
        double looks = times.Average(time => time.CloseLookCount);
        Console.WriteLine();
        foreach ((string stage, double milliseconds) in stages)
        {
            Console.WriteLine($"{stage,-36}{milliseconds,8:f2} ms");
        }

        double rest = whole - stages.Sum(stage => stage.Milliseconds);
        Console.WriteLine($"{"seats, behaviours, scheduler",-36}{rest,8:f2} ms");
        Console.WriteLine($"{"whole picture",-36}{whole,8:f2} ms with {looks:f1} close looks");
        Console.WriteLine($"{"where heads are, in each look",-36}{still.RememberMilliseconds,8:f3} ms");
        Console.WriteLine($"{"a still, once in 15 s",-36}{still.Milliseconds,8:f2} ms, {still.Bytes:f0} bytes");
        return new BenchResult(
            "analysis", withLooks.Ratio, Goal, "pictures/s through the whole path over bare ONNX Runtime making the same inferences",
            new Dictionary<string, double>
            {
                ["picturesPerSecond"] = 1000 / whole,
                ["ratioByProcessorTime"] = withLooks.ProcessorRatio,
                ["ratioWithoutCloseLooks"] = without.Ratio,
                ["ratioWithoutCloseLooksByProcessorTime"] = without.ProcessorRatio,
                ["picturesPerSecondWithoutCloseLooks"] = PicturesPerRound / without.OursSeconds,
                ["closeLooksPerPicture"] = looks,
                ["letterboxMs"] = stages[0].Milliseconds,
                ["inferenceMs"] = stages[1].Milliseconds,
                ["decodeMs"] = stages[2].Milliseconds,
                ["closeLooksMs"] = stages[3].Milliseconds,
                ["behavioursMs"] = rest,
                ["stillMs"] = still.Milliseconds,
                ["stillBytes"] = still.Bytes,
            });
    }

    private static double Rate(Cost cost) => PicturesPerRound / cost.Elapsed.TotalSeconds;

    private static double Mean(List<EstimateTimes> times, Func<EstimateTimes, long> stage) =>
        times.Average(stage) * 1000 / Stopwatch.Frequency;

    /// <summary>What a run took: by the clock, and of the processors. On a machine that others use too, the second is the
    /// steadier.</summary>
    private readonly record struct Cost(TimeSpan Elapsed, TimeSpan Processor)
    {
        public static async Task<Cost> OfAsync(Func<Task> run)
        {
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long started = Stopwatch.GetTimestamp();
            await run();
            return new Cost(Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
        }
    }

    /// <summary>Rounds of ours against theirs; each round gives one ratio, the median of them counts.</summary>
    private sealed class Comparison
    {
        private readonly List<(Cost Ours, Cost Theirs)> _rounds = [];

        public double Ratio => Median(_rounds.Select(round => round.Theirs.Elapsed / round.Ours.Elapsed));

        public double ProcessorRatio => Median(_rounds.Select(round => round.Theirs.Processor / round.Ours.Processor));

        public double OursSeconds => _rounds.Average(round => round.Ours.Elapsed.TotalSeconds);

        public void Add(Cost ours, Cost theirs) => _rounds.Add((ours, theirs));

        private static double Median(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted[sorted.Length / 2];
        }
    }
}
