using Xunke.Analytics.Models;

namespace Xunke.Analytics.Vision;

/// <summary>
/// The square around a person that the posture network looks at: the upper body, with room above for an arm. What the network was taught
/// depends on it: a change here asks for new weights.
/// </summary>
internal static class PostureRegion
{
    /// <summary>The square's side in shoulder widths.</summary>
    private const float Side = 3.6f;

    /// <summary>Where the shoulders are in it, from the top.</summary>
    private const float ShouldersAt = 0.58f;

    private const float SeenJoint = 0.15f;

    /// <summary>How far the nose is above the shoulders, in shoulder widths.</summary>
    private const float NoseAboveShoulders = 0.4f;

    /// <summary>The square in cells of the features for RoIAlign of ONNX opset 10, where whole numbers are cell centres.</summary>
    /// <param name="person">Somebody found, in pixels of the model's input.</param>
    public static Box Of(PersonCandidate person)
    {
        Keypoint left = person[Joint.LeftShoulder], right = person[Joint.RightShoulder], nose = person[Joint.Nose];
        float width = person.ShoulderWidth;
        (float x, float y) = left.Score >= SeenJoint && right.Score >= SeenJoint
            ? ((left.X + right.X) / 2, (left.Y + right.Y) / 2)
            : (nose.X, nose.Y + (NoseAboveShoulders * width));
        float side = Side * width;
        if (!float.IsFinite(x + y + side))
        {
            return new Box(0, 0, 1, 1);
        }

        return new Box(Cell(x - (side / 2)), Cell(y - (side * ShouldersAt)), Cell(x + (side / 2)), Cell(y + (side * (1 - ShouldersAt))));
    }

    private static float Cell(float pixel) => (pixel / ModelRecipe.Stride) - 0.5f;
}
