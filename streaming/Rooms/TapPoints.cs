namespace Xunke.Streaming.Rooms;

/// <summary>All rooms' tap points. Any thread may call; the lock within is held for a moment only.</summary>
internal sealed class TapPoints
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TapPoint> _points = new(StringComparer.Ordinal);

    public TapPoint Open(string roomId)
    {
        lock (_gate)
        {
            var point = GetOrAdd(roomId);
            point.HasRoom = true;
            return point;
        }
    }

    /// <summary>Forgets a room that has ended, unless somebody taps it.</summary>
    /// <returns>False when it is tapped and must be kept.</returns>
    public bool TryClose(string roomId)
    {
        lock (_gate)
        {
            if (_points.TryGetValue(roomId, out var point) && point.Taps.Length > 0)
            {
                return false;
            }

            _points.Remove(roomId);
            return true;
        }
    }

    /// <summary>Adds a tap until the result is disposed.</summary>
    public IDisposable Add(string roomId, IRtpTap tap)
    {
        lock (_gate)
        {
            var point = GetOrAdd(roomId);
            point.Add(tap);
            point.WantKeyFrame();
            return new Subscription(this, roomId, point, tap);
        }
    }

    /// <summary>Wishes for a key frame of a room, if the room is known.</summary>
    public void WantKeyFrame(string roomId)
    {
        lock (_gate)
        {
            if (_points.TryGetValue(roomId, out var point))
            {
                point.WantKeyFrame();
            }
        }
    }

    private TapPoint GetOrAdd(string roomId)
    {
        if (!_points.TryGetValue(roomId, out var point))
        {
            _points.Add(roomId, point = new TapPoint());
        }

        return point;
    }

    private void Remove(string roomId, TapPoint point, IRtpTap tap)
    {
        lock (_gate)
        {
            point.Remove(tap);
            if (!point.HasRoom && point.Taps.Length == 0)
            {
                _points.Remove(roomId);
            }
        }
    }

    private sealed class Subscription(TapPoints owner, string roomId, TapPoint point, IRtpTap tap) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                owner.Remove(roomId, point, tap);
            }
        }
    }
}
