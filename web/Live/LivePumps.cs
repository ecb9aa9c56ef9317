namespace Xunke.Web.Live;

/// <summary>The connections' pumps, for whoever watches the server: how many there are and what they have done in all.</summary>
internal sealed class LivePumps
{
    private readonly Lock _gate = new();
    private readonly HashSet<LivePump> _pumps = [];
    private long _sentBefore;
    private long _stalled;

    /// <summary>How many connections there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pumps.Count;
            }
        }
    }

    /// <summary>Views sent to all connections that there have been.</summary>
    public long Sent
    {
        get
        {
            lock (_gate)
            {
                return _sentBefore + _pumps.Sum(pump => pump.Sent);
            }
        }
    }

    /// <summary>Connections that were cut because they took nothing any more.</summary>
    public long Stalled
    {
        get
        {
            lock (_gate)
            {
                return _stalled;
            }
        }
    }

    /// <summary>A connection has come.</summary>
    public void Add(LivePump pump)
    {
        lock (_gate)
        {
            _pumps.Add(pump);
        }
    }

    /// <summary>A connection has gone.</summary>
    public void Remove(LivePump pump)
    {
        lock (_gate)
        {
            if (_pumps.Remove(pump))
            {
                _sentBefore += pump.Sent;
                _stalled += pump.HasStalled ? 1 : 0;
            }
        }
    }
}
