namespace Xunke.Analytics.Seats;

/// <summary>
/// Returns pupils who have just stood up to their own seats (docs/behaviours.md, "Seats"). Standing up raises a pupil by about one row,
/// so a standing pupil appears where the one behind sits, hides that pupil, and is matched to that seat or to none. The signs of it: the
/// seat in front became empty since the last look, nobody fits the seat behind, and the box reaches lower than a seated pupil's.
/// </summary>
internal static class StandingUp
{
    /// <summary>Looks after which a pupil who was not found may still have stood up.</summary>
    private const int JustHere = 1;

    /// <summary>How far to a side of the seat a pupil stands.</summary>
    private const float Aside = 0.4f;

    /// <summary>How far the shoulders rise: 1.1 widths seen from eye level, 0.75 by a camera that looks down by 45 degrees.</summary>
    private const float LeastRise = 0.7f;

    /// <summary>With a margin for a camera at eye level.</summary>
    private const float LargestRise = 1.6f;

    /// <summary>The face must rise with the shoulders; shoulders alone belong to the pupil behind.</summary>
    private const float LeastFaceRise = 0.45f;

    /// <summary>Shoulders of somebody upright, turned a little or partly hidden, against those of the same person at the desk.</summary>
    private const float LeastSize = 0.85f;

    /// <summary>A person standing in front of a seat reaches this much lower than a pupil seated behind the desk.</summary>
    private const float ShownBelow = 0.7f;

    /// <summary>How far shoulders usually are from a seat's middle, in shoulder widths.</summary>
    private const float UsualDistance = 0.15f;

    /// <summary>How far the logarithm of somebody's shoulder width usually is from that of the seat's.</summary>
    private const float UsualSizeDifference = 0.08f;

    /// <summary>From this difference on, in standard differences, the person may not be the seat's usual pupil.</summary>
    private const float Unlike = 1.4f;

    /// <summary>From this difference on it is another person, however low the box reaches.</summary>
    private const float QuiteUnlike = 4;

    /// <summary>Corrects the matching; pupils whose seat is not behind an empty one keep it.</summary>
    public static void Settle(IReadOnlyList<Body> bodies, List<Seat> seats, List<Seat> candidates, Seat?[] taken)
    {
        List<Seat> empty = seats.FindAll(seat => seat.Misses <= JustHere && seat.IsUprightKnown && Array.IndexOf(taken, seat) < 0);
        var risen = new Seat?[bodies.Count];
        SeatMatching.Assign(bodies.Count, empty, risen, (body, seat) =>
            IsAbove(bodies[body], seat) && IsNobodyElse(bodies[body], taken[body], seat, seats, candidates)
                ? MathF.Abs(bodies[body].X - seat.X) / seat.Scale
                : null);
        for (int body = 0; body < risen.Length; body++)
        {
            taken[body] = risen[body] ?? taken[body];
        }
    }

    private static bool IsAbove(Body body, Seat seat) =>
        body.HasShoulders
        && MathF.Abs(body.X - seat.X) <= Aside * seat.Scale
        && Rise(body, seat) is >= LeastRise and <= LargestRise
        && seat.UprightFaceY - body.FaceY >= LeastFaceRise * seat.Scale
        && body.Scale >= LeastSize * seat.Scale;

    private static bool IsNobodyElse(Body body, Seat? matched, Seat seat, List<Seat> seats, List<Seat> candidates)
    {
        if (matched is null)
        {
            return !seats.Exists(other => IsBehind(other, seat) && Unlikeness(body, other) <= Unlike)
                && !candidates.Exists(other => other.FirstSeen <= seat.LastSeen && SeatMatching.AreOne(body, other));
        }

        float unlikeness = Unlikeness(body, matched);
        return IsBehind(matched, seat)
            && (unlikeness > QuiteUnlike || (unlikeness > Unlike && body.Bottom - matched.Bottom >= ShownBelow * matched.Scale));
    }

    /// <summary>How much a person differs from the seat's usual pupil, in standard differences.</summary>
    private static float Unlikeness(Body body, Seat seat) => float.Hypot(
        float.Hypot(body.X - seat.X, body.Y - seat.Y) / seat.Scale / UsualDistance,
        MathF.Log(body.Scale / seat.Scale) / UsualSizeDifference);

    private static float Rise(Body body, Seat seat) => (seat.UprightY - body.Y) / seat.Scale;

    private static bool IsBehind(Seat seat, Seat other) => seat.Y < other.Y;
}
