namespace Xunke.Streaming.Rooms;

/// <summary>
/// When to ask a publisher for a key frame: encoders answer each request with a large picture, so there is at most one
/// per interval, except that one who has just come does not wait when the last request has been answered already.
/// </summary>
internal sealed class KeyFrameRequests
{
    private const long Interval = 500_000;

    private bool _wanted;
    private bool _urgent;
    private bool _answered = true;
    private long _lastRequest = -Interval;

    /// <summary>Requests made.</summary>
    public long Count { get; private set; }

    /// <summary>Asks for a key frame.</summary>
    /// <param name="urgent">Whether somebody has just come and sees nothing before it.</param>
    public void Want(bool urgent)
    {
        _wanted = true;
        _urgent |= urgent;
    }

    /// <summary>A key frame starts: it answers all requests.</summary>
    public void Seen()
    {
        _wanted = _urgent = false;
        _answered = true;
    }

    /// <summary>Takes a request that is due.</summary>
    public bool TryTake(long now)
    {
        if (!_wanted || (now - _lastRequest < Interval && !(_urgent && _answered)))
        {
            return false;
        }

        _wanted = _urgent = _answered = false;
        _lastRequest = now;
        Count++;
        return true;
    }
}
