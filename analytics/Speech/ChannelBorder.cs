namespace Xunke.Analytics.Speech;

/// <summary>
/// How much louder a voice is at the teacher's microphone than at the room's when it is the teacher's: the two groups into which
/// the pieces of a lesson fall, parted by Otsu's criterion.
/// </summary>
/// <param name="At">Decibels from which on the teacher speaks.</param>
/// <param name="Distance">Decibels between the groups' means.</param>
internal sealed record ChannelBorder(double At, double Distance)
{
    /// <summary>Microphones whose groups are nearer than this hear the same: no teacher's microphone.</summary>
    private const double LeastDistance = 6;

    /// <summary>The share of pieces that either group must have.</summary>
    private const double LeastShare = 0.02;

    /// <summary>Parts the pieces; null where they are one group.</summary>
    /// <param name="lead">Decibels by which each piece is louder at the teacher's microphone.</param>
    public static ChannelBorder? Find(IReadOnlyList<double> lead)
    {
        double[] sorted = [.. lead.Order()];
        double total = sorted.Sum(), below = 0, best = 0;
        ChannelBorder? border = null;
        for (int i = 1; i < sorted.Length; i++)
        {
            below += sorted[i - 1];
            double low = below / i, high = (total - below) / (sorted.Length - i), distance = high - low;
            double between = distance * distance * i * (sorted.Length - i);
            if (between > best && distance >= LeastDistance && Math.Min(i, sorted.Length - i) >= LeastShare * sorted.Length)
            {
                best = between;
                border = new ChannelBorder((low + high) / 2, distance);
            }
        }

        return border;
    }
}
