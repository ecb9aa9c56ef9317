namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// A train of packets sent at once: the narrowest link of the path draws it out, so that its length on arrival tells
/// what this link carries. Times are in microseconds.
/// </summary>
internal sealed class ProbeTrain
{
    private const long Patience = 2_000_000;
    private const double MostLoss = 0.2;

    // Finer than this, arrival times tell nothing.
    private const long ShortestSpan = 2_000;

    private long _first;
    private int _packets;
    private long _startedAt;
    private long _firstArrival;
    private long _lastArrival;
    private int _firstBytes;
    private int _bytes;
    private int _received;

    public bool IsActive { get; private set; }

    /// <summary>A train of packets leaves now.</summary>
    /// <param name="first">The transport-wide number of its first packet.</param>
    /// <param name="packets">2 or more.</param>
    public void Start(long first, int packets, long now)
    {
        IsActive = true;
        (_first, _packets, _startedAt) = (first, packets, now);
        (_firstArrival, _lastArrival, _bytes, _received) = (long.MaxValue, long.MinValue, 0, 0);
    }

    public bool Contains(long number) => IsActive && number >= _first && number < _first + _packets;

    /// <summary>One of its packets has arrived.</summary>
    public void Received(long arrival, int bytes)
    {
        _received++;
        _bytes += bytes;
        _lastArrival = Math.Max(_lastArrival, arrival);
        if (arrival < _firstArrival)
        {
            _firstArrival = arrival;
            _firstBytes = bytes;
        }
    }

    /// <summary>Ends the train when its last packet has been reported on.</summary>
    /// <param name="reportedUntil">The number after the newest one reported on.</param>
    /// <param name="bitsPerSecond">What the path carries; 0 when too much of the train was lost.</param>
    public bool TryFinish(long reportedUntil, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        if (!IsActive || reportedUntil < _first + _packets)
        {
            return false;
        }

        IsActive = false;
        if (_received >= (1 - MostLoss) * _packets)
        {
            bitsPerSecond = (_bytes - _firstBytes) * 8 * 1_000_000L / Math.Max(ShortestSpan, _lastArrival - _firstArrival);
        }

        return true;
    }

    /// <summary>Gives the train up when nothing has been heard of it for long.</summary>
    public void Tick(long now) => IsActive &= now - _startedAt < Patience;
}
