using Xunke.Analytics.Seats;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Where is the teacher? (docs/behaviours.md, "Where the teacher is".) Somebody without a seat who stands: nearer to the board than the first
/// row, told by the size of the shoulders, or between the rows, told by standing above those who sit as far from the camera.
/// Not thread-safe.
/// </summary>
internal sealed class TeacherWatch
{
    /// <summary>Fewer seats say neither where the rows are nor how large who sits in them looks.</summary>
    private const int SeatsNeeded = 6;

    /// <summary>
    /// A grown-up between the first row and a camera above the board has shoulders larger than the first row's by 1.4 to 2;
    /// in the first aisle behind that row, by 1.0 to 1.1.
    /// </summary>
    private const float NearerThanFirstRow = 1.3f;

    /// <summary>From the back, a grown-up in front of the first row looks 0.75 to 0.9 times as large as who sits in it.</summary>
    private const float FartherThanFirstRow = 0.95f;

    /// <summary>
    /// How far a standing grown-up's shoulders are above those of somebody who sits in the same place: 0.4 m or 1.1 widths; that
    /// wider shoulders look nearer adds to it.
    /// </summary>
    private const float StandsAbove = 0.9f;

    /// <summary>Shoulders seen more from the side than this are narrower by half and say nothing about the distance.</summary>
    private const float SquareOn = 0.5f;

    /// <summary>Rows must differ so much in size for a line through them to mean anything.</summary>
    private const float LeastDepth = 1.15f;

    /// <summary>The share of seats beyond which the first row begins.</summary>
    private const float Rows = 0.9f;

    /// <summary>How far from where he was just now, in shoulder widths, somebody is the same.</summary>
    private const float Step = 3;

    /// <summary>The stretch of time that votes.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    /// <summary>From this interval on one look has to do.</summary>
    private static readonly TimeSpan LongInterval = TimeSpan.FromSeconds(3);

    private readonly List<(DateTimeOffset At, TeacherPlace Place, Body Body)> _looks = [];
    private TeacherPlace _place;

    /// <summary>Takes one look in and gives the place voted over the last seconds.</summary>
    /// <param name="at">When the look was taken.</param>
    /// <param name="interval">The sampling interval in force.</param>
    /// <param name="bodies">Everyone seen.</param>
    /// <param name="seats">Their seats, in the same order; null for somebody without one.</param>
    /// <param name="room">What is known about the room.</param>
    /// <param name="frameHeight">Height of the picture in pixels.</param>
    /// <param name="drawn">In which of the drawn areas somebody is; null where none are drawn.</param>
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

    /// <summary>Whether the first goes before the second: who is where the teacher was goes before who is not, then who is larger.</summary>
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
            // Which way such a one faces is not to be told: what the model says of shoulders at the edge is a guess.
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
            // The board is where the class looks: who looks there too has turned the back to the class.
            return body.Facing * room.Facing > 0 ? TeacherPlace.AtBoard : TeacherPlace.Front;
        }

        return stands ? TeacherPlace.AmongPupils : TeacherPlace.Unknown;
    }

    /// <summary>
    /// How low in the picture the shoulders of the nearest row are. A standing grown-up's face is above them, unless he is nearer to the camera than that row.
    /// </summary>
    private static float NearestRow(SeatTracker room)
    {
        float[] heights = [.. room.Seats.Select(seat => seat.Y).Order()];
        return heights[(int)(Rows * (heights.Length - 1))];
    }

    /// <summary>
    /// How high in the picture the shoulders of somebody are who sits and looks so large: points of one height above the floor lie on a
    /// line of height in the picture over size (least squares through the seats). Null where the rows are too much alike in size.
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
