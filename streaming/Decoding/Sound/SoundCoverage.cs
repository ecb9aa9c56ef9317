namespace Xunke.Streaming.Decoding.Sound;

/// <summary>Which stretches of a room's sound came as packets. The rest is missing, not silent. All members may be called from any
/// thread.</summary>
/// <param name="rate">Samples a second.</param>
internal sealed class SoundCoverage(int rate)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long From, long To)> _stretches = [];

    /// <summary>Lost packets and a decoder's delay are no gap.</summary>
    private readonly long _slack = rate / 4;

    /// <summary>Samples up to the end of the last packet.</summary>
    public long End
    {
        get
        {
            lock (_gate)
            {
                return _stretches.Last?.Value.To ?? 0;
            }
        }
    }

    /// <summary>Packets came.</summary>
    /// <param name="from">The first sample; not before earlier packets.</param>
    /// <param name="to">The sample after the last one.</param>
    public void Add(long from, long to)
    {
        lock (_gate)
        {
            if (_stretches.Last is { } last && from - last.Value.To <= 2 * _slack)
            {
                last.Value = (last.Value.From, Math.Max(to, last.Value.To));
            }
            else
            {
                _stretches.AddLast((from, to));
            }
        }
    }

    /// <summary>What came and was not decoded is lost.</summary>
    /// <param name="at">The first sample that was not decoded.</param>
    public void ForgetFrom(long at)
    {
        lock (_gate)
        {
            while (_stretches.Last is { } last && last.Value.To > at)
            {
                if (last.Value.From < at)
                {
                    last.Value = (last.Value.From, at);
                    return;
                }

                _stretches.RemoveLast();
            }
        }
    }

    /// <summary>What a sample is. To be asked in ascending order.</summary>
    /// <param name="at">The sample.</param>
    /// <returns>Whether it came, and for how many samples from it on that is so.</returns>
    public (bool Came, long Length) Of(long at)
    {
        lock (_gate)
        {
            while (_stretches.First is { } first)
            {
                if (at < first.Value.From - _slack)
                {
                    return (false, first.Value.From - _slack - at);
                }

                if (at < first.Value.To + _slack)
                {
                    return (true, first.Value.To + _slack - at);
                }

                _stretches.RemoveFirst();
            }

            return (false, long.MaxValue);
        }
    }
}
