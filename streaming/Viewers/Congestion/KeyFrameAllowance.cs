namespace Xunke.Streaming.Viewers.Congestion;

/// <summary>
/// How often one viewer may make the publisher send a key frame, which every other viewer pays for: at once when it has
/// been quiet, and more and more seldom while it keeps asking. Times are in microseconds.
/// </summary>
internal sealed class KeyFrameAllowance
{
    private const long ShortestSpacing = 1_000_000;
    private const long LongestSpacing = 8_000_000;

    private long _last = long.MinValue / 2;
    private long _spacing = ShortestSpacing;

    /// <summary>Takes leave to ask.</summary>
    /// <returns>False when it is too soon.</returns>
    public bool TryTake(long now)
    {
        var since = now - _last;
        if (since < _spacing)
        {
            return false;
        }

        _spacing = since < 2 * _spacing ? Math.Min(LongestSpacing, 2 * _spacing) : ShortestSpacing;
        _last = now;
        return true;
    }
}
