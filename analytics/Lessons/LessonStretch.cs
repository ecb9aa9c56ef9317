using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Speech;

namespace Xunke.Analytics.Lessons;

/// <summary>How often each behaviour was seen: the shares of known pupil-samples.</summary>
/// <param name="Known">Known pupil-samples behind the shares.</param>
/// <param name="People">People in seats, the mean over samples.</param>
/// <param name="HandRaised">A hand raised.</param>
/// <param name="Standing">Standing at the seat.</param>
/// <param name="HeadUp">Head up.</param>
/// <param name="HeadDown">Head down.</param>
/// <param name="HeadOnDesk">Head on the desk.</param>
/// <param name="TalkingToNeighbour">Turned to a neighbour who is turned back; beside the others, over people seen in seats.</param>
public sealed record BehaviourHistogram(
    int Known, double People, double HandRaised, double Standing, double HeadUp, double HeadDown,
    double HeadOnDesk, double TalkingToNeighbour)
{
    /// <summary>Counts samples; shares are 0 where nothing is known.</summary>
    internal static BehaviourHistogram Of(IReadOnlyList<BehaviourCounts> counts)
    {
        int known = counts.Sum(count => count.Known);
        double all = Math.Max(1, known);
        return new BehaviourHistogram(
            known,
            counts.Count == 0 ? 0 : counts.Average(count => count.People),
            counts.Sum(count => count.HandsRaised) / all,
            counts.Sum(count => count.Standing) / all,
            counts.Sum(count => count.HeadsUp) / all,
            counts.Sum(count => count.HeadsDown) / all,
            counts.Sum(count => count.HeadsOnDesk) / all,
            (double)counts.Sum(count => count.TalkingToNeighbour) / Math.Max(1, counts.Sum(count => count.People)));
    }
}

/// <param name="From">Start, from the start of the lesson.</param>
/// <param name="To">End.</param>
/// <param name="Histogram">What was seen.</param>
/// <param name="HeadUpRate">Head-up rate.</param>
/// <param name="Participation">Participation.</param>
/// <param name="Response">Distinct seats that raised a hand or stood over seats seen.</param>
/// <param name="Interaction">Changes between teacher and pupils a minute.</param>
/// <param name="Speech">What was heard; null without sound.</param>
/// <param name="Teacher">Where the teacher was; null in a lesson in which that was not measured.</param>
public sealed record LessonStretch(
    TimeSpan From,
    TimeSpan To,
    BehaviourHistogram Histogram,
    Figure HeadUpRate,
    Figure Participation,
    Figure Response,
    Figure Interaction,
    SpeechFigures? Speech,
    TeacherPlaces? Teacher)
{
    public const string ResponseFormula = "response/1";
}

/// <param name="samples">All samples in order; their times are from the start of the lesson, which is <paramref name="origin"/>.</param>
/// <param name="origin">The time that the lesson's first instant stands for.</param>
/// <param name="sound">What was heard; null without sound.</param>
internal sealed class StretchMeasures(
    IReadOnlyList<BehaviourSample> samples, DateTimeOffset origin, HeardLesson? sound, int expected, LessonOptions options)
{
    /// <summary>Intervals without a sample that are no gap yet.</summary>
    private const int LongestGap = 3;

    private readonly ImmutableArray<BehaviourCounts> _counts = [.. samples.Select(sample => BehaviourCounts.Of(sample.People))];
    private readonly bool _teacherMeasured = samples.Any(sample => sample.Teacher is not null);

    public LessonStretch Of(TimeSpan from, TimeSpan to)
    {
        (int first, int end) = Within(from, to);
        BehaviourSample[] inside = [.. samples.Skip(first).Take(end - first)];
        TimeSpan interval = inside.Length > 0 ? inside[0].Interval : TimeSpan.Zero;
        double seen = SeenShare(inside, from, to);
        RoomIndices? indices = Indices(inside, to - from);
        bool over = indices?.OverEnrolment ?? false;
        SpeechFigures? speech = sound is null ? null : SpeechFigures.Of(sound, from, to);
        return new LessonStretch(
            from,
            to,
            BehaviourHistogram.Of(_counts[first..end]),
            indices is null ? Unseen(IndexWindow.HeadUpFormula) : Figure.Of(Reduced(indices.HeadUpRate, seen), over, interval),
            indices is null ? Unseen(IndexWindow.ParticipationFormula) : Figure.Of(Reduced(indices.Participation, seen), over, interval),
            Response(inside, seen, over, interval),
            Interaction(speech, from, to),
            speech,
            _teacherMeasured ? TeacherPlaces.Of(inside, interval, options.MinimumCoverage) : null);
    }

    /// <summary>Half-open: a sample at the border belongs to what follows.</summary>
    private (int First, int End) Within(TimeSpan from, TimeSpan to)
    {
        int first = 0;
        while (first < samples.Count && samples[first].At - origin < from)
        {
            first++;
        }

        int end = first;
        while (end < samples.Count && samples[end].At - origin < to)
        {
            end++;
        }

        return (first, end);
    }

    /// <summary>By the code that computes them live.</summary>
    private RoomIndices? Indices(BehaviourSample[] inside, TimeSpan length)
    {
        var window = new IndexWindow(new IndexOptions
        {
            Window = length,
            MinimumCoverage = options.MinimumCoverage,
            MaximumSamples = int.MaxValue,
        });
        RoomIndices? indices = null;
        foreach (BehaviourSample sample in inside)
        {
            indices = window.Add(sample, expected);
        }

        return indices;
    }

    /// <summary>
    /// The share of a stretch from which there are samples: less than 1 where some are missing, as after the server or the camera was away.
    /// A sample that comes late is no gap.
    /// </summary>
    private double SeenShare(BehaviourSample[] inside, TimeSpan from, TimeSpan to)
    {
        TimeSpan missing = TimeSpan.Zero, last = from;
        foreach (BehaviourSample sample in inside)
        {
            TimeSpan at = sample.At - origin;
            missing += at - last > LongestGap * sample.Interval ? at - last : TimeSpan.Zero;
            last = at + sample.Interval;
        }

        missing += inside.Length > 0 && to - last > LongestGap * inside[^1].Interval ? to - last : TimeSpan.Zero;
        return to > from ? Math.Clamp(1 - missing / (to - from), 0, 1) : 1;
    }

    private IndexValue Reduced(IndexValue value, double seen) => value with
    {
        Coverage = value.Coverage * seen,
        Value = value.Coverage * seen >= options.MinimumCoverage ? value.Value : null,
    };

    private Figure Response(BehaviourSample[] inside, double seenShare, bool over, TimeSpan interval)
    {
        var seen = new HashSet<int>();
        var responded = new HashSet<int>();
        int known = 0;
        foreach (ObservedPerson person in inside.SelectMany(sample => sample.People).Where(person => person.Seat >= 0))
        {
            seen.Add(person.Seat);
            known += person.Behaviour == Behaviour.Unknown ? 0 : 1;
            if (person.Behaviour is Behaviour.HandRaised or Behaviour.Standing)
            {
                responded.Add(person.Seat);
            }
        }

        double coverage = expected > 0 && inside.Length > 0 ? seenShare * known / (expected * inside.Length) : 0;
        if (over)
        {
            return new Figure(null, FigureState.DataFault, seen.Count, coverage, interval, LessonStretch.ResponseFormula);
        }

        bool enough = seen.Count > 0 && coverage >= options.MinimumCoverage;
        return Figure.Of(
            enough ? (double)responded.Count / seen.Count : null, seen.Count, coverage, interval, LessonStretch.ResponseFormula);
    }

    private Figure Interaction(SpeechFigures? speech, TimeSpan from, TimeSpan to)
    {
        double heard = sound is null || to <= from ? 0 : sound.HeardIn(from, to) / (to - from);
        return Figure.Of(
            speech is not null && heard >= options.MinimumCoverage ? speech.TurnsPerMinute : null,
            speech?.Turns ?? 0,
            heard,
            SoundFormat.ChunkTime,
            SpeechFigures.TurnFormula);
    }

    private static Figure Unseen(string formula) => Figure.Of(null, 0, 0, TimeSpan.Zero, formula);
}
