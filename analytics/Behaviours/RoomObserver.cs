using System.Collections.Immutable;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Behaviours;

/// <summary>
/// Follows one room: turns the poses of each look into seats and behaviours. Learns the seats and the camera's view as it
/// goes. Pure and deterministic: the same poses at the same times give the same samples, live or from a file.
/// Not thread-safe.
/// </summary>
public sealed class RoomObserver
{
    private readonly SeatTracker _tracker = new();
    private readonly HeadCalibration _heads = new();
    private readonly ViewQuality _view = new();
    private readonly NeighbourTalk _talk = new();
    private readonly PostureWitness _witness = new();
    private readonly SeatMapLearner _learner = new();
    private readonly TeacherWatch _teacher = new();
    private readonly Dictionary<Seat, SeatedPerson> _people = [];

    /// <summary>
    /// The areas that an administrator has drawn. Null: none; then everyone who stays in a place gets a seat.
    /// May change between looks: seats outside the new areas are forgotten with the next one.
    /// </summary>
    public RoomAreas? Areas { get; set; }

    public SeatMap? NewSeatMap { get; private set; }

    /// <summary>Forgets the seats and learns the room as if it were new.</summary>
    public void Relearn()
    {
        _tracker.StartAnew();
        _learner.StartAnew();
    }

    /// <param name="at">When the picture was taken; later than that of the look before.</param>
    /// <param name="frameWidth">Width of the analysed frame in pixels.</param>
    /// <param name="frameHeight">Height of the analysed frame in pixels.</param>
    /// <param name="tamper">What is wrong with the picture; after a moved camera the seats are learnt anew.</param>
    public BehaviourSample Observe(
        DateTimeOffset at, TimeSpan interval, int frameWidth, int frameHeight, IReadOnlyList<Pose> poses, Tamper tamper = Tamper.None)
    {
        ArgumentNullException.ThrowIfNull(poses);
        if (tamper == Tamper.Moved)
        {
            _tracker.StartAnew();
            _learner.StartAnew(cameraMoved: true);
        }

        Body[] bodies = [.. poses.Select(Body.Of)];
        Seat?[] seats = Seats(bodies, at, frameWidth, frameHeight);
        float?[] droops = Droops(poses, bodies, seats);
        HandLook[] hands = Hands(poses, bodies, seats);
        for (int i = 0; i < poses.Count; i++)
        {
            _witness.Learn(poses[i], bodies[i], droops[i] - _heads.Threshold);
        }

        var observed = new List<ObservedPerson>(poses.Count);
        for (int i = 0; i < poses.Count; i++)
        {
            ObservedPerson person = seats[i] is { } seat
                ? Judge(at, interval, poses[i], bodies[i], seat, new LookEvidence(
                    HandRule.Join(hands[i].Evidence, Hear(poses[i]).HandRaised),
                    _view.FromBehind ? null : HeadRule.Join(droops[i] - _heads.Threshold, Hear(poses[i]).HeadDown),
                    StandingRule.Judge(bodies[i], seat, _tracker.Seats),
                    _view.FromBehind
                        ? Evidence.Unknown
                        : HeadOnDeskRule.Join(HeadOnDeskRule.Judge(bodies[i], seat), Hear(poses[i]).HeadOnDesk)))
                : new ObservedPerson(-1, Behaviour.Unknown, 0, poses[i]);
            observed.Add(Areas is null ? person : person with
            {
                Place = Areas.PlaceOf(bodies[i].X / frameWidth, bodies[i].Y / frameHeight, person.Seat >= 0),
            });
        }

        if (!_view.FromBehind)
        {
            _talk.Mark(observed, interval, pose => Hear(pose).TurnedAside);
        }

        ForgetPeople();
        NewSeatMap = _learner.Look(_tracker, bodies, seats, frameWidth, frameHeight);
        TeacherPlace teacher = _teacher.Look(at, interval, bodies, seats, _tracker, frameHeight,
            body => Areas?.PlaceOf(body.X / frameWidth, body.Y / frameHeight, seated: false));
        return new BehaviourSample(at, interval, frameWidth, frameHeight, SeatsFirst(observed), _view.Low, teacher, tamper);
    }

    /// <summary>Assigns seats. People outside the pupils' area get none and create none.</summary>
    private Seat?[] Seats(Body[] bodies, DateTimeOffset at, int frameWidth, int frameHeight)
    {
        if (Areas is not { } areas)
        {
            return _tracker.Match(bodies, at, frameHeight);
        }

        _tracker.Drop(seat => !areas.IsAmongPupils(seat.X / frameWidth, seat.Y / frameHeight));
        int[] inside =
            [.. Enumerable.Range(0, bodies.Length).Where(i => areas.IsAmongPupils(bodies[i].X / frameWidth, bodies[i].Y / frameHeight))];
        Seat?[] matched = _tracker.Match([.. inside.Select(i => bodies[i])], at, frameHeight);
        var seats = new Seat?[bodies.Length];
        for (int i = 0; i < inside.Length; i++)
        {
            seats[inside[i]] = matched[i];
        }

        return seats;
    }

    /// <summary>Reads every seated head, and lets the camera's calibration learn from them.</summary>
    private float?[] Droops(IReadOnlyList<Pose> poses, Body[] bodies, Seat?[] seats)
    {
        float?[] droops = new float?[poses.Count];
        var readable = new List<float>(poses.Count);
        int seated = 0;
        float usualScale = UsualScale();
        for (int i = 0; i < droops.Length; i++)
        {
            if (seats[i] is { } seat)
            {
                seated++;
                droops[i] = HeadRule.Droop(poses[i], bodies[i], Math.Max(seat.Scale, bodies[i].Scale)) - HeadRule.Perspective(
                    seat.Scale, usualScale);
                if (droops[i] is { } droop)
                {
                    readable.Add(droop);
                }
            }
        }

        _view.Add(_tracker.Facing, seated, readable.Count);
        _heads.Learn(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(readable));
        return droops;
    }

    /// <summary>Where heads usually are over the seats learnt so far, in pixels, whether somebody is there or not.</summary>
    internal IEnumerable<Box> SeatHeads() => _tracker.Seats.Select(seat => seat.UsualHead);

    /// <summary>Median shoulder width of the seats in pixels; 1 before there is a seat.</summary>
    private float UsualScale()
    {
        float[] scales = [.. _tracker.Seats.Select(seat => seat.Scale).Order()];
        return scales.Length > 0 ? scales[scales.Length / 2] : 1;
    }

    /// <summary>The network was trained on front cameras only.</summary>
    private HeardPosture Hear(Pose pose) => _view.FromBehind ? default : _witness.Hear(pose);

    private HandLook[] Hands(IReadOnlyList<Pose> poses, Body[] bodies, Seat?[] seats)
    {
        var hands = new HandLook[poses.Count];
        for (int i = 0; i < hands.Length; i++)
        {
            float scale = Math.Max(seats[i]?.Scale ?? 0, bodies[i].Scale);
            hands[i] = HandRule.Judge(poses[i], scale, _view.FromBehind);
        }

        HandRule.SettleClaims(hands, bodies);
        return hands;
    }

    private ObservedPerson Judge(DateTimeOffset at, TimeSpan interval, Pose pose, Body body, Seat seat, LookEvidence evidence)
    {
        if (!_people.TryGetValue(seat, out SeatedPerson? person))
        {
            _people.Add(seat, person = new SeatedPerson());
        }

        (Behaviour behaviour, float confidence) = person.Look(at, interval, _tracker.Watched, seat, body, evidence);
        return new ObservedPerson(seat.Number, behaviour, confidence, pose);
    }

    private void ForgetPeople()
    {
        if (_people.Count > _tracker.Seats.Count)
        {
            foreach (Seat gone in _people.Keys.Except(_tracker.Seats).ToList())
            {
                _people.Remove(gone);
            }
        }
    }

    private static ImmutableArray<ObservedPerson> SeatsFirst(List<ObservedPerson> people) =>
        [.. people.OrderBy(person => person.Seat < 0 ? int.MaxValue : person.Seat)];
}
