namespace Xunke.Bench.Fanout;

/// <summary>Counts latencies in steps of half a millisecond up to ten seconds; not thread-safe.</summary>
internal sealed class LatencyHistogram
{
    private const double Step = 0.5;
    private const int Steps = 20_000;

    private readonly long[] _counts = new long[Steps];

    /// <summary>Latencies counted.</summary>
    public long Count { get; private set; }

    /// <summary>Counts one; what is longer than ten seconds counts as that.</summary>
    public void Add(TimeSpan latency)
    {
        _counts[Math.Clamp((int)(latency.TotalMilliseconds / Step), 0, Steps - 1)]++;
        Count++;
    }

    /// <summary>Adds what another process counted.</summary>
    public void Add(IReadOnlyDictionary<int, long> counts)
    {
        foreach ((int step, long count) in counts)
        {
            _counts[step] += count;
            Count += count;
        }
    }

    /// <summary>The steps that hold anything, to hand to another process.</summary>
    public Dictionary<int, long> Counts() =>
        Enumerable.Range(0, Steps).Where(step => _counts[step] > 0).ToDictionary(step => step, step => _counts[step]);

    /// <summary>The latency that the given share, 0 to 1, does not exceed, in milliseconds.</summary>
    public double Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count), seen = 0;
        for (int step = 0; step < Steps; step++)
        {
            seen += _counts[step];
            if (seen >= wanted)
            {
                return (step + 1) * Step;
            }
        }

        return Steps * Step;
    }
}
