namespace Xunke.Analytics.Seats;

/// <summary>
/// Gives those who have just stood up back to their seats (docs/behaviours.md, "Seats"). Standing up raises somebody by about as much as
/// a row does, so that a pupil who stands is seen right where the one behind sits, hides that one, and is matched to that seat, or to none.
/// What tells them apart: a seat in front is empty from one look to the next, nobody fits the seat behind, and whoever is there now shows
/// more of himself below than anybody who sits there does.
/// </summary>
internal static class StandingUp
{
    /// <summary>Looks in which an owner was not found and may have stood up since.</summary>
    private const int JustHere = 1;

    /// <summary>How far to a side somebody stands of where he sat.</summary>
    private const float Aside = 0.4f;

    /// <summary>How far the shoulders rise: 1.1 widths seen from eye level, 0.75 by a camera that looks down by 45 degrees.</summary>
    private const float LeastRise = 0.7f;

    /// <summary>With a margin for a camera at eye level.</summary>
    private const float LargestRise = 1.6f;

    /// <summary>The face rises with the shoulders; shoulders alone are those of the one behind, found together with the face in front.</summary>
    private const float LeastFaceRise = 0.45f;

    /// <summary>Shoulders of somebody upright, turned a little or partly hidden, against those of the same person at the desk.</summary>
    private const float LeastSize = 0.85f;

    /// <summary>Who stands in front of a seat shows this much more below than who sits in it behind a desk.</summary>
    private const float ShownBelow = 0.7f;

    /// <summary>How far shoulders usually are from a seat's middle, in shoulder widths.</summary>
    private const float UsualDistance = 0.15f;

    /// <summary>How far the logarithm of somebody's shoulder width usually is from that of the seat's.</summary>
    private const float UsualSizeDifference = 0.08f;

    /// <summary>From here on, in usual differences, somebody may be another than who usually sits in a place.</summary>
    private const float Unlike = 1.4f;

    /// <summary>From here on he is another, whatever is shown below.</summary>
    private const float QuiteUnlike = 4;

    /// <summary>Corrects who was matched to what; who sits in a seat that is not behind the empty one keeps it.</summary>
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

    /// <summary>How much somebody differs from who usually sits in a seat, in usual differences.</summary>
    private static float Unlikeness(Body body, Seat seat) => float.Hypot(
        float.Hypot(body.X - seat.X, body.Y - seat.Y) / seat.Scale / UsualDistance,
        MathF.Log(body.Scale / seat.Scale) / UsualSizeDifference);

    private static float Rise(Body body, Seat seat) => (seat.UprightY - body.Y) / seat.Scale;

    private static bool IsBehind(Seat seat, Seat other) => seat.Y < other.Y;
}
