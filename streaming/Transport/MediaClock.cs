using Xunke.Streaming.Rtcp;

namespace Xunke.Streaming.Transport;

/// <summary>The media plane's steady clock: microseconds since its start, and the NTP time that goes with them.</summary>
internal sealed class MediaClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly ulong _ntpStart = NtpTime.From(time.GetUtcNow());
    private readonly double _microsecondsPerTick = 1_000_000.0 / time.TimestampFrequency;

    /// <summary>Microseconds since the start.</summary>
    public long Now => (long)((time.GetTimestamp() - _start) * _microsecondsPerTick);

    /// <summary>The NTP time of a moment of this clock. It never steps, whatever becomes of the wall clock.</summary>
    public ulong ToNtp(long microseconds) => _ntpStart + NtpTime.FromDuration(TimeSpan.FromMicroseconds(microseconds));

    /// <summary>A duration in this clock's unit.</summary>
    public static long Of(TimeSpan duration) => (long)duration.TotalMicroseconds;
}
