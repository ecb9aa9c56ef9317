namespace Xunke.Streaming.Rooms;

/// <summary>
/// What a track takes of a path: the bit rate of the last two seconds, so that a key frame does not make it look much
/// dearer, but not much less than a while ago, because pictures come back to their usual size. Half a second without
/// anything ends it. Times are in microseconds.
/// </summary>
internal sealed class LayerRate
{
    private const long Interval = 500_000;
    private const int Intervals = 4;
    private const double Fading = 0.95;

    private readonly long[] _past = new long[Intervals];
    private int _pastCount;
    private bool _isNew = true;
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
        if (elapsed < Interval)
        {
            return;
        }

        var rate = _bytes * 8 * 1_000_000 / elapsed;
        if (_bytes == 0 || _isNew)
        {
            // The first interval of what begins is not a whole one.
            (BitsPerSecond, _pastCount, _isNew) = (rate, 0, _bytes == 0);
        }
        else
        {
            _past[_pastCount++ % Intervals] = rate;
            BitsPerSecond = Math.Max(Mean(_past.AsSpan(0, Math.Min(_pastCount, Intervals))), (long)(Fading * BitsPerSecond));
        }

        (_intervalStart, _bytes) = (now, 0);
    }

    private static long Mean(ReadOnlySpan<long> values)
    {
        var sum = 0L;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
