using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunke.Tests.Streaming.Fuzzing;

namespace Xunke.Bench.Fuzz;

/// <summary>
/// Ten million mutated inputs through everything that reads what strangers send, on all cores. Each target runs on one
/// thread, the ones with the dearest inputs first.
/// </summary>
internal static class FuzzBench
{
    private const long DefaultInputs = 10_000_000;
    private const ulong DefaultSeed = 2026;

    private static readonly TimeSpan LimitPerTarget = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Runs the bench: <c>--inputs N</c>, <c>--seed N</c>, <c>--target NAME</c>; with <c>--iteration N</c> as well it runs
    /// that one input again, and those of its episode before it.
    /// </summary>
    public static Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var seed = Option(args, "--seed") is { } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : DefaultSeed;
        var inputs = Option(args, "--inputs") is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : DefaultInputs;
        var only = Option(args, "--target");
        var targets = FuzzTargets.All.Where(target => only is null || target.Name == only).ToList();
        if (Option(args, "--iteration") is { } iteration)
        {
            using var target = targets.Single().Create();
            Print(new FuzzRunner(target, seed).Replay(long.Parse(iteration, CultureInfo.InvariantCulture)));
            return Task.FromResult<BenchResult?>(null);
        }

        var shares = targets.Sum(target => target.Share);
        var watch = Stopwatch.StartNew();
        var reports = new ConcurrentBag<FuzzReport>();
        var queue = new ConcurrentQueue<(Func<FuzzTarget> Create, long Inputs)>(
            targets.Select(target => (target.Create, ((inputs * target.Share) + shares - 1) / shares)));
        var threads = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new Thread(() => Work(queue, seed, reports, cancellationToken))).ToList();
        Console.WriteLine("target                inputs    inputs/s   largest allocation, bytes   failures");
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Task.FromResult<BenchResult?>(Result([.. reports], watch.Elapsed, inputs));
    }

    private static void Work(
        ConcurrentQueue<(Func<FuzzTarget> Create, long Inputs)> queue, ulong seed, ConcurrentBag<FuzzReport> reports,
        CancellationToken cancellationToken)
    {
        while (queue.TryDequeue(out var next))
        {
            using var target = next.Create();
            var report = new FuzzRunner(target, seed).Run(next.Inputs, LimitPerTarget, cancellationToken);
            reports.Add(report);
            Print(report);
        }
    }

    private static BenchResult Result(IReadOnlyList<FuzzReport> reports, TimeSpan elapsed, long asked)
    {
        var run = reports.Sum(report => report.Inputs);
        var figures = new Dictionary<string, double>
        {
            ["inputs"] = run,
            ["failures"] = reports.Sum(report => report.Failures.Count),
            ["seconds"] = elapsed.TotalSeconds,
            ["inputsPerSecond"] = run / elapsed.TotalSeconds,
            ["largestAllocationBytes"] = reports.Max(report => report.LargestAllocation),
            ["largestAllocationBytesBesidesSdp"] = reports.Where(report => report.Target != "sdp")
                .Select(report => report.LargestAllocation).DefaultIfEmpty().Max(),
        };
        return new BenchResult(
            "fuzz", run / (double)asked, 1, "mutated inputs run over those asked for, at least 10 million; failures must be 0", figures);
    }

    private static void Print(FuzzReport report)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Target,-18} {report.Inputs,9} {report.Inputs / report.Elapsed.TotalSeconds,11:N0} {report.LargestAllocation,27:N0} {report.Failures.Count,10}"));
        foreach (var failure in report.Failures)
        {
            Console.WriteLine(failure);
        }
    }

    private static string? Option(string[] args, string name) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
