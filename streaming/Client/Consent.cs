using Xunke.Streaming.Transport;

namespace Xunke.Streaming.Client;

/// <summary>Whether the server still wants the media (RFC 7675 section 5.1), by its answers to checks.</summary>
internal sealed class Consent(long now)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private static readonly long Interval = MediaClock.Of(TimeSpan.FromSeconds(4));
    private static readonly long Retry = MediaClock.Of(TimeSpan.FromSeconds(1));
    private static readonly long LongestTick = MediaClock.Of(TimeSpan.FromSeconds(1));

    private long _given = now;
    private long _asked = now;
    private long _lastTick = now;

    /// <summary>The server has answered a check.</summary>
    public void Give(long now) => _given = now;

    /// <summary>Does what is due.</summary>
    /// <returns>False when consent has expired.</returns>
    public bool Tick(long now, out bool ask)
    {
        // A tick that comes late says that this process stood still, not that the server fell silent.
        _given += Math.Max(0, now - _lastTick - LongestTick);
        _lastTick = now;
        var isFresh = now - _given <= MediaClock.Of(Lifetime);
        ask = isFresh && now - Math.Max(_asked, _given) > (_asked > _given ? Retry : Interval);
        _asked = ask ? now : _asked;
        return isFresh;
    }
}
