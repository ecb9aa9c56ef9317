using System.Collections.Concurrent;

namespace Xunke.Streaming.Codecs.AccessUnits;

/// <summary>Lends access units and counts those that are out, so that a leak can be seen.</summary>
internal sealed class AccessUnitPool
{
    private const int MostKept = 256;
    private readonly ConcurrentQueue<AccessUnit> _free = new();
    private int _outstanding;

    /// <summary>Units lent and not yet returned.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Lends a unit.</summary>
    /// <param name="timestamp">Its RTP timestamp.</param>
    public AccessUnit Take(VideoCodec codec, uint timestamp)
    {
        Interlocked.Increment(ref _outstanding);
        if (!_free.TryDequeue(out var unit))
        {
            unit = new AccessUnit(this);
        }

        unit.Begin(codec, timestamp);
        return unit;
    }

    /// <summary>Takes a unit back; called by <see cref="AccessUnit.Return"/>.</summary>
    public void Put(AccessUnit unit)
    {
        Interlocked.Decrement(ref _outstanding);
        if (_free.Count < MostKept)
        {
            _free.Enqueue(unit);
        }
    }
}
