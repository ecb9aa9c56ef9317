using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Is a hand raised? (docs/behaviours.md, "Hand raised".) A raised hand has its forearm upright and is held over the head or
/// beside it; a hand on the head, at the chin or at the ear is near the face and is none. A hand belongs to one person only.
/// Lengths are in shoulder widths.
/// </summary>
internal static class HandRule
{
    /// <summary>No upper arm or forearm is longer than this; a longer one joins two people.</summary>
    private const float LongestLimb = 1.05f;

    private const float WristSeen = 0.15f;
    private const float SureScore = 0.3f;

    /// <summary>How far the wrist must be above the elbow.</summary>
    private const float Forearm = 0.3f;

    /// <summary>How far above the eyes a hand is over the head, wherever it is held.</summary>
    private const float OverHead = 0.25f;

    /// <summary>How far above the eyes a hand is certainly raised.</summary>
    private const float FarOverHead = 0.4f;

    /// <summary>How far above the shoulder a hand beside the head counts: about the chin for a camera in front.</summary>
    private const float BesideHead = 0.3f;

    /// <summary>From behind, what lies on the desk appears higher: forwards is up in the picture.</summary>
    private const float BesideHeadFromBehind = 0.5f;

    /// <summary>How far aside from the face's middle a hand is not at the face.</summary>
    private const float ClearOfFace = 0.45f;

    /// <summary>The elbow rests on the desk and the forearm is upright: it must be this long, and this steep.</summary>
    private const float UprightForearm = 0.5f;

    private const float UprightSlope = 0.6f;

    /// <summary>Wrists nearer than this are the same wrist.</summary>
    private const float OneHand = 0.35f;

    /// <summary>
    /// From this probability on the network alone decides. Scores hardly change between 0.4 and 0.8; the upper end is
    /// chosen because raised hands are rarer in lessons than in the training data.
    /// </summary>
    private const float Sure = 0.7f;

    /// <summary>From this probability on a hand that the joints certainly show stays certain.</summary>
    private const float BorneOut = 0.5f;

    /// <summary>From this probability on a hand that the joints show becomes certain. Scores do not change from 0.7 to 0.9.</summary>
    private const float BeyondDoubt = 0.8f;

    /// <summary>Up to this probability there is certainly no hand if the joints show none. Scores do not change in 0.02 to 0.1.</summary>
    private const float OutOfTheQuestion = 0.05f;

    /// <summary>Below this probability a hand that the joints show is rejected.</summary>
    private const float NotDenied = 0.2f;

    private const float FarFromOwner = 0.7f;
    private const float NearOther = 0.35f;
    private const float LongestReach = 2;

    /// <summary>
    /// Combines joints and network. The network needs a higher probability to add a hand that the joints do not show than to
    /// confirm one, because on its own it is reliable only for pictures like its training data.
    /// </summary>
    /// <param name="network">What the network says, 0 to 1; null where the network is not used.</param>
    public static Evidence Join(Evidence joints, float? network) => (joints, network) switch
    {
        (_, null) => joints,
        (Evidence.Certain, >= BorneOut) => Evidence.Certain,
        (Evidence.Certain, _) => Evidence.Yes,
        (Evidence.Yes, >= BeyondDoubt) => Evidence.Certain,
        (Evidence.Yes, >= NotDenied) => Evidence.Yes,
        (_, >= Sure) => Evidence.Yes,
        (not Evidence.Yes, <= OutOfTheQuestion) => Evidence.CertainlyNot,
        _ => Evidence.No,
    };

    /// <param name="scale">The person's shoulder width in pixels.</param>
    public static HandLook Judge(Pose pose, float scale, bool fromBehind)
    {
        if (FaceCentre.Of(pose.Keypoints.AsSpan()) is not { } face)
        {
            return default;
        }

        float eyes = EyeLevel(pose, face.Y);
        Keypoint leftWrist = pose[Joint.LeftWrist], rightWrist = pose[Joint.RightWrist];
        Evidence left = JudgeArm(pose[Joint.LeftShoulder], pose[Joint.LeftElbow], leftWrist, face.X, eyes, scale, fromBehind);
        Evidence right = JudgeArm(pose[Joint.RightShoulder], pose[Joint.RightElbow], rightWrist, face.X, eyes, scale, fromBehind);

        if (left < Evidence.Yes && right < Evidence.Yes && AreBothDown(pose))
        {
            return new HandLook(Evidence.CertainlyNot, rightWrist, 0, scale);
        }

        // Both arms lead to one wrist, which is probably a neighbour's.
        float trust = Distance(leftWrist, rightWrist) < OneHand * scale ? 0.5f : 1;
        return left > right
            ? new HandLook(left, leftWrist, trust * Math.Min(leftWrist.Score, pose[Joint.LeftElbow].Score), scale)
            : new HandLook(right, rightWrist, trust * Math.Min(rightWrist.Score, pose[Joint.RightElbow].Score), scale);
    }

    /// <summary>
    /// If two people claim one raised hand, the stronger claim keeps it and the other becomes unknown. So does a hand
    /// held over somebody else.
    /// </summary>
    public static void SettleClaims(Span<HandLook> looks, ReadOnlySpan<Body> bodies)
    {
        for (int i = 0; i < looks.Length; i++)
        {
            for (int other = 0; other < looks.Length && looks[i].Evidence >= Evidence.Yes; other++)
            {
                if (other != i && (IsOver(looks[i], bodies[i], bodies[other]) || IsWeaker(looks[i], looks[other])))
                {
                    looks[i] = default;
                }
            }
        }
    }

    /// <summary>Whether both hands are certainly down: both arms are well visible, with the hands below the shoulders.</summary>
    public static bool AreBothDown(Pose pose) => IsDown(pose, Joint.LeftShoulder) && IsDown(pose, Joint.RightShoulder);

    private static bool IsDown(Pose pose, Joint shoulderJoint)
    {
        Keypoint shoulder = pose[shoulderJoint];
        Keypoint elbow = pose[shoulderJoint + (Joint.LeftElbow - Joint.LeftShoulder)];
        Keypoint wrist = pose[shoulderJoint + (Joint.LeftWrist - Joint.LeftShoulder)];
        return Math.Min(shoulder.Score, Math.Min(elbow.Score, wrist.Score)) >= SureScore && wrist.Y > shoulder.Y;
    }

    private static bool IsWeaker(HandLook look, HandLook other) =>
        other.Evidence >= Evidence.Yes
        && look.Strength < other.Strength
        && Distance(look.Wrist, other.Wrist) < OneHand * Math.Max(look.Scale, other.Scale);

    /// <summary>The hand is far from its owner's shoulders, and within reach over or beside another person's.</summary>
    private static bool IsOver(HandLook look, Body owner, Body other)
    {
        float reach = (other.Y - look.Wrist.Y) / other.Scale;
        return other.HasShoulders
            && reach is > 0 and < LongestReach
            && FromShoulders(look.Wrist.X, owner) > FarFromOwner
            && FromShoulders(look.Wrist.X, other) < NearOther;
    }

    /// <summary>Horizontal distance from the hand to the nearer shoulder, in shoulder widths.</summary>
    private static float FromShoulders(float x, Body body) =>
        MathF.Abs(MathF.Abs(x - body.X) / body.Scale - 0.5f);

    private static Evidence JudgeArm(
        Keypoint shoulder, Keypoint elbow, Keypoint wrist, float faceX, float eyes, float scale, bool fromBehind)
    {
        if (shoulder.Score < Body.Seen || wrist.Score < WristSeen || elbow.Score < Body.Seen
            || Distance(shoulder, elbow) > LongestLimb * scale || Distance(elbow, wrist) > LongestLimb * scale)
        {
            return Evidence.Unknown;
        }

        float forearm = (elbow.Y - wrist.Y) / scale;
        if (forearm < Forearm)
        {
            return Evidence.No;
        }

        float aboveEyes = (eyes - wrist.Y) / scale;
        float aboveShoulder = (shoulder.Y - wrist.Y) / scale;
        float aside = MathF.Abs(wrist.X - faceX) / scale;
        bool sure = wrist.Score >= SureScore && elbow.Score >= SureScore;
        if (aboveEyes >= OverHead)
        {
            return sure && aboveEyes >= FarOverHead ? Evidence.Certain : Evidence.Yes;
        }

        if (aside < ClearOfFace)
        {
            return Evidence.No;
        }

        bool upright = !fromBehind
            && forearm >= UprightForearm
            && MathF.Abs(wrist.X - elbow.X) / scale <= UprightSlope * forearm
            && aboveShoulder >= 0;
        return upright || aboveShoulder >= (fromBehind ? BesideHeadFromBehind : BesideHead) ? Evidence.Yes : Evidence.No;
    }

    private static float EyeLevel(Pose pose, float faceY)
    {
        Keypoint left = pose[Joint.LeftEye], right = pose[Joint.RightEye];
        return (left.Score >= Body.Seen, right.Score >= Body.Seen) switch
        {
            (true, true) => (left.Y + right.Y) / 2,
            (true, false) => left.Y,
            (false, true) => right.Y,
            _ => faceY,
        };
    }

    private static float Distance(Keypoint a, Keypoint b) =>
        MathF.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}

/// <summary>What one look says about a person's hands.</summary>
/// <param name="Strength">The lowest joint score of the arm, 0 to 1: how certainly the wrist belongs to this person.</param>
/// <param name="Scale">The person's shoulder width in pixels.</param>
internal readonly record struct HandLook(Evidence Evidence, Keypoint Wrist, float Strength, float Scale);
