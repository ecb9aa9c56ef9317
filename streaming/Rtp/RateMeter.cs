namespace Xunke.Streaming.Rtp;

/// <summary>Counts packets and bytes, and the bit rate of the last whole interval.</summary>
internal sealed class RateMeter
{
    private const long Interval = 1_000_000;

    private long _intervalStart;
    private long _bytesBefore;

    public long Packets { get; private set; }

    public long Bytes { get; private set; }

    public long BitsPerSecond { get; private set; }

    public void Count(int bytes)
    {
        Packets++;
        Bytes += bytes;
    }

    /// <summary>Closes the interval when it is over.</summary>
    public void Tick(long now)
    {
        var elapsed = now - _intervalStart;
        if (elapsed >= Interval)
        {
            BitsPerSecond = (Bytes - _bytesBefore) * 8 * 1_000_000 / elapsed;
            _bytesBefore = Bytes;
            _intervalStart = now;
        }
    }
}
