namespace Xunke.Streaming.Recording;

/// <summary>A track's RTP timestamps as microseconds that do not wrap around. The first one stands for itself.</summary>
/// <param name="clockRate">The RTP clock in Hz.</param>
internal sealed class RtpTimeline(int clockRate)
{
    private long _last = -1;

    /// <summary>The time of a timestamp, which lies within half the range of the one before.</summary>
    public long Microseconds(uint timestamp)
    {
        _last = _last < 0 ? timestamp : _last + (int)(timestamp - (uint)_last);
        return _last * 1_000_000 / clockRate;
    }
}
