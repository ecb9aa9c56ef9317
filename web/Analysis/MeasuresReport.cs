using System.Collections.Immutable;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>A lesson's measures as reports and snapshots have them.</summary>
internal abstract class MeasuresReport(LessonAnalysis analysis)
{
    public StretchReport Lesson => new(analysis.Whole);

    public SequenceReport? St => analysis.Sequence is { } sequence ? new SequenceReport(sequence) : null;

    public IEnumerable<SegmentReport> Segments => analysis.Segments.Select(segment => new SegmentReport(segment));

    public MomentsReport Moments => new(analysis);

    public IEnumerable<StretchReport> Windows => analysis.Windows.Select(window => new StretchReport(window));

    protected LessonAnalysis Analysis => analysis;

    protected static IEnumerable<TamperReport> Of(IEnumerable<TamperEvent> tampers, DateTimeOffset origin) =>
        tampers.Select(happened => new TamperReport(happened.Kind, happened.From - origin, happened.To - origin));
}

/// <summary>What was wrong with the view from when to when, counted from the start of the lesson.</summary>
internal sealed record TamperReport(Tamper Kind, TimeSpan From, TimeSpan To);

/// <summary>The S-T sequence as reports have it.</summary>
internal sealed class SequenceReport(TeachingSequence sequence)
{
    public TimeSpan IntervalSeconds => sequence.Interval;

    public string Sequence => string.Concat(sequence.Marks.Select(mark => mark switch
    {
        TeachingMark.Teacher => 'T',
        TeachingMark.Student => 'S',
        _ => '-',
    }));

    public Figure Rt => Of(sequence.TeacherShare);

    public Figure Ch => Of(sequence.ChangeRate);

    public TeachingMode? Mode => sequence.Mode;

    private Figure Of(double? value) => new(
        value,
        value is null ? FigureState.NotEnoughSeen : FigureState.Ok,
        sequence.N,
        sequence.Marks.Length == 0 ? 0 : (double)sequence.N / sequence.Marks.Length,
        sequence.Interval,
        TeachingSequence.Formula);
}

/// <summary>The moments that are worth a look.</summary>
internal sealed class MomentsReport(LessonAnalysis analysis)
{
    public string Formula => LessonMoment.Formula;

    public IEnumerable<MomentReport> Best => analysis.Best.Select(moment => new MomentReport(moment));

    public IEnumerable<MomentReport> Weakest => analysis.Weakest.Select(moment => new MomentReport(moment));
}

/// <summary>A moment with its sentence.</summary>
internal sealed class MomentReport(LessonMoment moment)
{
    public TimeSpan From => moment.From;

    public TimeSpan To => moment.To;

    public double Score => moment.Score;

    public double Confidence => moment.Confidence;

    public string Zh => MomentSentence.Chinese(moment);

    public string En => MomentSentence.English(moment);

    public ImmutableArray<FactorShare> Factors => moment.Factors;
}
