namespace Xunke.Streaming.Rtp;

/// <summary>How late packets have come recently: the latest of late counts, and is forgotten over a minute.</summary>
internal sealed class Lateness
{
    // By how much less a second later, in microseconds: half a second is forgotten in 100 s. Where a packet must be asked
    // for three times, that happens again within the minute.
    private const int Forgotten = 5_000;

    private long _most;
    private long _since;

    /// <summary>Notes a packet that came late.</summary>
    /// <param name="now">When it came, on the media clock.</param>
    public void Note(long microseconds, long now)
    {
        if (microseconds >= At(now))
        {
            (_most, _since) = (microseconds, now);
        }
    }

    /// <summary>By how much packets must be expected to come late, in microseconds.</summary>
    public long At(long now) => Math.Max(0, _most - ((now - _since) * Forgotten / 1_000_000));
}
