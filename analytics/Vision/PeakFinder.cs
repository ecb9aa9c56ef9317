using System.Numerics;
using System.Runtime.InteropServices;

namespace Xunke.Analytics.Vision;

/// <summary>A cell of a heat map that no neighbour exceeds.</summary>
/// <param name="Score">Its heat, 0 to 1.</param>
internal readonly record struct Peak(float Score, int Row, int Column);

/// <summary>Finds the peaks of a heat map. Keeps its list; not thread-safe.</summary>
internal sealed class PeakFinder
{
    private const int Most = 64;

    /// <summary>A peak is the highest of the 5x5 cells around it.</summary>
    private const int Reach = 2;

    private readonly List<Peak> _peaks = [];

    /// <summary>The highest 64 peaks, highest first. Good until the next call.</summary>
    /// <param name="heat">The map, rows packed; a vector's length may be read past its end.</param>
    public ReadOnlySpan<Peak> Find(ReadOnlySpan<float> heat, int rows, int columns, float least)
    {
        var leastOfAll = new Vector<float>(least);
        _peaks.Clear();
        for (int row = 0; row < rows; row++)
        {
            for (int start = 0; start < columns; start += Vector<float>.Count)
            {
                // Nearly all of the map is empty: most of it is passed over a vector at a time.
                if (!Vector.GreaterThanOrEqualAny(new Vector<float>(heat[((row * columns) + start)..]), leastOfAll))
                {
                    continue;
                }

                int end = Math.Min(start + Vector<float>.Count, columns);
                for (int column = start; column < end; column++)
                {
                    float score = heat[(row * columns) + column];
                    if (score >= least && IsPeak(heat, rows, columns, row, column))
                    {
                        _peaks.Add(new Peak(score, row, column));
                    }
                }
            }
        }

        _peaks.Sort(static (a, b) => b.Score.CompareTo(a.Score));
        return CollectionsMarshal.AsSpan(_peaks)[..Math.Min(Most, _peaks.Count)];
    }

    private static bool IsPeak(ReadOnlySpan<float> heat, int rows, int columns, int row, int column)
    {
        float score = heat[(row * columns) + column];
        int left = Math.Max(0, column - Reach);
        int right = Math.Min(columns - 1, column + Reach);
        for (int y = Math.Max(0, row - Reach); y <= Math.Min(rows - 1, row + Reach); y++)
        {
            foreach (float other in heat[((y * columns) + left)..((y * columns) + right + 1)])
            {
                if (other > score)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
