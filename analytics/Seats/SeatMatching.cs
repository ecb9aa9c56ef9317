namespace Xunke.Analytics.Seats;

/// <summary>
/// Assigns people to seats, cheapest pair first. Costs are distances in the seat's own shoulder widths, so that the front row
/// and the back row are judged alike. Ties go to the earlier person and seat, so that the result is deterministic.
/// </summary>
internal static class SeatMatching
{
    /// <summary>How far a seated person may lean to a side.</summary>
    private const float Aside = 0.9f;

    private const float Below = 0.9f;

    /// <summary>How far the shoulders rise when somebody stands up, with a margin for a camera at eye level.</summary>
    private const float Above = 1.6f;

    /// <summary>From this rise on a person has stood up, or sits in the row behind.</summary>
    private const float Standing = 0.5f;

    /// <summary>
    /// A pupil who stands up pulls the feet back, a little up the picture; a pupil in the row behind has the feet higher by a
    /// whole row.
    /// </summary>
    private const float FeetLifted = 0.85f;

    /// <summary>A pupil who stands up looks no smaller; a pupil in the row behind does, by about a seventh.</summary>
    private const float LeastSizeStanding = 0.95f;

    /// <summary>Rising costs less than moving away, because people rise in their seats.</summary>
    private const float RiseWeight = 0.5f;

    /// <summary>Cost of a different size: a person standing in front of a seat looks larger than the one seated in it.</summary>
    private const float SizeWeight = 0.8f;

    private const float LargestSizeCost = 0.4f;

    /// <summary>How far apart two looks at one new place may lie.</summary>
    private const float SamePlace = 0.5f;

    /// <summary>People to known seats, standing ones included.</summary>
    public static void Assign(IReadOnlyList<Body> bodies, List<Seat> seats, Seat?[] taken) =>
        Assign(bodies.Count, seats, taken, (body, seat) => SeatCost(bodies[body], seat));

    public static void AssignStrictly(IReadOnlyList<Body> bodies, List<Seat> candidates, Seat?[] taken) =>
        Assign(bodies.Count, candidates, taken, (body, place) => PlaceCost(bodies[body], place));

    /// <summary>Whether a person is close enough to a place to be the same person.</summary>
    public static bool AreOne(Body body, Seat seat) => PlaceCost(body, seat) is not null;

    /// <summary>Whether size and feet of a person above a seat fit somebody standing up in it.</summary>
    public static bool LooksRisenFrom(Body body, Seat seat) =>
        seat.Bottom - body.Bottom <= FeetLifted * seat.Scale && body.Scale >= LeastSizeStanding * seat.Scale;

    /// <summary>Assigns the cheapest pairs first; pairs without a cost are skipped.</summary>
    /// <param name="cost">Cost of a person in a seat; null where it is impossible.</param>
    public static void Assign(int bodies, List<Seat> seats, Seat?[] taken, Func<int, Seat, float?> cost)
    {
        var pairs = new List<(float Cost, int Body, int Seat)>();
        for (int body = 0; body < bodies; body++)
        {
            for (int seat = 0; seat < seats.Count; seat++)
            {
                if (cost(body, seats[seat]) is { } value)
                {
                    pairs.Add((value, body, seat));
                }
            }
        }

        pairs.Sort();
        bool[] occupied = new bool[seats.Count];
        foreach ((_, int body, int seat) in pairs)
        {
            if (taken[body] is null && !occupied[seat])
            {
                taken[body] = seats[seat];
                occupied[seat] = true;
            }
        }
    }

    private static float? SeatCost(Body body, Seat seat)
    {
        float dx = (body.X - seat.X) / seat.Scale, dy = (body.Y - seat.Y) / seat.Scale;
        if (MathF.Abs(dx) > Aside || dy > Below || dy < -Above)
        {
            return null;
        }

        if (dy < -Standing && !LooksRisenFrom(body, seat))
        {
            return null;
        }

        float rise = dy < 0 ? dy * RiseWeight : dy;
        float size = body.HasShoulders ? SizeWeight * MathF.Abs(MathF.Log(body.Scale / seat.Scale)) : 0;
        return MathF.Sqrt(dx * dx + rise * rise) + MathF.Min(size, LargestSizeCost);
    }

    private static float? PlaceCost(Body body, Seat place)
    {
        float dx = (body.X - place.X) / place.Scale, dy = (body.Y - place.Y) / place.Scale;
        float distance = MathF.Sqrt(dx * dx + dy * dy);
        return distance <= SamePlace ? distance : null;
    }
}
