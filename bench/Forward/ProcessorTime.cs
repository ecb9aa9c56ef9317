using System.Globalization;

namespace Xunke.Bench.Forward;

/// <summary>The processor time of another process, from <c>/proc</c> (proc_pid_stat(5)).</summary>
internal static class ProcessorTime
{
    // USER_HZ: 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>User and system time so far, in seconds.</summary>
    public static double Of(int processId)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        // The name in brackets may hold spaces; utime and stime are the 12th and 13th fields behind it.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
