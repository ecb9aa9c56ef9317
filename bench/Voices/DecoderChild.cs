using System.Globalization;
using Xunke.Bench.Forward;

namespace Xunke.Bench.Voices;

/// <summary>An <c>ffmpeg</c> that this process has started, as <c>/proc</c> tells of it.</summary>
internal sealed record DecoderChild(int ProcessId)
{
    /// <summary>User and system time so far.</summary>
    public double CpuSeconds => ProcessorTime.Of(ProcessId);

    /// <summary>Physical memory, pages that it shares with others included.</summary>
    public double ResidentMiB => MiB("status", "VmRSS");

    /// <summary>Physical memory, of shared pages this process' part (proc_pid_smaps(5)).</summary>
    public double ProportionalMiB => MiB("smaps_rollup", "Pss");

    /// <summary>All that run now.</summary>
    public static DecoderChild[] OfThisProcess() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) ? id : 0)
            .Where(id => id != 0 && Field(id, "status", "PPid") == Environment.ProcessId && Name(id) == "ffmpeg")
            .Select(id => new DecoderChild(id)),
    ];

    private double MiB(string file, string field) => (Field(ProcessId, file, field) ?? 0) / 1024.0;

    private static string Name(int id) => File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/comm")).Trim();

    /// <summary>A number of one of its files; null where the process has gone.</summary>
    private static long? Field(int id, string file, string field)
    {
        try
        {
            string? line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"))
                .FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line[(field.Length + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
