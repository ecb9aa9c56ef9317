using System.Diagnostics;
using System.Globalization;

namespace Xunke.Bench.Sessions;

/// <summary>
/// An hour at 10 publishers and 40 viewers, in the time that its packets take to pass: the clock that all timers, reports
/// and time-outs go by is moved from one 20 ms slot to the next as soon as the slot's packets have been handled. Packets,
/// encryption, sockets and sessions are real; on each core one media plane holds its share of the rooms.
/// </summary>
internal static class SoakBench
{
    private const int Publishers = 10;
    private const int ViewersPerPublisher = 4;
    private const int DefaultMinutes = 60;
    private const int WarmUpMinutes = 6;
    private const int SampleEvery = 6;
    private const double Goal = 1.1;

    /// <summary>Runs the bench; <c>--minutes N</c> soaks for another time, 12 at least.</summary>
    public static Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var minutes = args is ["--minutes", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : DefaultMinutes;
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, WarmUpMinutes + SampleEvery);
        var planes = Math.Min(Environment.ProcessorCount, Publishers);
        var shares = Enumerable.Range(0, planes).Select(i => new SoakedRooms((Publishers + i) / planes, ViewersPerPublisher)).ToList();
        try
        {
            var watch = Stopwatch.StartNew();
            Footprint.PrintHead();
            Pass(shares, WarmUpMinutes, cancellationToken);
            var samples = new List<(double Hours, Footprint Footprint)> { (WarmUpMinutes / 60.0, Footprint.Take()) };
            samples[0].Footprint.Print($"after {WarmUpMinutes} minutes to warm up");
            for (var passed = WarmUpMinutes; passed < minutes; passed += SampleEvery)
            {
                Pass(shares, Math.Min(SampleEvery, minutes - passed), cancellationToken);
                samples.Add((Math.Min(minutes, passed + SampleEvery) / 60.0, Footprint.Take()));
                samples[^1].Footprint.Print(
                    string.Create(CultureInfo.InvariantCulture, $"minute {Math.Min(minutes, passed + SampleEvery)}"));
            }

            return Task.FromResult<BenchResult?>(Result(shares, samples, watch.Elapsed));
        }
        finally
        {
            shares.ForEach(rooms => rooms.Dispose());
        }
    }

    private static void Pass(List<SoakedRooms> shares, int minutes, CancellationToken cancellationToken)
    {
        var threads =
            shares.ConvertAll(rooms => new Thread(() => rooms.Pass(TimeSpan.FromMinutes(minutes), cancellationToken)) { Name = "soak" });
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static BenchResult Result(List<SoakedRooms> shares, List<(double Hours, Footprint Footprint)> samples, TimeSpan elapsed)
    {
        var (first, last) = (samples[0].Footprint, samples[^1].Footprint);
        var published = shares.Sum(rooms => rooms.Published);
        var forwarded = shares.Sum(rooms => rooms.Forwarded);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{published:N0} packets published, {forwarded:N0} forwarded, {shares.Sum(rooms => rooms.Sessions)} sessions, in {elapsed.TotalSeconds:0} s"));
        return new BenchResult(
            "soak", last.ManagedBytes / (double)first.ManagedBytes, Goal,
            "managed bytes after an hour's packets and timers over those after its first minutes; at most",
            new Dictionary<string, double>
            {
                ["virtualMinutes"] = samples[^1].Hours * 60,
                ["seconds"] = elapsed.TotalSeconds,
                ["packetsPublished"] = published,
                ["packetsForwarded"] = forwarded,
                ["forwardedOverDue"] = forwarded / (double)(published * ViewersPerPublisher),
                ["sessions"] = shares.Sum(rooms => rooms.Sessions),
                ["managedBytesBefore"] = first.ManagedBytes,
                ["managedBytesAfter"] = last.ManagedBytes,
                ["managedKibPerHour"] = Slope(samples, footprint => footprint.ManagedBytes / 1024.0),
                ["residentBytesBefore"] = first.ResidentBytes,
                ["residentBytesAfter"] = last.ResidentBytes,
                ["residentKibPerHour"] = Slope(samples, footprint => footprint.ResidentBytes / 1024.0),
                ["handlesBefore"] = first.Handles,
                ["handlesAfter"] = last.Handles,
                ["threadsBefore"] = first.Threads,
                ["threadsAfter"] = last.Threads,
            });
    }

    /// <summary>The slope of the line that fits the samples best, per hour.</summary>
    private static double Slope(List<(double Hours, Footprint Footprint)> samples, Func<Footprint, double> figure)
    {
        var (meanHours, meanFigure) = (samples.Average(sample => sample.Hours), samples.Average(sample => figure(sample.Footprint)));
        var spread = samples.Sum(sample => Math.Pow(sample.Hours - meanHours, 2));
        return samples.Sum(sample => (sample.Hours - meanHours) * (figure(sample.Footprint) - meanFigure)) / spread;
    }
}
