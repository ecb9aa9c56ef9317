namespace Xunke.Analytics.Seats;

/// <summary>A place in the room where somebody sits, as far as it is known. A place, not a child. Not thread-safe.</summary>
internal sealed class Seat
{
    /// <summary>Looks behind a seat's robust measures: long enough to outvote a stand, short enough to follow a moved chair.</summary>
    private const int Memory = 64;

    /// <summary>So many looks with the head up say how high somebody sits.</summary>
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

    /// <summary>Likewise; while sitting.</summary>
    public float Y { get; private set; }

    /// <summary>Where the shoulders' middle usually is while the head is up: a class that begins with writing must not be taken to stand when it sits up.</summary>
    public float UprightY { get; private set; }

    /// <summary>How high the face is when its owner sits up: above three quarters of the looks with the head up. Null before such a face was seen.</summary>
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

    /// <summary>How far apart the looks at this place lie, in shoulder widths; a walker's lie apart.</summary>
    public float Spread => Math.Max(_x.Range, _y.Range) / Scale;

    /// <summary>Somebody is here as usual: sitting.</summary>
    /// <param name="body">Who.</param>
    /// <param name="now">When, on the tracker's clock.</param>
    /// <param name="upright">The head is not down, as far as can be told.</param>
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

    /// <summary>Somebody is here, but not as usual (standing): the place is not learnt from this.</summary>
    public void Present(TimeSpan now)
    {
        LastSeen = now;
        Misses = 0;
    }

    /// <summary>Learns the place anew from the next looks: what was taken for unusual has become usual.</summary>
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
