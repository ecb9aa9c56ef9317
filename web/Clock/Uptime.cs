using System.Globalization;

namespace Xunke.Web.Clock;

/// <summary>Time that has passed by the kernel's count, sleep included. No change of the time of day touches it.</summary>
internal class Uptime(TimeProvider time)
{
    private readonly string _process = Guid.NewGuid().ToString();

    /// <summary>Names the count: another name, another beginning.</summary>
    public virtual string Boot => Read("/proc/sys/kernel/random/boot_id") ?? _process;

    /// <summary>Time since the count began.</summary>
    public virtual TimeSpan Now =>
        Read("/proc/uptime")?.Split(' ')[0] is { } seconds
        && double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed)
            ? TimeSpan.FromSeconds(parsed)
            : time.GetElapsedTime(0);

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or a sandbox: the process's own count must do.
            return null;
        }
    }
}
