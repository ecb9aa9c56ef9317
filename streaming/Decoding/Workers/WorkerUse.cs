using System.Globalization;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>What the kernel says of a worker.</summary>
/// <param name="Processor">Processor time that it has used.</param>
/// <param name="WantsProcessor">Whether it runs or waits for a processor.</param>
internal readonly record struct WorkerUse(TimeSpan Processor, bool WantsProcessor)
{
    // sysconf(_SC_CLK_TCK) is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Reads it; nothing where the process has gone.</summary>
    public static WorkerUse Of(int processId)
    {
        try
        {
            // proc(5): state, then the times in fields 14 and 15. The name before the state may hold anything.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return new WorkerUse(TimeSpan.FromSeconds(ticks / TicksPerSecond), fields[0] == "R");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException
            or FormatException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return default;
        }
    }
}
