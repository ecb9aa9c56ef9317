using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Speech;

namespace Xunke.Analytics.Lessons;

/// <summary>A lesson's measures, from what was seen and heard in it. Pure: the same samples and sound give the same analysis.</summary>
public sealed record LessonAnalysis
{
    private LessonAnalysis()
    {
    }

    public required TimeSpan Duration { get; init; }

    public required int Expected { get; init; }

    /// <summary>Where <see cref="Expected"/> comes from: true from the roll, false from what was usually seen.</summary>
    public required bool ExpectedIsEnrolled { get; init; }

    /// <summary>In at least half of the samples the camera was behind the class, or few heads were readable.</summary>
    public required bool LowConfidence { get; init; }

    public required LessonStretch Whole { get; init; }

    public required ImmutableArray<LessonStretch> Windows { get; init; }

    public required ImmutableArray<LessonSegment> Segments { get; init; }

    /// <summary>The S-T sequence; null without sound.</summary>
    public required TeachingSequence? Sequence { get; init; }

    /// <summary>Pupils' answers; null where it is not known who speaks.</summary>
    public required LessonAnswers? Answers { get; init; }

    /// <summary>Moments above the lesson's own mean, the best first; at most three.</summary>
    public required ImmutableArray<LessonMoment> Best { get; init; }

    /// <summary>Moments below the lesson's own mean, the weakest first; at most three.</summary>
    public required ImmutableArray<LessonMoment> Weakest { get; init; }

    /// <param name="origin">The time that the lesson's first instant stands for.</param>
    /// <param name="sound">What was heard; null without sound.</param>
    public static LessonAnalysis Of(
        IReadOnlyList<BehaviourSample> samples, DateTimeOffset origin, TimeSpan duration, HeardLesson? sound, LessonOptions options)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        int expected = options.Enrolled ?? UsuallySeen(samples);
        var measures = new StretchMeasures(samples, origin, sound, expected, options);
        LessonStretch whole = measures.Of(TimeSpan.Zero, duration);
        ImmutableArray<LessonStretch> windows = [.. Cut(duration, options.Window).Select(window => measures.Of(window.From, window.To))];
        (ImmutableArray<LessonMoment> best, ImmutableArray<LessonMoment> weakest) = LessonMoments.Find(windows);
        return new LessonAnalysis
        {
            Duration = duration,
            Expected = expected,
            ExpectedIsEnrolled = options.Enrolled is not null,
            LowConfidence = options.RearCamera || (samples.Count > 0 && samples.Count(sample => sample.LowConfidence) * 2 >= samples.Count),
            Whole = whole,
            Windows = windows,
            Segments = [.. FindSegments(measures, duration, whole, options)],
            Sequence = sound is null ? null : TeachingSequence.Of(sound, options.MarkInterval),
            Answers = LessonAnswers.Find(samples, origin, sound, whole, options.MinimumCoverage),
            Best = best,
            Weakest = weakest,
        };
    }

    /// <summary>The number of people in seats that nine of ten samples do not exceed.</summary>
    private static int UsuallySeen(IReadOnlyList<BehaviourSample> samples)
    {
        int[] people = [.. samples.Select(sample => BehaviourCounts.Of(sample.People).People).Order()];
        return people.Length == 0 ? 0 : people[(int)(0.9 * (people.Length - 1))];
    }

    /// <summary>Equal pieces; a last piece of less than half that length is joined to the one before.</summary>
    private static IEnumerable<(TimeSpan From, TimeSpan To)> Cut(TimeSpan duration, TimeSpan length)
    {
        int pieces = Math.Max(1, (int)Math.Round(duration / length, MidpointRounding.AwayFromZero));
        for (int i = 0; i < pieces; i++)
        {
            yield return (i * length, i == pieces - 1 ? duration : (i + 1) * length);
        }
    }

    private static IEnumerable<LessonSegment> FindSegments(
        StretchMeasures measures, TimeSpan duration, LessonStretch whole, LessonOptions options)
    {
        (TimeSpan From, TimeSpan To)[] intervals = [.. Cut(duration, options.MarkInterval)];
        double[][] rows = Array.ConvertAll(intervals, interval => Row(measures.Of(interval.From, interval.To), whole));
        int shortest = Math.Max(1, (int)Math.Round(options.Window / options.MarkInterval));
        int from = 0;
        foreach (int to in ChangePoints.Find(rows, shortest).Append(intervals.Length))
        {
            LessonStretch stretch = measures.Of(intervals[from].From, intervals[to - 1].To);
            (SegmentKind kind, double confidence) = SegmentNaming.Name(stretch, whole.Histogram.People);
            yield return new LessonSegment(
                kind,
                confidence,
                stretch,
                stretch.Participation.Value - whole.Participation.Value,
                stretch.HeadUpRate.Value - whole.HeadUpRate.Value,
                stretch.Interaction.Value - whole.Interaction.Value);
            from = to;
        }
    }

    /// <summary>What changes are looked for in. Where nothing is known the lesson's own mean stands in and says nothing.</summary>
    private static double[] Row(LessonStretch stretch, LessonStretch whole)
    {
        BehaviourHistogram seen = stretch.Participation.State == FigureState.NotEnoughSeen ? whole.Histogram : stretch.Histogram;
        SpeechFigures? heard = stretch.Interaction.State == FigureState.Ok ? stretch.Speech : whole.Speech;
        double[] sight = [seen.HandRaised, seen.Standing, seen.HeadUp, seen.HeadDown, seen.TalkingToNeighbour];
        return heard is null ? sight : [.. sight, heard.TeacherShare, heard.PupilShare];
    }
}
