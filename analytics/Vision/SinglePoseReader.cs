using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>Reads one person out of MoveNet Lightning's heads: the one whose centre is nearest to where the crop was laid.</summary>
internal static class SinglePoseReader
{
    // MoveNet's own constants: how fast a peak loses weight with its distance in cells.
    private const float CentreFalloff = 4;
    private const float JointFalloff = 1.8f;

    // The heads, by their place in ModelRecipe.SinglePose.
    private const int Centre = 0;
    private const int JointPrior = 1;
    private const int JointHeat = 2;
    private const int JointOffset = 3;

    /// <param name="expectedX">Where the centre should be, as a share of the width.</param>
    /// <param name="expectedY">Where the centre should be, as a share of the height.</param>
    public static int FindCentre(BoundModel model, float expectedX, float expectedY) =>
        FindPeak(model.Head(Centre), model, expectedY * model.Rows, expectedX * model.Columns, CentreFalloff);

    /// <summary>One joint, in pixels of the crop; the score is the heat alone.</summary>
    public static Keypoint ReadJoint(BoundModel model, int centre, Joint joint)
    {
        int plane = model.Rows * model.Columns;
        ReadOnlySpan<float> prior = model.Head(JointPrior);
        ReadOnlySpan<float> heat = model.Head(JointHeat)[((int)joint * plane)..];
        ReadOnlySpan<float> fine = model.Head(JointOffset)[(2 * (int)joint * plane)..];
        float priorY = (centre / model.Columns) + prior[(2 * (int)joint * plane) + centre];
        float priorX = (centre % model.Columns) + prior[(((2 * (int)joint) + 1) * plane) + centre];
        int found = FindPeak(heat, model, priorY, priorX, JointFalloff);
        return new Keypoint(
            ((found % model.Columns) + fine[plane + found]) * ModelRecipe.Stride,
            ((found / model.Columns) + fine[found]) * ModelRecipe.Stride,
            heat[found]);
    }

    private static int FindPeak(ReadOnlySpan<float> heat, BoundModel model, float y, float x, float falloff)
    {
        int best = 0;
        float bestScore = 0;
        int up = (int)Math.Clamp(MathF.Round(y), 0, model.Rows - 1);
        int down = up + 1;
        while (up >= 0 || down < model.Rows)
        {
            // From the middle outward; a row whose nearest cell could not win ends the search on its side.
            bool upward = down >= model.Rows || (up >= 0 && y - up <= down - y);
            int row = upward ? up-- : down++;
            if (1 / (Math.Abs(row - y) + falloff) <= bestScore)
            {
                break;
            }

            for (int column = 0; column < model.Columns; column++)
            {
                int cell = (row * model.Columns) + column;
                float score = heat[cell] / (float.Hypot(column - x, row - y) + falloff);
                if (score > bestScore)
                {
                    (best, bestScore) = (cell, score);
                }
            }
        }

        return best;
    }
}
