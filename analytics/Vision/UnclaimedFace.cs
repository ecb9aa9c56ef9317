using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>A nose in the heat map that belongs to no one found yet, and the search for the body that expects it there.</summary>
internal static class UnclaimedFace
{
    /// <summary>A nose below this is no reason to look for a body.</summary>
    public const float LeastHeat = 0.12f;

    /// <summary>Lowest centre score, weighted by distance from the nose: half of a peak's, since the face is evidence too.</summary>
    private const float LeastVote = 0.09f;

    /// <summary>How far the expected nose may lie from the seen one, in cells.</summary>
    private const float Spread = 2;

    /// <summary>A centre lies below its nose, no further off than this in cells; a nearer person than that is not hidden.</summary>
    private const int Below = 40;
    private const int Above = 4;
    private const int Beside = 20;

    private const float SeenJoint = 0.1f;

    /// <summary>A nose this near to someone's face is his, in shoulder widths.</summary>
    private const float FaceReach = 0.4f;

    /// <summary>Whether the nose lies within the face of someone found.</summary>
    public static bool IsClaimed(Peak nose, List<PersonCandidate> people)
    {
        float x = nose.Column * ModelRecipe.Stride;
        float y = nose.Row * ModelRecipe.Stride;
        foreach (PersonCandidate person in people)
        {
            float reach = FaceReach * person.ShoulderWidth;
            for (Joint joint = Joint.Nose; joint <= Joint.RightEar; joint++)
            {
                Keypoint keypoint = person[joint];
                if (keypoint.Score >= SeenJoint && float.Hypot(keypoint.X - x, keypoint.Y - y) < reach)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The cell with the best centre score whose expected nose is near the visible one; null if there is none.</summary>
    /// <param name="priors">The regressed joints; the first two planes are the nose's row and column.</param>
    public static Peak? FindCentre(ReadOnlySpan<float> centres, ReadOnlySpan<float> priors, int rows, int columns, Peak nose)
    {
        Peak? best = null;
        float bestVote = LeastVote;
        int plane = rows * columns;
        for (int row = Math.Max(0, nose.Row - Above); row <= Math.Min(rows - 1, nose.Row + Below); row++)
        {
            for (int column = Math.Max(0, nose.Column - Beside); column <= Math.Min(columns - 1, nose.Column + Beside); column++)
            {
                int cell = (row * columns) + column;
                float centre = centres[cell];
                if (centre <= bestVote)
                {
                    continue;
                }

                float y = row + priors[cell] - nose.Row;
                float x = column + priors[plane + cell] - nose.Column;
                float vote = centre * MathF.Exp(-((x * x) + (y * y)) / (Spread * Spread));
                if (vote > bestVote)
                {
                    bestVote = vote;
                    best = new Peak(centre, row, column);
                }
            }
        }

        return best;
    }
}
