namespace Xunke.Analytics.Speech;

/// <summary>
/// Puts pieces of one voice together: agglomerative clustering by centroids, nearest first, until the nearest two are farther
/// apart than one speaker's would be.
/// </summary>
internal static class VoiceClusters
{
    /// <summary>
    /// Two clusters are two speakers from this squared distance on, for each dimension: one speaker's average 1. Beyond 4 is beyond
    /// what chance gives (chi-squared, 13 degrees of freedom).
    /// </summary>
    private const double Apart = 4;

    /// <summary>
    /// A speaker's mean moves with what is said, and does not settle however much of it is heard: the variance that is left, in
    /// pieces' variances.
    /// </summary>
    private const double Drift = 0.1;

    /// <param name="points">Points of <see cref="VoiceSpace"/>.</param>
    /// <param name="weights">How much speech is behind each; above zero.</param>
    /// <returns>The cluster of each point, numbered from 0; the one with most speech is 0.</returns>
    public static int[] Group(IReadOnlyList<double[]> points, IReadOnlyList<int> weights)
    {
        var clusters = new Cluster?[points.Count];
        for (int i = 0; i < clusters.Length; i++)
        {
            clusters[i] = new Cluster((double[])points[i].Clone(), [i]);
        }

        // Each cluster remembers its nearest among those after it, so that a merge costs one row and not the table.
        var nearest = new (int Other, double Distance)[clusters.Length];
        for (int i = 0; i < clusters.Length; i++)
        {
            nearest[i] = NearestAfter(clusters, i);
        }

        while (ClosestPair(clusters, nearest) is var (one, other) && one >= 0)
        {
            clusters[one]!.Take(clusters[other]!);
            clusters[other] = null;
            Refresh(clusters, nearest, one, other);
        }

        int[] labels = new int[points.Count];
        int number = 0;
        foreach (Cluster cluster in clusters.OfType<Cluster>()
            .OrderByDescending(cluster => cluster.Members.Sum(member => weights[member]))
            .ThenBy(cluster => cluster.Members.Min()))
        {
            cluster.Members.ForEach(member => labels[member] = number);
            number++;
        }

        return labels;
    }

    private static (int One, int Other) ClosestPair(Cluster?[] clusters, (int Other, double Distance)[] nearest)
    {
        int best = -1;
        for (int i = 0; i < clusters.Length; i++)
        {
            if (clusters[i] is not null && nearest[i].Other >= 0 && (best < 0 || nearest[i].Distance < nearest[best].Distance))
            {
                best = i;
            }
        }

        return best >= 0 && nearest[best].Distance < Apart * VoicePiece.Size ? (best, nearest[best].Other) : (-1, -1);
    }

    private static void Refresh(Cluster?[] clusters, (int Other, double Distance)[] nearest, int merged, int gone)
    {
        nearest[merged] = NearestAfter(clusters, merged);
        for (int i = 0; i < gone; i++)
        {
            if (clusters[i] is not { } cluster || i == merged)
            {
                continue;
            }

            if (nearest[i].Other == merged || nearest[i].Other == gone)
            {
                nearest[i] = NearestAfter(clusters, i);
            }
            else if (i < merged && cluster.DistanceTo(clusters[merged]!) is var distance && distance < nearest[i].Distance)
            {
                nearest[i] = (merged, distance);
            }
        }
    }

    private static (int Other, double Distance) NearestAfter(Cluster?[] clusters, int index)
    {
        (int Other, double Distance) nearest = (-1, double.PositiveInfinity);
        for (int other = index + 1; other < clusters.Length; other++)
        {
            if (clusters[other] is { } candidate && clusters[index]!.DistanceTo(candidate) is var distance && distance < nearest.Distance)
            {
                nearest = (other, distance);
            }
        }

        return nearest;
    }

    private sealed class Cluster(double[] centre, List<int> members)
    {
        public List<int> Members { get; } = members;

        public double DistanceTo(Cluster other)
        {
            double sum = 0;
            for (int i = 0; i < centre.Length; i++)
            {
                sum += Square(centre[i] - other.Centre[i]);
            }

            return sum / (1.0 / Members.Count + 1.0 / other.Members.Count + 2 * Drift);
        }

        private double[] Centre => centre;

        public void Take(Cluster other)
        {
            double share = (double)other.Members.Count / (Members.Count + other.Members.Count);
            for (int i = 0; i < centre.Length; i++)
            {
                centre[i] += share * (other.Centre[i] - centre[i]);
            }

            Members.AddRange(other.Members);
        }

        private static double Square(double value) => value * value;
    }
}
