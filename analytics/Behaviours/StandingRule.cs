using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Does somebody stand at the seat? (docs/behaviours.md, "Standing".) Shoulders and face are both well above where they
/// usually are at this seat: either one alone may belong to a neighbour. Unknown until the seat has a history.
/// </summary>
internal static class StandingRule
{
    /// <summary>
    /// How far the shoulders rise, in shoulder widths. Standing up raises them by about 0.4 m, or 1.1 widths; a camera that
    /// looks down by 45 degrees still sees 0.75; sitting up straight gives 0.2.
    /// </summary>
    private const float Rise = 0.55f;

    /// <summary>The face rises as far, measured from its height when the pupil sits up.</summary>
    private const float FaceRise = 0.45f;

    /// <summary>Further rise of both that makes standing certain: sitting up, leaning and turning round stay well below.</summary>
    private const float BeyondDoubt = 0.3f;

    /// <summary>If the smaller rise misses its border by this much, the pupil is certainly seated.</summary>
    private const float WellShort = 0.2f;

    /// <param name="seats">All seats: a rise into somebody else's place is never certain.</param>
    public static Evidence Judge(Body body, Seat seat, IReadOnlyList<Seat> seats)
    {
        if (!body.HasShoulders || body.FaceY is not { } face || seat.UprightFaceY is not { } upright || !seat.IsUprightKnown)
        {
            return Evidence.Unknown;
        }

        // How far the smaller of the two rises exceeds its border.
        float beyond = Math.Min(((seat.UprightY - body.Y) / seat.Scale) - Rise, ((upright - face) / seat.Scale) - FaceRise);
        return beyond < -WellShort ? Evidence.CertainlyNot
            : beyond < 0 ? Evidence.No
            : beyond >= BeyondDoubt && SeatMatching.LooksRisenFrom(body, seat)
                && !seats.Any(other => other != seat && SeatMatching.AreOne(body, other)) ? Evidence.Certain
            : Evidence.Yes;
    }
}
