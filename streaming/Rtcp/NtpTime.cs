namespace Xunke.Streaming.Rtcp;

/// <summary>NTP timestamps in the 32.32 and 16.16 forms that RTCP uses (RFC 3550 4).</summary>
internal static class NtpTime
{
    private static readonly DateTimeOffset Epoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A moment as 32.32 seconds since 1900.</summary>
    public static ulong From(DateTimeOffset time) => FromDuration(time - Epoch);

    /// <summary>A duration as 32.32 seconds.</summary>
    public static ulong FromDuration(TimeSpan duration)
    {
        var seconds = (ulong)(duration.Ticks / TimeSpan.TicksPerSecond);
        var fraction = ((ulong)(duration.Ticks % TimeSpan.TicksPerSecond) << 32) / TimeSpan.TicksPerSecond;
        return (seconds << 32) | fraction;
    }

    /// <summary>The signed difference of two 32.32 times.</summary>
    public static TimeSpan Difference(ulong later, ulong earlier)
    {
        var difference = (long)(later - earlier);
        return TimeSpan.FromTicks((long)((Int128)difference * TimeSpan.TicksPerSecond >> 32));
    }

    /// <summary>The middle 32 bits: 16.16 seconds, as LSR and DLSR carry them.</summary>
    public static uint Middle(ulong time) => (uint)(time >> 16);

    /// <summary>The round trip of a report that the peer has answered (RFC 3550 6.4.1).</summary>
    /// <param name="sent">The middle bits of the report's time, as the answer repeats them.</param>
    /// <param name="held">How long the peer had it, in 1/65536 s.</param>
    /// <returns>Null when the figures do not add up.</returns>
    public static TimeSpan? RoundTrip(ulong now, uint sent, uint held)
    {
        // A clock that ran backwards shows as a huge number.
        var roundTrip = Middle(now) - sent - held;
        return roundTrip < int.MaxValue ? FromMiddle(roundTrip) : null;
    }

    /// <summary>A 16.16 duration.</summary>
    public static TimeSpan FromMiddle(uint duration) => TimeSpan.FromTicks((long)(duration * (ulong)TimeSpan.TicksPerSecond >> 16));

    /// <summary>A duration as 16.16 seconds.</summary>
    public static uint ToMiddle(TimeSpan duration) => (uint)(FromDuration(duration) >> 16);
}
