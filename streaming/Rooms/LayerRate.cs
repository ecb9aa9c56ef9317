namespace Xunke.Streaming.Rooms;

/// <summary>
/// What a track takes of a path: the bit rate of the last half second, but not much less than a while ago, because
/// pictures come back to their usual size. Times are in microseconds.
/// </summary>
internal sealed class LayerRate
{
    private const long Interval = 500_000;
    private const double Fading = 0.95;

    private long _intervalStart = -1;
    private long _bytes;

    /// <summary>RTP bits per second, headers counted; 0 while nothing comes.</summary>
    public long BitsPerSecond { get; private set; }

    public void Count(int bytes) => _bytes += bytes;

    /// <summary>Closes the interval when it is over.</summary>
    public void Tick(long now)
    {
        if (_intervalStart < 0)
        {
            (_intervalStart, _bytes) = (now, 0);
        }

        var elapsed = now - _intervalStart;
        if (elapsed >= Interval)
        {
            BitsPerSecond = _bytes == 0 ? 0 : Math.Max(_bytes * 8 * 1_000_000 / elapsed, (long)(Fading * BitsPerSecond));
            (_intervalStart, _bytes) = (now, 0);
        }
    }
}
