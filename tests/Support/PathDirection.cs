using System.Diagnostics;

namespace Xunke.Tests.Support;

/// <summary>One direction of one peer's path: when each datagram arrives, if it does. Used by one thread at a time.</summary>
/// <param name="seed">Makes the same losses and delays each time.</param>
internal sealed class PathDirection(int seed)
{
    private const int UdpAndIpHeaders = 28;

    private readonly Random _random = new(seed);
    private long _lastDeparture;
    private long _lastArrival;

    /// <summary>When a datagram that is sent now arrives, on <see cref="Stopwatch"/>'s clock.</summary>
    /// <returns>False when it is lost.</returns>
    public bool TryPass(PathConditions conditions, ReadOnlySpan<byte> datagram, out long arrival)
    {
        var now = arrival = Stopwatch.GetTimestamp();
        if (IsMedia(datagram) && _random.NextDouble() < conditions.Loss)
        {
            return false;
        }

        var departure = now;
        if (conditions.BitsPerSecond > 0)
        {
            var start = Math.Max(now, _lastDeparture);
            if (start - now > Ticks(conditions.Queue.TotalSeconds))
            {
                return false;
            }

            departure = _lastDeparture = start + Ticks((datagram.Length + UdpAndIpHeaders) * 8.0 / conditions.BitsPerSecond);
        }

        var wobble = conditions.Jitter.TotalSeconds * ((2 * _random.NextDouble()) - 1);
        arrival = departure + Math.Max(0, Ticks(conditions.Delay.TotalSeconds + wobble));
        if (conditions.KeepsOrder)
        {
            arrival = Math.Max(arrival, _lastArrival);
        }

        _lastArrival = arrival;
        return true;
    }

    // RFC 7983 7: RTP and RTCP begin with 128..191.
    private static bool IsMedia(ReadOnlySpan<byte> datagram) => !datagram.IsEmpty && datagram[0] >> 6 == 2;

    private static long Ticks(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
