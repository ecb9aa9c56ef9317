namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// The one-way delay of an empty path, up to the unknown difference of two clocks: the least that was seen of late, as
/// in RFC 6817 (LEDBAT) 2.4.2. What a packet took beyond it, it spent in queues.
/// </summary>
internal sealed class BaseDelay
{
    // Two halves that are forgotten in turn: a clock's drift (some ms in a minute) and a new route are followed.
    private const long HalfWindow = 15_000_000;

    private long _older = long.MaxValue;
    private long _newer = long.MaxValue;
    private long _newerSince;

    /// <summary>Notes a packet's one-way delay.</summary>
    /// <param name="delay">Arrival less departure, each on its own clock, in microseconds.</param>
    /// <param name="now">In microseconds.</param>
    /// <returns>How much of it was spent in queues, 0 or more.</returns>
    public long Queued(long delay, long now)
    {
        if (now - _newerSince >= HalfWindow)
        {
            _older = _newer;
            _newer = long.MaxValue;
            _newerSince = now;
        }

        _newer = Math.Min(_newer, delay);
        return delay - Math.Min(_older, _newer);
    }
}
