namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// Lets small bursts pass at once and draws larger ones out, so that a key frame does not overflow the queues on its
/// way. Media at its usual rate never waits. Times are in microseconds.
/// </summary>
internal sealed class Pacer
{
    // While nothing has shown a limit: a usual key frame goes at once, since somebody waits for it, and a large one
    // at a rate that a school's uplink takes.
    private const long WideBudget = 64 * 1024;
    private const long WideBytesPerSecond = 2_000_000;

    // The pacing factor of draft-ietf-rmcat-gcc-02 as its authors run it: key frames may be late, pictures may not pile up.
    private const double Factor = 2.5;
    private const double BudgetSeconds = 0.05;
    private const long SmallestBudget = 6_000;
    private const long SlowestBytesPerSecond = 25_000;

    private long _tokens = WideBudget;
    private long _last;

    /// <summary>Asks to send a packet now.</summary>
    /// <param name="estimate">What the path carries, in bits per second; null while nothing has shown a limit.</param>
    /// <returns>False when it has to wait.</returns>
    public bool TrySpend(int bytes, long? estimate, long now)
    {
        var (budget, rate) = estimate is { } known
            ? (Math.Max(SmallestBudget, (long)(known / 8 * BudgetSeconds)), Math.Max(SlowestBytesPerSecond, (long)(known / 8 * Factor)))
            : (WideBudget, WideBytesPerSecond);
        _tokens = Math.Min(budget, _tokens + (long)((now - _last) * (rate / 1e6)));
        _last = now;
        if (_tokens <= 0)
        {
            return false;
        }

        _tokens -= bytes;
        return true;
    }
}
