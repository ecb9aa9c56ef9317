namespace Xunke.Analytics.Speech;

/// <summary>
/// The space in which voices are compared. What one speaker's pieces differ by (other words, other stress) is learnt from the
/// recording itself, on neighbouring pieces without a pause between them, and divided out (within-class covariance normalisation:
/// Hatch, Kajarekar and Stolcke, 2006). There, pieces of one speaker lie about 1 apart in every direction.
/// </summary>
internal static class VoiceSpace
{
    /// <summary>How far correlations are trusted; few pairs would make some up.</summary>
    private const double CorrelationKept = 0.8;

    /// <summary>With fewer neighbours the spread within a speaker cannot be learnt; the pieces' own spread stands in for it.</summary>
    private const int NeighboursNeeded = 12;

    /// <param name="pieces">All pieces of a lesson in order.</param>
    /// <returns>One point a piece; null where a piece has no voice.</returns>
    public static double[]?[] Place(IReadOnlyList<VoicePiece> pieces)
    {
        double[,] factor = Decompose(WithinSpeaker(pieces));
        return [.. pieces.Select(piece => piece.Voice is { } voice ? Divide(factor, voice) : null)];
    }

    private static double[,] WithinSpeaker(IReadOnlyList<VoicePiece> pieces)
    {
        List<(double[] One, double[] Next)> neighbours = Neighbours(pieces, piece => piece.GoesOn);
        if (neighbours.Count < NeighboursNeeded)
        {
            neighbours = Neighbours(pieces, _ => true);
        }

        double[,] covariance = new double[VoicePiece.Size, VoicePiece.Size];
        foreach ((double[] one, double[] next) in neighbours)
        {
            for (int row = 0; row < VoicePiece.Size; row++)
            {
                for (int column = 0; column < VoicePiece.Size; column++)
                {
                    covariance[row, column] += (one[row] - next[row]) * (one[column] - next[column]) / (2 * neighbours.Count);
                }
            }
        }

        for (int row = 0; row < VoicePiece.Size; row++)
        {
            for (int column = 0; column < VoicePiece.Size; column++)
            {
                covariance[row, column] *= row == column ? 1 : CorrelationKept;
            }

            // Two neighbours of silence-like sameness must not blow a direction up.
            covariance[row, row] = Math.Max(covariance[row, row], 1e-4);
        }

        return covariance;
    }

    private static List<(double[] One, double[] Next)> Neighbours(IReadOnlyList<VoicePiece> pieces, Func<VoicePiece, bool> counts)
    {
        var neighbours = new List<(double[], double[])>();
        for (int i = 1; i < pieces.Count; i++)
        {
            if (counts(pieces[i]) && pieces[i - 1].Voice is { } one && pieces[i].Voice is { } next)
            {
                neighbours.Add((one, next));
            }
        }

        return neighbours;
    }

    /// <summary>The lower triangle whose product with its transpose is the matrix (Cholesky).</summary>
    private static double[,] Decompose(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double[,] factor = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double value = matrix[row, column];
                for (int k = 0; k < column; k++)
                {
                    value -= factor[row, k] * factor[column, k];
                }

                factor[row, column] = row == column ? Math.Sqrt(Math.Max(value, 1e-9)) : value / factor[column, column];
            }
        }

        return factor;
    }

    private static double[] Divide(double[,] factor, double[] vector)
    {
        double[] result = new double[vector.Length];
        for (int row = 0; row < vector.Length; row++)
        {
            double value = vector[row];
            for (int column = 0; column < row; column++)
            {
                value -= factor[row, column] * result[column];
            }

            result[row] = value / factor[row, row];
        }

        return result;
    }
}
