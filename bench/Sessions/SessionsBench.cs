using System.Globalization;

namespace Xunke.Bench.Sessions;

/// <summary>
/// Two thousand publishers and viewers come to one media server and leave it in every way that peers do. Afterwards the
/// process must hold what it held before: memory, file descriptors and threads.
/// </summary>
internal static class SessionsBench
{
    private const int WarmUpSessions = 300;
    private const int DefaultSessions = 2000;
    private const int SampleEvery = 500;
    private const double Goal = 1.1;

    /// <summary>Runs the bench; <c>--sessions N</c> takes another number.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var sessions = args is ["--sessions", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : DefaultSessions;
        await using var school = new VisitedSchool();
        Footprint.PrintHead();

        // Pools fill, methods are compiled and the native libraries build their tables with the first sessions.
        await school.VisitAsync(WarmUpSessions, cancellationToken);
        await school.EmptyAsync(cancellationToken);
        var before = Footprint.Take();
        before.Print($"after {WarmUpSessions} sessions to warm up");
        while (school.Sessions < WarmUpSessions + sessions)
        {
            await school.VisitAsync(Math.Min(SampleEvery, WarmUpSessions + sessions - school.Sessions), cancellationToken);
            Footprint.Take().Print(string.Create(CultureInfo.InvariantCulture, $"{school.Sessions - WarmUpSessions} sessions later"));
        }

        await school.EmptyAsync(cancellationToken);
        var after = Footprint.Take();
        after.Print("when all have gone");
        Console.WriteLine(school.Summary);
        var ratio = Math.Max(after.ManagedBytes / (double)before.ManagedBytes, after.Handles / (double)before.Handles);
        return new BenchResult(
            "sessions", ratio, Goal, "managed bytes or handles after the sessions over those before, the worse of both; at most",
            new Dictionary<string, double>
            {
                ["sessions"] = school.Sessions - WarmUpSessions,
                ["managedBytesBefore"] = before.ManagedBytes,
                ["managedBytesAfter"] = after.ManagedBytes,
                ["residentBytesBefore"] = before.ResidentBytes,
                ["residentBytesAfter"] = after.ResidentBytes,
                ["handlesBefore"] = before.Handles,
                ["handlesAfter"] = after.Handles,
                ["threadsBefore"] = before.Threads,
                ["threadsAfter"] = after.Threads,
                ["residentBytesPerSession"] = (after.ResidentBytes - before.ResidentBytes) / (double)sessions,
            });
    }
}
