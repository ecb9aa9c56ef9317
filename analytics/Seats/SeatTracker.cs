using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Seats;

/// <summary>
/// Learns the seats and assigns people to them in each look (docs/behaviours.md, "Seats"). A person who stays in one place
/// and faces as the class does creates a seat; a person who walks does not. Pure and deterministic. Not thread-safe.
/// </summary>
internal sealed class SeatTracker
{
    /// <summary>Seats known at once; a full lecture room has fewer.</summary>
    public const int MaximumSeats = 100;

    private const int MaximumCandidates = 100;

    private const int HitsToFound = 3;

    /// <summary>The farthest, in shoulder widths, that looks at a new place may lie apart: more is walking.</summary>
    private const float StillEnough = 0.6f;

    /// <summary>A candidate not seen for this many looks in a row was somebody passing.</summary>
    private const int MissesToDrop = 2;

    /// <summary>While the room is new, a few looks create a seat; later, the person must stay this long.</summary>
    private static readonly TimeSpan Learning = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan StayToFoundWhileLearning = TimeSpan.FromSeconds(1.8);

    private static readonly TimeSpan StayToFound = TimeSpan.FromSeconds(8);

    /// <summary>A seat is removed after it was empty for this long.</summary>
    private static readonly TimeSpan Forgetting = TimeSpan.FromMinutes(3);

    /// <summary>A longer gap between looks counts as this much, so a stalled camera does not empty the seats.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(10);

    /// <summary>Looks in a row in which hardly anybody is in a known place, until the class counts as seated anew.</summary>
    private const int LooksToRelearn = 5;

    private const float MatchedWhenReseated = 0.34f;
    private const int PeopleToJudge = 4;

    private readonly List<Seat> _seats = [];
    private readonly List<Seat> _candidates = [];
    private readonly FacingMajority _facing = new();
    private DateTimeOffset? _lastLook;
    private TimeSpan _watched;
    private TimeSpan _learningSince;
    private int _looksAstray;

    public IReadOnlyList<Seat> Seats => _seats;

    /// <summary>Which way the class looks, from 1 (to the camera) to -1 (away from it); 0 before anybody was seen.</summary>
    public float Facing => _facing.Value;

    /// <summary>How often the room was learnt anew because people and seats no longer matched.</summary>
    public int Relearnt { get; private set; }

    /// <summary>
    /// Assigns this look's people to seats; entry i is the seat of bodies[i], or null for somebody without one.
    /// The caller must then report each seat as <see cref="Seat.Seen"/> or <see cref="Seat.Present"/>.
    /// </summary>
    /// <param name="frameHeight">Height of the picture in pixels.</param>
    public Seat?[] Match(IReadOnlyList<Body> bodies, DateTimeOffset at, int frameHeight)
    {
        Watch(at);
        _facing.Add(bodies);
        var taken = new Seat?[bodies.Count];
        SeatMatching.Assign(bodies, _seats, taken);
        StandingUp.Settle(bodies, _seats, _candidates, taken);
        if (IsReseated(bodies.Count, taken))
        {
            StartAnew();
            Relearnt++;
            Array.Clear(taken);
        }

        foreach (Seat seat in _seats)
        {
            seat.Misses += Array.IndexOf(taken, seat) < 0 ? 1 : 0;
        }

        _seats.RemoveAll(seat => _watched - seat.LastSeen > Forgetting);
        LearnCandidates(bodies, taken, frameHeight);
        return taken;
    }

    /// <summary>The tracker's own clock: time during which the room was looked at.</summary>
    public TimeSpan Watched => _watched;

    private void Watch(DateTimeOffset at)
    {
        if (_lastLook is { } last && at > last)
        {
            _watched += at - last < LongestGap ? at - last : LongestGap;
        }

        _lastLook = at;
    }

    private bool IsReseated(int people, Seat?[] taken)
    {
        int matched = taken.Count(seat => seat is not null);
        bool astray = _seats.Count >= PeopleToJudge && people >= PeopleToJudge && matched < MatchedWhenReseated * people;
        _looksAstray = astray ? _looksAstray + 1 : 0;
        return _looksAstray >= LooksToRelearn;
    }

    /// <summary>Forgets seats, for example in a corridor outside the drawn area.</summary>
    public void Drop(Predicate<Seat> unwanted)
    {
        _seats.RemoveAll(unwanted);
        _candidates.RemoveAll(unwanted);
    }

    /// <summary>Forgets all seats and learns the room as if it were new.</summary>
    public void StartAnew()
    {
        _seats.Clear();
        _candidates.Clear();
        _looksAstray = 0;
        _learningSince = _watched;
    }

    private void LearnCandidates(IReadOnlyList<Body> bodies, Seat?[] taken, int frameHeight)
    {
        var free = new List<Body>();
        for (int i = 0; i < bodies.Count; i++)
        {
            // A person facing away from the class's direction is the teacher, or walks to the board.
            // A person right beside a seated person is the same person found twice.
            // A head alone at the lower edge belongs to the teacher, right in front of the camera; a pupil so near looks the same.
            if (taken[i] is null
                && (bodies[i].HasShoulders || !bodies[i].IsCutOffBelow(frameHeight))
                && bodies[i].Facing * Facing >= -FacingMajority.Clear
                && !_seats.Exists(seat => SeatMatching.AreOne(bodies[i], seat)))
            {
                free.Add(bodies[i]);
            }
        }

        var places = new Seat?[free.Count];
        SeatMatching.AssignStrictly(free, _candidates, places);
        foreach (Seat candidate in _candidates)
        {
            candidate.Misses++;
        }

        for (int i = 0; i < free.Count; i++)
        {
            if (places[i] is { } place)
            {
                place.Seen(free[i], _watched);
            }
            else if (_candidates.Count < MaximumCandidates)
            {
                _candidates.Add(new Seat(free[i], _watched));
            }
        }

        _candidates.RemoveAll(candidate => candidate.Misses >= MissesToDrop);
        FoundSeats();
    }

    private void FoundSeats()
    {
        TimeSpan stay = _watched - _learningSince <= Learning ? StayToFoundWhileLearning : StayToFound;
        List<Seat> ready = _candidates.FindAll(candidate =>
            candidate.Hits >= HitsToFound && _watched - candidate.FirstSeen >= stay && candidate.Spread <= StillEnough);

        foreach (Seat seat in InReadingOrder(ready))
        {
            if (_seats.Count >= MaximumSeats)
            {
                break;
            }

            seat.Number = FreeNumber();
            _candidates.Remove(seat);
            _seats.Add(seat);
        }
    }

    /// <summary>Numbers the first seats in reading order: far rows first, each from the left.</summary>
    private static IEnumerable<Seat> InReadingOrder(List<Seat> seats)
    {
        var rows = new List<List<Seat>>();
        foreach (Seat seat in seats.OrderBy(seat => seat.Y))
        {
            if (rows.Count == 0 || seat.Y - rows[^1][0].Y > seat.Scale / 2)
            {
                rows.Add([]);
            }

            rows[^1].Add(seat);
        }

        return rows.SelectMany(row => row.OrderBy(seat => seat.X));
    }

    private int FreeNumber()
    {
        int number = 0;
        while (_seats.Exists(seat => seat.Number == number))
        {
            number++;
        }

        return number;
    }
}
