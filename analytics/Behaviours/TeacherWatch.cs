using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Where is the teacher? (docs/behaviours.md, "Where the teacher is".) The teacher is a standing person without a seat:
/// in front of the first row (by the size of the shoulders), or between the rows (taller than those seated at the same distance).
/// Not thread-safe.
/// </summary>
internal sealed class TeacherWatch
{
    /// <summary>With fewer seats, neither the rows nor the pupils' usual size are known.</summary>
    private const int SeatsNeeded = 6;

    /// <summary>
    /// A grown-up between the first row and a camera above the board has shoulders larger than the first row's by 1.4 to 2;
    /// in the first aisle behind that row, by 1.0 to 1.1.
    /// </summary>
    private const float NearerThanFirstRow = 1.3f;

    /// <summary>From the back, a grown-up in front of the first row looks 0.75 to 0.9 times as large as the pupils in it.</summary>
    private const float FartherThanFirstRow = 0.95f;

    /// <summary>
    /// How far a standing adult's shoulders are above those of a pupil seated in the same place: 0.4 m or 1.1 widths, and
    /// more because wider shoulders look nearer.
    /// </summary>
    private const float StandsAbove = 0.9f;

    /// <summary>Shoulders seen more from the side than this are narrower by half and say nothing about the distance.</summary>
    private const float SquareOn = 0.5f;

    /// <summary>The rows must differ in size by this much to fit a line through them.</summary>
    private const float LeastDepth = 1.15f;

    /// <summary>The share of seats beyond which the first row begins.</summary>
    private const float Rows = 0.9f;

    /// <summary>A person this near to the teacher's last position is the teacher, in shoulder widths.</summary>
    private const float Step = 3;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongInterval = TimeSpan.FromSeconds(3);

    private readonly List<(DateTimeOffset At, TeacherPlace Place, Body Body)> _looks = [];
    private TeacherPlace _place;

    /// <summary>Takes one look in and gives the place voted over the last seconds.</summary>
    /// <param name="seats">Their seats, in the same order; null for somebody without one.</param>
    /// <param name="frameHeight">Height of the picture in pixels.</param>
    /// <param name="drawn">The drawn area that a point lies in; null where none is drawn.</param>
    public TeacherPlace Look(
        DateTimeOffset at, TimeSpan interval, Body[] bodies, Seat?[] seats, SeatTracker room, int frameHeight, Func<Body, RoomPlace?> drawn)
    {
        _looks.RemoveAll(look => at - look.At >= Window || look.At >= at);
        if (room.Seats.Count >= SeatsNeeded && MathF.Abs(room.Facing) >= FacingMajority.Clear)
        {
            (TeacherPlace Place, Body Body)? best = null;
            for (int i = 0; i < bodies.Length; i++)
            {
                if (seats[i] is null
                    && PlaceOf(bodies[i], room, frameHeight, drawn(bodies[i])) is var place and not TeacherPlace.Unknown
                    && (best is not { } other || Goes(bodies[i], other.Body)))
                {
                    best = (place, bodies[i]);
                }
            }

            if (best is { } seen)
            {
                _looks.Add((at, seen.Place, seen.Body));
            }
        }

        return _place = Vote(interval);
    }

    /// <summary>Orders candidates: those at the teacher's last position first, then by size.</summary>
    private bool Goes(Body one, Body other)
    {
        bool near = IsWhereHeWas(one), otherNear = IsWhereHeWas(other);
        return near == otherNear ? one.Scale > other.Scale : near;
    }

    private bool IsWhereHeWas(Body body) => _looks.Count > 0
        && float.Hypot(body.X - _looks[^1].Body.X, body.Y - _looks[^1].Body.Y) < Step * body.Scale;

    private static TeacherPlace PlaceOf(Body body, SeatTracker room, int frameHeight, RoomPlace? drawn)
    {
        bool cameraInFront = room.Facing > 0;
        if (drawn == RoomPlace.Outside)
        {
            return TeacherPlace.Unknown;
        }

        if (cameraInFront && body.IsCutOffBelow(frameHeight) && body.FaceY > NearestRow(room))
        {
            // A person cut off by the edge has no reliable facing: the model guesses the shoulders.
            return TeacherPlace.Front;
        }

        if (!body.HasShoulders || MathF.Abs(body.Facing) < SquareOn)
        {
            return TeacherPlace.Unknown;
        }

        float[] scales = [.. room.Seats.Select(seat => seat.Scale).Order()];
        float firstRow = scales[(int)((cameraInFront ? Rows : 1 - Rows) * (scales.Length - 1))];
        bool inFront = cameraInFront ? body.Scale >= NearerThanFirstRow * firstRow : body.Scale <= FartherThanFirstRow * firstRow;
        bool stands = SeatedHeight(body.Scale, room, scales[^1] / scales[0]) is { } seated && (seated - body.Y) / body.Scale >= StandsAbove;
        if (drawn is { } area ? area == RoomPlace.Front : inFront && (cameraInFront || stands))
        {
            // The class faces the board, so a teacher who faces the same way has turned to the board.
            return body.Facing * room.Facing > 0 ? TeacherPlace.AtBoard : TeacherPlace.Front;
        }

        return stands ? TeacherPlace.AmongPupils : TeacherPlace.Unknown;
    }

    /// <summary>
    /// Height in the picture of the nearest row's shoulders. A standing adult's face is above it, unless nearer to the camera.
    /// </summary>
    private static float NearestRow(SeatTracker room)
    {
        float[] heights = [.. room.Seats.Select(seat => seat.Y).Order()];
        return heights[(int)(Rows * (heights.Length - 1))];
    }

    /// <summary>
    /// Expected height in the picture of a seated person's shoulders at this size: a line fitted to the seats by least squares.
    /// Null where the rows do not differ enough in size.
    /// </summary>
    private static float? SeatedHeight(float scale, SeatTracker room, float depth)
    {
        if (depth < LeastDepth)
        {
            return null;
        }

        float meanScale = room.Seats.Average(seat => seat.Scale), meanY = room.Seats.Average(seat => seat.Y);
        float both = room.Seats.Sum(seat => (seat.Scale - meanScale) * (seat.Y - meanY));
        float alone = room.Seats.Sum(seat => (seat.Scale - meanScale) * (seat.Scale - meanScale));
        return meanY + (both / alone * (scale - meanScale));
    }

    private TeacherPlace Vote(TimeSpan interval)
    {
        int needed = interval < LongInterval ? 2 : 1;
        if (_looks.Count < needed)
        {
            return _looks.Count == 0 ? TeacherPlace.Unknown : _place;
        }

        // A tie leaves things as they are.
        IGrouping<TeacherPlace, TeacherPlace> most = _looks.Select(look => look.Place).GroupBy(place => place)
            .OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key == _place).First();
        return most.Count() >= needed ? most.Key : _place;
    }
}
