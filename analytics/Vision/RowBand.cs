namespace Xunke.Analytics.Vision;

/// <summary>Rows of a picture.</summary>
/// <param name="Top">The first, 0 or more.</param>
/// <param name="Bottom">Behind the last; more than <paramref name="Top"/>.</param>
public readonly record struct RowBand(int Top, int Bottom)
{
    public int Height => Bottom - Top;
}
