namespace Xunke.Analytics.Lessons;

/// <summary>
/// Where a sequence of measurements changes its level: the split into segments with the least squared distance from their means
/// plus a penalty for each, found exactly by optimal partitioning (Jackson et al., 2005; PELT by Killick, Fearnhead and Eckley, 2012, is
/// the same with pruning, which a lesson is too short to need). The penalty is the Bayesian information criterion's; the noise is
/// estimated from the differences of neighbours, which a change of level hardly touches.
/// </summary>
internal static class ChangePoints
{
    /// <summary>Shares that move by less than this from interval to interval are taken to move by this: 5 points.</summary>
    private const double LeastNoise = 0.05;

    /// <summary>From the median absolute difference of neighbours to a standard deviation: 1 / (0.6745 x sqrt 2).</summary>
    private const double MedianDifferenceToNoise = 1.0484;

    /// <summary>Finds the first index of every segment after the first.</summary>
    /// <param name="rows">One row an interval, equally long.</param>
    /// <param name="shortest">Rows that a segment has at least.</param>
    public static int[] Find(IReadOnlyList<double[]> rows, int shortest)
    {
        if (rows.Count < 2 * shortest)
        {
            return [];
        }

        int dimensions = rows[0].Length;
        (double[][] sums, double[] squares) = Accumulate(rows, Noise(rows));
        double penalty = (dimensions + 1) * Math.Log(rows.Count);
        double[] best = new double[rows.Count + 1];
        int[] start = new int[rows.Count + 1];
        for (int end = shortest; end <= rows.Count; end++)
        {
            best[end] = double.PositiveInfinity;
            for (int from = 0; from <= end - shortest; from++)
            {
                if (from > 0 && from < shortest)
                {
                    continue;
                }

                double cost = (from == 0 ? 0 : best[from] + penalty) + Cost(sums, squares, from, end);
                if (cost < best[end])
                {
                    (best[end], start[end]) = (cost, from);
                }
            }
        }

        var changes = new List<int>();
        for (int end = start[rows.Count]; end > 0; end = start[end])
        {
            changes.Add(end);
        }

        changes.Reverse();
        return [.. changes];
    }

    private static double[] Noise(IReadOnlyList<double[]> rows)
    {
        double[] noise = new double[rows[0].Length];
        for (int column = 0; column < noise.Length; column++)
        {
            double[] differences =
                [.. Enumerable.Range(1, rows.Count - 1).Select(row => Math.Abs(rows[row][column] - rows[row - 1][column])).Order()];
            noise[column] = Math.Max(LeastNoise, MedianDifferenceToNoise * differences[differences.Length / 2]);
        }

        return noise;
    }

    private static (double[][] Sums, double[] Squares) Accumulate(IReadOnlyList<double[]> rows, double[] noise)
    {
        double[][] sums = new double[rows.Count + 1][];
        double[] squares = new double[rows.Count + 1];
        sums[0] = new double[noise.Length];
        for (int row = 0; row < rows.Count; row++)
        {
            sums[row + 1] = (double[])sums[row].Clone();
            squares[row + 1] = squares[row];
            for (int column = 0; column < noise.Length; column++)
            {
                double value = rows[row][column] / noise[column];
                sums[row + 1][column] += value;
                squares[row + 1] += value * value;
            }
        }

        return (sums, squares);
    }

    /// <summary>Squared distance of the rows from their mean.</summary>
    private static double Cost(double[][] sums, double[] squares, int from, int end)
    {
        double cost = squares[end] - squares[from];
        for (int column = 0; column < sums[0].Length; column++)
        {
            double sum = sums[end][column] - sums[from][column];
            cost -= sum * sum / (end - from);
        }

        return cost;
    }
}
