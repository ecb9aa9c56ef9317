using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Seats;

/// <summary>A place in the room where somebody sits, as far as it is known. A place, not a child. Not thread-safe.</summary>
internal sealed class Seat
{
    /// <summary>Looks behind a seat's robust measures: long enough to outvote a stand, short enough to follow a moved chair.</summary>
    private const int Memory = 64;

    /// <summary>Number of looks with the head up after which the sitting height is known.</summary>
    public const int LooksToKnow = 5;

    private readonly RecentValues _x = new(Memory);
    private readonly RecentValues _y = new(Memory);
    private readonly RecentValues _uprightY = new(Memory);
    private readonly RecentValues _faceY = new(Memory);
    private readonly RecentValues _bottom = new(Memory);
    private readonly RecentValues _scale = new(Memory);

    public Seat(Body body, TimeSpan now)
    {
        FirstSeen = now;
        Seen(body, now);
    }

    /// <summary>0 to <see cref="SeatTracker.MaximumSeats"/> - 1; -1 while the place is only a candidate.</summary>
    public int Number { get; set; } = -1;

    /// <summary>Where the shoulders' middle usually is, in pixels.</summary>
    public float X { get; private set; }

    /// <summary>Its height in the picture while sitting, in pixels.</summary>
    public float Y { get; private set; }

    /// <summary>Usual height of the shoulders with the head up, so that a class that begins by writing does not stand later.</summary>
    public float UprightY { get; private set; }

    /// <summary>Height of the face when sitting up: the upper quartile of looks with the head up. Null before such a look.</summary>
    public float? UprightFaceY { get; private set; }

    /// <summary>Looks in which somebody sat here with the head up, or with a head that could not be read.</summary>
    public int UprightHits { get; private set; }

    /// <summary>Whether <see cref="UprightY"/> and <see cref="UprightFaceY"/> say what is usual here.</summary>
    public bool IsUprightKnown => UprightHits >= LooksToKnow;

    /// <summary>Where the box usually ends below.</summary>
    public float Bottom { get; private set; }

    /// <summary>The usual shoulder width in pixels.</summary>
    public float Scale { get; private set; }

    /// <summary>Looks in which somebody sat here and was measured.</summary>
    public int Hits { get; private set; }

    /// <summary>Looks in a row without anybody here.</summary>
    public int Misses { get; set; }

    public TimeSpan FirstSeen { get; private set; }

    public TimeSpan LastSeen { get; private set; }

    /// <summary>How far apart the looks at this place lie, in shoulder widths; large for somebody who walks.</summary>
    public float Spread => Math.Max(_x.Range, _y.Range) / Scale;

    /// <summary>
    /// Where the head of who sits here is, sitting up or over the desk: a square of one and a half shoulder widths, three times a head's.
    /// </summary>
    public Box UsualHead
    {
        get
        {
            float half = 0.75f * Scale, y = Y - 0.5f * Scale;
            return new Box(X - half, y - half, X + half, y + half);
        }
    }

    /// <param name="now">When, on the tracker's clock.</param>
    public void Seen(Body body, TimeSpan now, bool upright = false)
    {
        Present(now);
        Hits++;
        _x.Add(body.X);
        _y.Add(body.Y);
        _bottom.Add(body.Bottom);
        (X, Y, Bottom) = (_x.Quantile(0.5f), _y.Quantile(0.5f), _bottom.Quantile(0.5f));
        if (upright)
        {
            UprightHits++;
            _uprightY.Add(body.Y);
            UprightY = _uprightY.Quantile(0.5f);
            if (body.FaceY is { } face)
            {
                _faceY.Add(face);
                UprightFaceY = _faceY.Quantile(0.25f);
            }
        }

        if (body.HasShoulders || _scale.Count == 0)
        {
            _scale.Add(body.Scale);
            Scale = _scale.Quantile(0.5f);
        }
    }

    /// <summary>Somebody is here but not seated as usual: nothing is learnt from this look.</summary>
    public void Present(TimeSpan now)
    {
        LastSeen = now;
        Misses = 0;
    }

    /// <summary>Learns the place anew: the unusual posture has lasted and counts as usual.</summary>
    public void Relearn()
    {
        _x.Clear();
        _y.Clear();
        _uprightY.Clear();
        _faceY.Clear();
        _bottom.Clear();
        _scale.Clear();
        (Hits, UprightHits) = (0, 0);
    }
}
