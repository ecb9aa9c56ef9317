using System.Globalization;

namespace Xunke.Streaming.Decoding;

/// <summary>Whether the computer has too few processors for what it runs, by the kernel's pressure stall information.</summary>
internal static class ProcessorPressure
{
    /// <summary>Share of the last ten seconds, in per cent, in which something waited for a processor.</summary>
    private const double High = 50;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private static readonly Lock Gate = new();
    private static long _readAt;
    private static bool _isHigh;

    /// <summary>Whether it is high now; false where the kernel does not tell.</summary>
    public static bool IsHigh
    {
        get
        {
            lock (Gate)
            {
                if (_readAt == 0 || TimeProvider.System.GetElapsedTime(_readAt) >= Lifetime)
                {
                    _isHigh = Read() >= High;
                    _readAt = TimeProvider.System.GetTimestamp();
                }

                return _isHigh;
            }
        }
    }

    private static double Read()
    {
        try
        {
            // "some avg10=12.34 avg60=..."
            var first = File.ReadAllText("/proc/pressure/cpu").Split(' ')[1];
            return double.Parse(first.AsSpan(first.IndexOf('=') + 1), CultureInfo.InvariantCulture);
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException or FormatException or IndexOutOfRangeException)
        {
            return 0;
        }
    }
}
