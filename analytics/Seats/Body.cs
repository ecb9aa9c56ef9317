using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Seats;

/// <summary>
/// The few measures of a pose by which a place in the room is recognised. All in pixels of the analysed frame.
/// Left and right are the person's own, so that a person who faces the camera has the left shoulder at the right of the picture.
/// </summary>
/// <param name="X">Middle between the shoulders, or below the head where the shoulders are hidden.</param>
/// <param name="Y">Likewise.</param>
/// <param name="Scale">Shoulder width, or an estimate from the box where the shoulders are hidden; above zero.</param>
/// <param name="HasShoulders">Both shoulders were seen, and can be one person's.</param>
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
    /// The steepest slope between the shoulders. Nobody at a desk leans by more; where one joint is this much higher it is that
    /// of somebody in the row behind.
    /// </summary>
    private const float SteepestShoulders = 0.5f;

    /// <summary>The least scale; keeps divisions sane on degenerate poses.</summary>
    private const float LeastScale = 2;

    /// <summary>From here on, as a share of the picture's height, a box ends where the picture does.</summary>
    private const float LowerEdge = 0.97f;

    /// <summary>Whether the picture's lower edge cuts somebody off.</summary>
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
