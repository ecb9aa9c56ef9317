using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Does the head lie on the desk? (docs/behaviours.md, "Head on the desk".) Face and shoulders are both far below where they
/// are when this pupil sits up, and the face is down at the shoulders. Lengths are in shoulder widths.
/// </summary>
internal static class HeadOnDeskRule
{
    /// <summary>
    /// How far the face sinks. The middle of a face that sits up is 0.40 m above the desk and 0.13 m above it when it lies on the
    /// arms: 0.8 widths, and the way forward adds 0.4 for a camera that looks down. Writing takes half of that.
    /// </summary>
    private const float FaceSinks = 0.9f;

    /// <summary>The trunk folds over the desk: shoulders sink by 0.12 m and move 0.3 m forward. In writing only the neck bends.</summary>
    private const float ShouldersSink = 0.4f;

    /// <summary>
    /// How far above the shoulders the face may still be; 0.6 when sitting up. Without this, a pupil who stood
    /// during the first looks and then sits down would count as lying on the desk.
    /// </summary>
    private const float FaceAboveShoulders = 0.3f;

    /// <summary>From this probability on the network decides alone: joints are hardly visible on a head that lies on the arms.</summary>
    private const float Sure = 0.6f;

    /// <summary>Below this probability the network rejects it.</summary>
    private const float Denied = 0.1f;

    /// <param name="network">What the network says, 0 to 1; null where the network is not used.</param>
    public static Evidence Join(Evidence joints, float? network) =>
        network >= Sure ? Evidence.Yes
        : joints == Evidence.Yes && network < Denied ? Evidence.No
        : joints;

    public static Evidence Judge(Body body, Seat seat)
    {
        if (!body.HasShoulders || body.FaceY is not { } face || seat.UprightFaceY is not { } upright || !seat.IsUprightKnown)
        {
            return Evidence.Unknown;
        }

        bool lies = (face - upright) / seat.Scale >= FaceSinks
            && (body.Y - seat.Y) / seat.Scale >= ShouldersSink
            && (body.Y - face) / seat.Scale <= FaceAboveShoulders;
        return lies ? Evidence.Yes : Evidence.No;
    }
}
