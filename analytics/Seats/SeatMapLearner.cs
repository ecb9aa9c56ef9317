using System.Collections.Immutable;

namespace Xunke.Analytics.Seats;

/// <summary>
/// Draws a room's seat map in the first minutes that it is watched (docs/behaviours.md, "Areas"): a first one soon, so that
/// there is something to look at, and one that stays. Starts anew with the tracker. Not thread-safe.
/// </summary>
internal sealed class SeatMapLearner
{
    private const int FewestSeats = 3;

    /// <summary>Cells in which people without a seat are counted: 26 by 26 pixels of the usual frame.</summary>
    private const int Columns = 32, Rows = 18;

    /// <summary>A cell in which somebody was seen less often was passed through, or a false find.</summary>
    private const int FewestLooks = 3;
    private const double LeastShareOfLooks = 0.01;

    /// <summary>Room around a seat, in shoulder widths: as far as its owner leans, stands up and slumps.</summary>
    private const float Aside = 1, Above = 1.6f, Below = 0.9f;

    /// <summary>Room around where a teacher was seen, in the teacher's shoulder widths: a step aside, and less in depth.</summary>
    private const float StepAside = 1, StepInDepth = 0.5f;

    /// <summary>The row of seats nearest to the front begins here, counted over the seats.</summary>
    private const double NearestSeats = 0.75;

    private static readonly TimeSpan SeatsKnown = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Final = TimeSpan.FromMinutes(3);

    private readonly int[] _walks = new int[Columns * Rows];
    private TimeSpan? _since;
    private int _looks;
    private int _walkers;
    private float _walkerScales;
    private int _relearnt;
    private bool _moved;
    private bool _first;
    private bool _settled;

    public void StartAnew(bool cameraMoved = false)
    {
        Array.Clear(_walks);
        (_since, _looks, _moved, _first, _settled) = (null, 0, cameraMoved, false, false);
        (_walkers, _walkerScales) = (0, 0);
    }

    /// <param name="width">Width of the frame in pixels.</param>
    /// <param name="height">Height of the frame in pixels.</param>
    public SeatMap? Look(SeatTracker tracker, Body[] bodies, Seat?[] seats, int width, int height)
    {
        if (tracker.Relearnt != _relearnt)
        {
            _relearnt = tracker.Relearnt;
            StartAnew(cameraMoved: _moved && !_settled);
        }

        // The time counts from when a class is there.
        _since ??= tracker.Seats.Count >= FewestSeats ? tracker.Watched : null;
        if (_settled || tracker.Watched - _since is not { } learning || learning < SeatsKnown)
        {
            return null;
        }

        CountWalkers(tracker, bodies, seats, width, height);
        bool final = learning >= Final;
        if ((_first && !final) || learning < First || tracker.Seats.Count < FewestSeats)
        {
            return null;
        }

        (_first, _settled) = (true, final);
        return Draw(tracker, width, height);
    }

    private void CountWalkers(SeatTracker tracker, Body[] bodies, Seat?[] seats, int width, int height)
    {
        _looks++;
        for (int i = 0; i < bodies.Length; i++)
        {
            // A person right beside a seated person is the same person found twice.
            if (seats[i] is null && !tracker.Seats.Any(seat => SeatMatching.AreOne(bodies[i], seat)))
            {
                int column = Math.Clamp((int)(bodies[i].X / width * Columns), 0, Columns - 1);
                int row = Math.Clamp((int)(bodies[i].Y / height * Rows), 0, Rows - 1);
                _walks[row * Columns + column]++;
                _walkers++;
                _walkerScales += bodies[i].Scale;
            }
        }
    }

    private SeatMap? Draw(SeatTracker tracker, int width, int height)
    {
        ImmutableArray<SeatPlace> places =
        [
            .. tracker.Seats.OrderBy(seat => seat.Number).Select(seat => new SeatPlace(
                Math.Round(Math.Clamp(seat.X / width, 0, 1), 4),
                Math.Round(Math.Clamp(seat.Y / height, 0, 1), 4),
                Math.Round(seat.Scale / width, 4))),
        ];
        Area? pupils = AreaFit.Around([.. tracker.Seats.SelectMany(seat => Around(seat, width, height))]);
        return pupils is null ? null
            : new SeatMap(places, new RoomAreas(pupils, AreaFit.Around(Walked(tracker, pupils, width, height))), _settled, _moved);
    }

    private static IEnumerable<AreaPoint> Around(Seat seat, int width, int height)
    {
        double left = (seat.X - Aside * seat.Scale) / width, right = (seat.X + Aside * seat.Scale) / width;
        double top = (seat.Y - Above * seat.Scale) / height, bottom = (seat.Y + Below * seat.Scale) / height;
        return [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];
    }

    /// <summary>
    /// The corners of the cells at the front in which somebody moved. The front is where a class looks: towards a camera that it
    /// faces, which is down the picture, and otherwise away from it.
    /// </summary>
    private List<AreaPoint> Walked(SeatTracker tracker, Area pupils, int width, int height)
    {
        double scale = _walkerScales / Math.Max(1, _walkers), aside = StepAside * scale / width, inDepth = StepInDepth * scale / height;
        double[] depths = [.. tracker.Seats.Select(seat => (double)seat.Y / height).Order()];
        bool faced = tracker.Facing >= 0;
        double nearest = depths[(int)((faced ? NearestSeats : 1 - NearestSeats) * (depths.Length - 1))];
        double fewest = Math.Max(FewestLooks, LeastShareOfLooks * _looks);
        var corners = new List<AreaPoint>();
        for (int cell = 0; cell < _walks.Length; cell++)
        {
            double x = (double)(cell % Columns) / Columns, y = (double)(cell / Columns) / Rows;
            double middleX = x + 0.5 / Columns, middleY = y + 0.5 / Rows;
            bool atFront = faced ? middleY >= nearest : middleY <= nearest;
            if (_walks[cell] >= fewest && atFront && !pupils.Contains(middleX, middleY))
            {
                double left = x - aside, right = x + 1.0 / Columns + aside, top = y - inDepth, bottom = y + 1.0 / Rows + inDepth;
                corners.AddRange([new(left, top), new(right, top), new(right, bottom), new(left, bottom)]);
            }
        }

        return corners;
    }
}
