using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Seats;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Behaviours;

/// <summary>Compares samples with a clip's ground truth, person by person.</summary>
internal sealed class BehaviourScore
{
    /// <summary>Somebody is found where his head is, give or take half a head.</summary>
    private const float HeadTolerance = 1.5f;

    private const int LearningSeconds = 5;

    private const double ClassSize = 24;

    private static readonly Behaviour[] Counted =
        [Behaviour.HandRaised, Behaviour.HeadUp, Behaviour.HeadDown, Behaviour.HeadOnDesk, Behaviour.Standing];

    private readonly Dictionary<(Behaviour Expected, Behaviour Seen), int> _pairs = [];
    private readonly Dictionary<(int Play, string Id), Dictionary<int, int>> _seats = [];
    private int _plays;
    private int _talkersSeen;
    private readonly EpisodeScore _hands = new();
    private int _talkers;
    private int _peopleShown;
    private int _peopleFound;
    private int _posesSeen;
    private int _seenToTalk;
    private int _teacherPlaced;
    private int _teacherMisplaced;
    private readonly Dictionary<Behaviour, double> _countErrors = [];
    private int _looks;

    /// <summary>Pupils in the picture, whether found or not.</summary>
    public int Pupils { get; private set; }

    /// <summary>Of them, found and in a seat.</summary>
    public int Seated { get; private set; }

    /// <summary>Times the teacher was found.</summary>
    public int TeacherFound { get; private set; }

    /// <summary>Of them, taken for a pupil.</summary>
    public int TeacherSeated { get; private set; }

    /// <summary>Looks with the teacher's head in the picture.</summary>
    public int TeacherShown { get; private set; }

    /// <summary>Of the looks with a teacher's place, the share in which it was the right one; and of those with the teacher in the
    /// picture.</summary>
    public (double Precision, double Recall) TeacherPlaced => (
        (double)_teacherPlaced / Math.Max(1, _teacherPlaced + _teacherMisplaced), (double)_teacherPlaced / Math.Max(1, TeacherShown));

    /// <summary>Hands raised, from up to down: seen among the true ones, and true among the seen ones.</summary>
    public (double Precision, double Recall, double F1) HandEpisodes => _hands.Result;

    /// <summary>Heads found: true ones among the poses, and found ones among the heads in the picture, the teacher's included.</summary>
    public (double Precision, double Recall) People => (
        (double)_peopleFound / Math.Max(1, _posesSeen), (double)_peopleFound / Math.Max(1, _peopleShown));

    /// <summary>Share of the seated looks at a pupil that gave the seat which that pupil has most often in the same play.</summary>
    public double SeatStability =>
        (double)_seats.Values.Sum(seats => seats.Values.Max()) / _seats.Values.Sum(seats => seats.Values.Sum());

    /// <summary>
    /// Plays a clip to an observer, one look every so many frames of ground truth, and scores all looks after the first
    /// five seconds, in which the seats are learnt.
    /// </summary>
    public void Play(
        IReadOnlyList<IReadOnlyList<RenderedPerson>> truth, Func<int, IReadOnlyList<Pose>> poses, int frames, int first, int step,
        double rate = GroundTruth.FramesPerSecond)
    {
        _plays++;
        _hands.Begin();
        var observer = new RoomObserver();
        for (int frame = first; frame < frames; frame += step)
        {
            BehaviourSample sample = observer.Observe(
                DateTimeOffset.UnixEpoch.AddSeconds(frame / rate),
                TimeSpan.FromSeconds(step / rate),
                GroundTruth.Width,
                GroundTruth.Height,
                poses(frame));
            if (frame >= LearningSeconds * rate)
            {
                Add(truth[frame], sample);
            }
        }
    }

    public void Add(IReadOnlyList<RenderedPerson> truth, BehaviourSample sample)
    {
        ObservedPerson?[] found = Match(truth, sample);
        _peopleShown += truth.Count;
        _peopleFound += found.Count(person => person is not null);
        _posesSeen += sample.People.Length;
        if (truth.FirstOrDefault(person => !person.IsPupil) is { } teacher)
        {
            TeacherShown++;
            _teacherPlaced += sample.Teacher == teacher.Place ? 1 : 0;
            _teacherMisplaced += sample.Teacher != TeacherPlace.Unknown && sample.Teacher != teacher.Place ? 1 : 0;
        }

        AddCounts(truth, sample);
        for (int i = 0; i < truth.Count; i++)
        {
            RenderedPerson person = truth[i];
            if (!person.IsPupil)
            {
                TeacherFound += found[i] is null ? 0 : 1;
                TeacherSeated += found[i] is { Seat: >= 0 } ? 1 : 0;
                continue;
            }

            Pupils++;
            _hands.Add(person.Id, person.Expected == Behaviour.HandRaised, found[i]?.Behaviour == Behaviour.HandRaised);
            if (found[i] is { Seat: >= 0 } seated)
            {
                Seated++;
                (int, string) pupil = (_plays, person.Id);
                Dictionary<int, int> seats = _seats.TryGetValue(pupil, out Dictionary<int, int>? known) ? known : _seats[pupil] = [];
                seats[seated.Seat] = seats.GetValueOrDefault(seated.Seat) + 1;
            }

            if (!person.InTransition)
            {
                bool talks = found[i]?.TalksToNeighbour ?? false;
                _talkers += person.IsTalking ? 1 : 0;
                _seenToTalk += talks ? 1 : 0;
                _talkersSeen += talks && person.IsTalking ? 1 : 0;
                var pair = (person.Expected, found[i]?.Behaviour ?? Behaviour.Unknown);
                _pairs[pair] = _pairs.GetValueOrDefault(pair) + 1;
            }
        }
    }

    /// <summary>How far the number of pupils seen to do this is from the number that do, on average over the looks, in a class of
    /// 24.</summary>
    public double CountError(Behaviour behaviour) =>
        _countErrors.GetValueOrDefault(behaviour) / Math.Max(1, _looks);

    /// <summary>Of those seen to do this, the share that did.</summary>
    public double Precision(Behaviour behaviour) =>
        Ratio(_pairs.GetValueOrDefault((behaviour, behaviour)), pair => pair.Seen == behaviour);

    /// <summary>Of those who did this, found or not, the share that was seen to.</summary>
    public double Recall(Behaviour behaviour) =>
        Ratio(_pairs.GetValueOrDefault((behaviour, behaviour)), pair => pair.Expected == behaviour);

    public double F1(Behaviour behaviour)
    {
        double precision = Precision(behaviour), recall = Recall(behaviour);
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    /// <summary>Precision, recall and F1 of talking to a neighbour.</summary>
    public (double Precision, double Recall, double F1) NeighbourTalk
    {
        get
        {
            double precision = (double)_talkersSeen / Math.Max(1, _seenToTalk), recall = (double)_talkersSeen / Math.Max(1, _talkers);
            return (precision, recall, precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0);
        }
    }

    public string Describe() => string.Join("; ", Counted
        .Select(behaviour => $"{behaviour} P {Precision(behaviour):F3} R {Recall(behaviour):F3} F1 {F1(behaviour):F3} count off by {CountError(behaviour):F2} of 24"))
        + $"; hand episodes P {HandEpisodes.Precision:F3} R {HandEpisodes.Recall:F3} F1 {HandEpisodes.F1:F3}; people P {People.Precision:F3} R {People.Recall:F3}; neighbour talk P {NeighbourTalk.Precision:F3} R {NeighbourTalk.Recall:F3} F1 {NeighbourTalk.F1:F3}; seated {Seated} of {Pupils}; seat stability {SeatStability:F3}; teacher seated {TeacherSeated} of {TeacherFound}, placed P {TeacherPlaced.Precision:F3} R {TeacherPlaced.Recall:F3}";

    private void AddCounts(IReadOnlyList<RenderedPerson> truth, BehaviourSample sample)
    {
        int pupils = truth.Count(person => person.IsPupil);
        if (pupils == 0)
        {
            return;
        }

        _looks++;
        foreach (Behaviour behaviour in Counted)
        {
            int does = truth.Count(person => person.IsPupil && person.Expected == behaviour);
            int seen = sample.People.Count(person => person.Seat >= 0 && person.Behaviour == behaviour);
            _countErrors[behaviour] = _countErrors.GetValueOrDefault(behaviour) + (Math.Abs(seen - does) * ClassSize / pupils);
        }
    }

    private double Ratio(int hits, Func<(Behaviour Expected, Behaviour Seen), bool> among)
    {
        int all = _pairs.Where(pair => among(pair.Key)).Sum(pair => pair.Value);
        return all > 0 ? (double)hits / all : 0;
    }

    /// <summary>Pairs heads with poses, nearest first.</summary>
    private static ObservedPerson?[] Match(IReadOnlyList<RenderedPerson> truth, BehaviourSample sample)
    {
        var pairs = new List<(float Distance, int Person, int Pose)>();
        for (int pose = 0; pose < sample.People.Length; pose++)
        {
            (float x, float y) = Head(sample.People[pose].Pose);
            for (int person = 0; person < truth.Count; person++)
            {
                float dx = x - truth[person].HeadX, dy = y - truth[person].HeadY;
                float distance = MathF.Sqrt(dx * dx + dy * dy) / truth[person].HeadRadius;
                if (distance < HeadTolerance)
                {
                    pairs.Add((distance, person, pose));
                }
            }
        }

        pairs.Sort();
        var found = new ObservedPerson?[truth.Count];
        var used = new HashSet<int>();
        foreach ((_, int person, int pose) in pairs)
        {
            if (found[person] is null && used.Add(pose))
            {
                found[person] = sample.People[pose];
            }
        }

        return found;
    }

    private static (float X, float Y) Head(Pose pose) =>
        FaceCentre.Of(pose.Keypoints.AsSpan()) ?? ((pose.Box.Left + pose.Box.Right) / 2, pose.Box.Top);
}
