using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Is the head down? (docs/behaviours.md, "Head up, head down".) A head that bends lowers the nose against the ears and
/// against the shoulders; the droop is the sum of both, in shoulder widths.
/// </summary>
internal static class HeadRule
{
    /// <summary>Ears farther apart in height belong to two heads.</summary>
    private const float SteepestEars = 0.5f;

    /// <summary>How sure, from 0 to 1, the network must be where it is the only witness.</summary>
    private const float SureAlone = 0.6f;

    /// <summary>Weight of the network's answer, in shoulder widths.</summary>
    private const float NetworkWeight = 0.3f;

    private const float UsualDepression = 0.28f;
    private const float DroopPerRadian = 0.8f;

    /// <summary>
    /// How far the nose is below the ears plus how far it is below the shoulders, in shoulder widths: about -0.3 for a head up
    /// and +0.3 for one that writes, seen from a camera above the board. Null where nose, ears or shoulders are missing.
    /// </summary>
    /// <param name="scale">The person's shoulder width in pixels.</param>
    public static float? Droop(Pose pose, Body body, float scale)
    {
        Keypoint nose = pose[Joint.Nose];
        return nose.Score >= Body.Seen && body.HasShoulders && Ears(pose, scale) is { } ears
            ? (nose.Y - ears + nose.Y - body.Y) / scale
            : null;
    }

    /// <summary>
    /// Combines joints and network: the distance from the border between up (negative) and down (positive), in shoulder widths.
    /// Null where the joints were not seen and the network is unsure.
    /// </summary>
    /// <param name="joints">What the joints say; null where they were not seen.</param>
    /// <param name="network">The network's probability of a head down, 0 to 1; null where it is not used.</param>
    public static float? Join(float? joints, float? network)
    {
        if (network is not { } down)
        {
            return joints;
        }

        float word = (2 * down) - 1;
        return joints is null && MathF.Abs(word) < SureAlone ? null : (joints ?? 0) + (NetworkWeight * word);
    }

    /// <summary>
    /// How much more a head in this seat seems to droop than one in the middle of the room, because the camera looks down on
    /// it more steeply. The angle below the horizon grows as the size does, both being inverse to the distance; about the
    /// horizon's angle of a usual mount (16 degrees) and a face 0.7 widths in front of ears and shoulders, the droop grows by
    /// 0.8 a radian.
    /// </summary>
    public static float Perspective(float scale, float usualScale) =>
        UsualDepression * DroopPerRadian * (Math.Clamp(scale / usualScale, 0.5f, 2) - 1);

    private static float? Ears(Pose pose, float scale)
    {
        Keypoint left = pose[Joint.LeftEar], right = pose[Joint.RightEar];
        return (left.Score >= Body.Seen, right.Score >= Body.Seen) switch
        {
            (true, true) => MathF.Abs(left.Y - right.Y) <= SteepestEars * scale ? (left.Y + right.Y) / 2 : null,
            (true, false) => left.Y,
            (false, true) => right.Y,
            _ => null,
        };
    }
}
