using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Seats;

/// <summary>
/// Measures of a pose used to assign seats, in pixels of the analysed frame.
/// Left and right are the person's own, so that a person who faces the camera has the left shoulder at the right of the picture.
/// </summary>
/// <param name="Scale">Shoulder width, or an estimate from the box where the shoulders are hidden; above zero.</param>
/// <param name="FaceY">Height of the middle of the face; null where no face was seen.</param>
/// <param name="Bottom">Lower edge of the box: the feet, or what the model takes for them behind a desk.</param>
/// <param name="Facing">From 1 (shoulders square to the camera) through 0 (sideways, or unknown) to -1 (back to the camera).</param>
internal readonly record struct Body(float X, float Y, float Scale, bool HasShoulders, float? FaceY, float Bottom, float Facing)
{
    /// <summary>Below this a keypoint's position means nothing.</summary>
    public const float Seen = 0.15f;

    /// <summary>Typical distance from the middle of the face down to the shoulders, in shoulder widths.</summary>
    private const float FaceToShoulders = 0.4f;

    /// <summary>Shoulder width over the height of the box of somebody sitting at a desk; a rough stand-in.</summary>
    private const float ScaleOfBoxHeight = 0.3f;

    /// <summary>
    /// The steepest slope between the shoulders. Nobody at a desk leans further; a joint that is
    /// higher than this belongs to the row behind.
    /// </summary>
    private const float SteepestShoulders = 0.5f;

    /// <summary>Smallest scale; avoids division by nearly zero on degenerate poses.</summary>
    private const float LeastScale = 2;

    /// <summary>A box that ends below this share of the picture's height is cut off by the edge.</summary>
    private const float LowerEdge = 0.97f;

    /// <param name="frameHeight">Height of the picture in pixels.</param>
    public bool IsCutOffBelow(int frameHeight) => Bottom >= LowerEdge * frameHeight;

    public static Body Of(Pose pose)
    {
        Keypoint left = pose[Joint.LeftShoulder], right = pose[Joint.RightShoulder];
        (float X, float Y)? face = FaceCentre.Of(pose.Keypoints.AsSpan());
        float boxScale = Math.Max(LeastScale, ScaleOfBoxHeight * pose.Box.Height);
        float across = MathF.Max(MathF.Abs(left.X - right.X), boxScale);
        if (left.Score >= Seen && right.Score >= Seen && MathF.Abs(left.Y - right.Y) <= SteepestShoulders * across)
        {
            // A person seen from the side has next to no shoulder width; the box bounds the scale from below.
            float width = MathF.Max(MathF.Sqrt(Square(left.X - right.X) + Square(left.Y - right.Y)), boxScale / 2);
            return new Body(
                (left.X + right.X) / 2,
                (left.Y + right.Y) / 2,
                width,
                HasShoulders: true,
                face?.Y,
                pose.Box.Bottom,
                Math.Clamp((left.X - right.X) / width, -1, 1));
        }

        (float x, float y) = face ?? ((pose.Box.Left + pose.Box.Right) / 2, pose.Box.Top);
        return new Body(x, y + FaceToShoulders * boxScale, boxScale, HasShoulders: false, face?.Y, pose.Box.Bottom, 0);
    }

    private static float Square(float value) => value * value;
}
