namespace Xunke.Analytics.Seats;

/// <summary>The last values of a measure; an outlier moves a quantile by one rank at most. Not thread-safe.</summary>
internal sealed class RecentValues(int capacity)
{
    private readonly float[] _values = new float[capacity];
    private readonly float[] _sorted = new float[capacity];
    private int _next;

    public int Count { get; private set; }

    public void Add(float value)
    {
        _values[_next] = value;
        _next = (_next + 1) % _values.Length;
        Count = Math.Min(Count + 1, _values.Length);
    }

    public void Clear() => Count = _next = 0;

    /// <summary>From the least to the greatest value; there must be at least one.</summary>
    public float Range => Quantile(1) - Quantile(0);

    /// <summary>The value below which the given share lies; there must be at least one value.</summary>
    public float Quantile(float share)
    {
        Array.Copy(_values, _sorted, Count);
        Array.Sort(_sorted, 0, Count);
        return _sorted[Math.Min(Count - 1, (int)(share * Count))];
    }
}
