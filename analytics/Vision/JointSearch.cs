using System.Numerics;

namespace Xunke.Analytics.Vision;

/// <summary>Where a joint was found in its heat map.</summary>
/// <param name="Score">Heat times weight, 0 to 1; 0 where there was nothing to find.</param>
internal readonly record struct JointMatch(int Row, int Column, float Score);

/// <summary>
/// Finds the cell with the greatest heat x exp(-distance^2 / variance) around where a joint is expected.
/// The weight falls apart into one factor for the row and one for the column, and heat never exceeds 1: so rows are taken
/// from the middle outward, a row at a time in vectors, until a row's own factor is below what has been found.
/// </summary>
internal sealed class JointSearch
{
    /// <summary>The variance, in cells, for each cell of the map's shorter side.</summary>
    private const float VarianceShare = 0.3f;

    private float[] _rowWeights = [];
    private float[] _columnWeights = [];

    /// <param name="heat">The map, 0 to 1, rows packed; at least a vector's length may be read past its end.</param>
    /// <param name="window">Only cells inside are taken.</param>
    public JointMatch Find(ReadOnlySpan<float> heat, int rows, int columns, float priorY, float priorX, Box window)
    {
        if (!float.IsFinite(priorY) || !float.IsFinite(priorX))
        {
            return default;
        }

        float variance = VarianceShare * Math.Min(rows, columns);
        // At this distance a weight is e^-4: whatever is found further off scores under 0.02 and means nothing.
        float reach = MathF.Ceiling(2 * MathF.Sqrt(variance));
        int top = (int)MathF.Floor(Math.Max(Math.Max(0, window.Top), priorY - reach));
        int bottom = (int)MathF.Ceiling(Math.Min(Math.Min(rows - 1, window.Bottom), priorY + reach));
        int left = (int)MathF.Floor(Math.Max(Math.Max(0, window.Left), priorX - reach));
        int right = (int)MathF.Ceiling(Math.Min(Math.Min(columns - 1, window.Right), priorX + reach));
        if (top > bottom || left > right)
        {
            return default;
        }

        Span<float> columnWeights = Weights(ref _columnWeights, left, right, priorX, variance);
        ReadOnlySpan<float> rowWeights = Weights(ref _rowWeights, top, bottom, priorY, variance);
        // The last vector of a row may reach past the window, where nothing counts.
        columnWeights[(right - left + 1)..].Clear();

        JointMatch best = default;
        int up = (int)Math.Clamp(MathF.Round(priorY), top, bottom);
        int down = up + 1;
        while (true)
        {
            float above = up >= top ? rowWeights[up - top] : 0;
            float below = down <= bottom ? rowWeights[down - top] : 0;
            float weight = Math.Max(above, below);
            if (weight <= best.Score)
            {
                return best;
            }

            int row = above >= below ? up-- : down++;
            SearchRow(heat[((row * columns) + left)..], columnWeights, weight, row, left, ref best);
        }
    }

    private static void SearchRow(
        ReadOnlySpan<float> heat, ReadOnlySpan<float> weights, float rowWeight, int row, int left, ref JointMatch best)
    {
        for (int start = 0; start < weights.Length; start += Vector<float>.Count)
        {
            Vector<float> scores = new Vector<float>(heat[start..]) * new Vector<float>(weights[start..]) * rowWeight;
            if (!Vector.GreaterThanAny(scores, new Vector<float>(best.Score)))
            {
                continue;
            }

            for (int lane = 0; lane < Vector<float>.Count; lane++)
            {
                if (scores[lane] > best.Score)
                {
                    best = new JointMatch(row, left + start + lane, scores[lane]);
                }
            }
        }
    }

    /// <summary>The factors for cells first to last, in whole vectors.</summary>
    private static Span<float> Weights(ref float[] buffer, int first, int last, float prior, float variance)
    {
        int length = (last - first + Vector<float>.Count) / Vector<float>.Count * Vector<float>.Count;
        if (buffer.Length < length)
        {
            buffer = new float[length];
        }

        for (int start = 0; start < length; start += Vector<float>.Count)
        {
            var distance = Vector.CreateSequence(first + start - prior, 1f);
            Vector.Exp(distance * distance / -variance).CopyTo(buffer, start);
        }

        return buffer.AsSpan(0, length);
    }
}
