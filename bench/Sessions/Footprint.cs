using System.Globalization;

namespace Xunke.Bench.Sessions;

/// <summary>What this process holds at one moment.</summary>
/// <param name="ManagedBytes">Live bytes on the managed heap, after a full collection.</param>
/// <param name="ResidentBytes">Physical memory, native libraries' included (VmRSS of proc_pid_status(5)).</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
internal sealed record Footprint(long ManagedBytes, long ResidentBytes, int Handles, int Threads)
{
    private const int Collections = 3;

    /// <summary>Collects all garbage, runs what finalisers there are, and measures.</summary>
    public static Footprint Take()
    {
        for (var i = 0; i < Collections; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var managed = GC.GetTotalMemory(forceFullCollection: true);
        var status = File.ReadLines("/proc/self/status")
            .Select(line => line.Split(':', 2)).ToDictionary(parts => parts[0], parts => parts[1].Trim());
        return new Footprint(
            managed,
            long.Parse(status["VmRSS"].Split(' ')[0], CultureInfo.InvariantCulture) * 1024,
            Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(),
            int.Parse(status["Threads"], CultureInfo.InvariantCulture));
    }

    /// <summary>Prints one row of the benches' table.</summary>
    public void Print(string moment) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{moment,-32} {ManagedBytes / 1024,12:N0} {ResidentBytes / 1024,12:N0} {Handles,10} {Threads,10}"));

    /// <summary>Prints the table's head.</summary>
    public static void PrintHead() =>
        Console.WriteLine($"{string.Empty,-32} {"managed KiB",12} {"RSS KiB",12} {"handles",10} {"threads",10}");
}
