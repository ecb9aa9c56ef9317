using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Does somebody stand at the seat? (docs/behaviours.md, "Standing".) Shoulders and face are both well above where they
/// usually are at this seat: one alone may be a neighbour's. Without such history there is no answer.
/// </summary>
internal static class StandingRule
{
    /// <summary>
    /// How far the shoulders rise, in shoulder widths. Standing up raises them by about 0.4 m, or 1.1 widths; a camera that
    /// looks down by 45 degrees still sees 0.75; sitting up straight gives 0.2.
    /// </summary>
    private const float Rise = 0.55f;

    /// <summary>The face rises as far, but is measured from where it is when its owner already sits up.</summary>
    private const float FaceRise = 0.45f;

    /// <summary>Both rise by this much more where somebody stands beyond doubt: nobody who sits up, leans or turns round comes near it.</summary>
    private const float BeyondDoubt = 0.3f;

    /// <summary>Where the lesser rise is short of its border by this much, somebody sits: who stands never looks so.</summary>
    private const float WellShort = 0.2f;

    /// <summary>Judges one look.</summary>
    /// <param name="body">Who is seen.</param>
    /// <param name="seat">The seat in which that one is seen.</param>
    /// <param name="seats">All seats: where somebody else sits, a rise is never beyond doubt.</param>
    public static Evidence Judge(Body body, Seat seat, IReadOnlyList<Seat> seats)
    {
        if (!body.HasShoulders || body.FaceY is not { } face || seat.UprightFaceY is not { } upright || !seat.IsUprightKnown)
        {
            return Evidence.Unknown;
        }

        // By how much the lesser of the two is beyond its border.
        float beyond = Math.Min(((seat.UprightY - body.Y) / seat.Scale) - Rise, ((upright - face) / seat.Scale) - FaceRise);
        return beyond < -WellShort ? Evidence.CertainlyNot
            : beyond < 0 ? Evidence.No
            : beyond >= BeyondDoubt && SeatMatching.LooksRisenFrom(body, seat) && !seats.Any(other => other != seat && SeatMatching.AreOne(body, other)) ? Evidence.Certain
            : Evidence.Yes;
    }
}
