using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Models;
using Xunke.Analytics.Vision;
using Xunke.Bench.Analysis;

namespace Xunke.Bench.Rooms;

/// <summary>
/// How many rooms two cores hold at one sample a second, over how many they would hold if each sample were one bare run of the model
/// as it was published, in floating point, over a whole picture of 832x480. The server is full then, and looks coarsely. Both sides keep
/// two threads busy and take turns; processor time counts, since others use the machine.
/// </summary>
internal static class RoomsBench
{
    /// <summary>32 rooms where whole pictures allow 19.</summary>
    private const double Goal = 32.0 / 19;

    private const int Cores = 2;
    private const int Rounds = 3;
    private const int SecondsPerRound = 10;

    /// <summary>In this time rooms learn their seats and what else they need to know.</summary>
    private const int LearningSeconds = 20;

    /// <summary>Three rooms see the class from the front, one from behind.</summary>
    private static readonly string[] Views = ["front60", "front60", "front60", "rear20"];

    /// <summary>Runs the bench. Options: the number of rounds.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Rounds;
        var clips = new Dictionary<string, Clip>();
        try
        {
            foreach (string view in Views.Distinct())
            {
                clips[view] = await Clip.ReadAsync(view, TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
        catch (FileNotFoundException missing)
        {
            Console.WriteLine(missing.Message);
            return null;
        }

        string cache = ModelStore.SharedCacheDirectory;
        ModelFiles files = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, cache, NullLogger.Instance, cancellation: cancellationToken);
        ModelFiles published = await ModelStore.EnsureAsync(
            ModelStore.DefaultSourceDirectory, cache, NullLogger.Instance, ModelPrecision.Float, cancellationToken);
        Clip[] played = [.. Views.Select(view => clips[view])];
        await using var rooms = new PlayedRooms(played, Cores, files, Fineness.Coarse);
        await using var finely = new PlayedRooms(played, Cores, files, Fineness.Fine);
        using var first = new BareLoop(published, 832, 480, people: 0);
        using var second = new BareLoop(published, 832, 480, people: 0);
        int samples = Views.Length * SecondsPerRound;
        int[] share = new int[samples / Cores];
        await rooms.PlayAsync(LearningSeconds, cancellationToken);
        await finely.PlayAsync(LearningSeconds, cancellationToken);
        await first.RunAsync([0]);
        await second.RunAsync([0]);
        var comparison = new Comparison();
        var fine = new Comparison();
        for (int round = 0; round < rounds; round++)
        {
            double whole = await RoomsHeldAsync(() => Task.WhenAll(first.RunAsync(share), second.RunAsync(share)), samples);
            double ours = await RoomsHeldAsync(() => rooms.PlayAsync(SecondsPerRound, cancellationToken), samples);
            double oursFinely = await RoomsHeldAsync(() => finely.PlayAsync(SecondsPerRound, cancellationToken), samples);
            comparison.Add(whole, ours);
            fine.Add(whole, oursFinely);
            Console.WriteLine($"round {round + 1}: {ours:f1} rooms, {oursFinely:f1} looking finely, {whole:f1} by whole pictures ({ours / whole:f2})");
        }

        return new BenchResult(
            "rooms", comparison.Ratio, Goal, "rooms held at one sample a second on two cores over those by one bare whole picture a sample, at least",
            new Dictionary<string, double>
            {
                ["rooms"] = comparison.Ours,
                ["roomsFinely"] = fine.Ours,
                ["roomsByWholePictures"] = comparison.Baseline,
                ["lowestRatio"] = comparison.LowestRatio,
                ["highestRatio"] = comparison.HighestRatio,
                ["millisecondsPerSample"] = 1000 * Cores / comparison.Ours,
                ["picturesLost"] = rooms.Failed + finely.Failed,
            });
    }

    /// <summary>Rooms that two cores' time would serve at one sample a second.</summary>
    private static async Task<double> RoomsHeldAsync(Func<Task> run, int samples)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        await run();
        TimeSpan took = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine($"    {samples / Stopwatch.GetElapsedTime(started).TotalSeconds:f1} samples a second by the clock");
        return samples * Cores / took.TotalSeconds;
    }
}
