using System.Collections.Immutable;
using Xunke.Actors.Live;

namespace Xunke.Actors.Classrooms;

/// <summary>A room's last minutes in a buffer of fixed size.</summary>
/// <param name="length">How far back.</param>
internal sealed class HistoryRing(TimeSpan length)
{
    // One a second is the most that the analysis gives; a tenth more allows for its jitter.
    private readonly HistoryPoint[] _points = new HistoryPoint[(int)(length.TotalSeconds * 1.1) + 1];
    private int _head;
    private int _count;

    /// <summary>
    /// Adds the newest point; the oldest gives way. A point older than the newest empties the ring: the clock was set back.
    /// </summary>
    public void Add(HistoryPoint point)
    {
        if (_count > 0 && point.At < _points[(_head + _count - 1) % _points.Length].At)
        {
            _count = 0;
        }

        if (_count == _points.Length)
        {
            _head = (_head + 1) % _points.Length;
            _count--;
        }

        _points[(_head + _count++) % _points.Length] = point;
    }

    /// <summary>The points after an instant, oldest first, at most <paramref name="now"/> less the ring's length back.</summary>
    public ImmutableArray<HistoryPoint> Since(DateTimeOffset from, DateTimeOffset now)
    {
        var earliest = now - length;
        var start = from > earliest ? from : earliest;
        var points = ImmutableArray.CreateBuilder<HistoryPoint>(_count);
        for (var index = 0; index < _count; index++)
        {
            var point = _points[(_head + index) % _points.Length];
            if (point.At > start)
            {
                points.Add(point);
            }
        }

        return points.DrainToImmutable();
    }
}
