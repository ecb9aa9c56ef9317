using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Is the head down? (docs/behaviours.md, "Head up, head down".) A head that bends lowers the nose against the ears and
/// against the shoulders; the droop is the sum of both, in shoulder widths.
/// </summary>
internal static class HeadRule
{
    /// <summary>
    /// How far the nose is below the ears plus how far it is below the shoulders, in shoulder widths: about -0.3 for a head up
    /// and +0.3 for one that writes, seen from a camera above the board. Null where nose, ears or shoulders are missing.
    /// </summary>
    public static float? Droop(Pose pose, float scale)
    {
        Keypoint nose = pose[Joint.Nose], left = pose[Joint.LeftShoulder], right = pose[Joint.RightShoulder];
        if (nose.Score < Body.Seen || left.Score < Body.Seen || right.Score < Body.Seen || Ears(pose) is not { } ears)
        {
            return null;
        }

        float shoulders = (left.Y + right.Y) / 2;
        return (nose.Y - ears + nose.Y - shoulders) / scale;
    }

    private static float? Ears(Pose pose)
    {
        Keypoint left = pose[Joint.LeftEar], right = pose[Joint.RightEar];
        return (left.Score >= Body.Seen, right.Score >= Body.Seen) switch
        {
            (true, true) => (left.Y + right.Y) / 2,
            (true, false) => left.Y,
            (false, true) => right.Y,
            _ => null,
        };
    }
}
