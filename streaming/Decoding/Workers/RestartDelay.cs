namespace Xunke.Streaming.Decoding.Workers;

/// <summary>How long to wait before a worker is started again: not at all, unless it keeps dying young.</summary>
internal sealed class RestartDelay
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private int _youngDeaths;

    /// <summary>Counts a death.</summary>
    /// <returns>The delay before the next start.</returns>
    public TimeSpan After(TimeSpan lived)
    {
        if (lived >= Young)
        {
            _youngDeaths = 0;
            return TimeSpan.Zero;
        }

        _youngDeaths++;
        return _youngDeaths == 1
            ? TimeSpan.Zero
            : TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(_youngDeaths - 2, 10)));
    }
}
