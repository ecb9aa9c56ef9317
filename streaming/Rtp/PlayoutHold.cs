namespace Xunke.Streaming.Rtp;

/// <summary>
/// For how long a player is told to hold pictures. Chromium follows a new lower limit with its next picture
/// (webrtc.org, VCMTiming::RenderTime): a limit that rose by 200 ms at once would freeze the picture for as long, so it rises slowly.
/// </summary>
internal sealed class PlayoutHold
{
    // Microseconds a second. At 15 pictures a second each stays 80 instead of 67 ms; where every other one is missing,
    // 160 ms, which is not yet seen as a halt.
    private const long Rise = 200_000;

    private long _held;
    private long _since = long.MinValue;

    /// <summary>Follows the lateness of packets; call often.</summary>
    /// <param name="lateness">How late packets come, in microseconds.</param>
    /// <param name="now">On the media clock; the hold begins at nothing with the first call.</param>
    /// <returns>For how long to hold pictures, in microseconds.</returns>
    public long Follow(long lateness, long now)
    {
        var most = _since == long.MinValue ? 0 : _held + ((now - _since) * Rise / 1_000_000);
        (_held, _since) = (Math.Min(lateness, most), now);
        return _held;
    }
}
