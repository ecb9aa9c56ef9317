using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>report.json of a lesson (docs/analyse.md has its schema).</summary>
internal sealed class LessonReport(AnalysedLesson lesson) : MeasuresReport(lesson.Analysis)
{
    /// <summary>Name and version of the schema.</summary>
    public const string SchemaName = "xunke-report/1";

    public string Schema => SchemaName;

    public string Kind => lesson.Kind;

    public string Name => lesson.Name;

    public ImmutableArray<string> Rules => AllRules;

    public ImmutableArray<ReportNote> Notes => lesson.Notes;

    public InputReport Input => new(lesson.Analysis, lesson.Interval, lesson.Looks.Length, lesson.Sound)
    {
        SourceWidth = lesson.SourceWidth,
        SourceHeight = lesson.SourceHeight,
        FrameWidth = lesson.Looks[0].Sample.FrameWidth,
        FrameHeight = lesson.Looks[0].Sample.FrameHeight,
    };

    public IEnumerable<TamperReport> Tamper => Of(lesson.Tampers, AnalysedLesson.Origin);

    [JsonPropertyOrder(1)]
    public IEnumerable<SpeakerReport> Speakers => lesson.Sound?.Parts.Select(part => new SpeakerReport(part)) ?? [];

    [JsonPropertyOrder(1)]
    public ImmutableArray<Answer> Answers => lesson.Analysis.Answers?.All ?? [];

    [JsonPropertyOrder(1)]
    public IEnumerable<SecondReport> Seconds => LessonSecond.Of(lesson).Select(second => new SecondReport(second));

    [JsonPropertyOrder(1)]
    public IEnumerable<SampleReport> Samples => lesson.Looks.Select(look => new SampleReport(look));

    /// <summary>Names and versions of the rules behind what is seen.</summary>
    internal static ImmutableArray<string> AllRules { get; } =
    [
        BehaviourRules.HandRaised, BehaviourRules.Head, BehaviourRules.HeadOnDesk, BehaviourRules.Standing, BehaviourRules.NeighbourTalk,
        BehaviourRules.Teacher, Answer.Formula, BehaviourRules.Vote,
    ];
}

/// <summary>A stretch of speech.</summary>
internal sealed class SpeakerReport(SpokenPart part)
{
    public Speaker Speaker => part.Speaker;

    public TimeSpan From => part.Start;

    public TimeSpan To => part.End;

    public bool ManyAtOnce => part.ManyAtOnce;

    public decimal Confidence => ReportJson.Round(part.Confidence, 2);
}

/// <summary>A second of a lesson.</summary>
internal sealed class SecondReport(LessonSecond second) : CountsReport(second.Look.Indices.Counts)
{
    public int T => second.Second;

    public bool Sampled => second.IsSampled;

    public TeacherPlace Teacher => second.Look.Sample.Teacher ?? TeacherPlace.Unknown;
}

/// <summary>A sample of a lesson with everybody in it.</summary>
internal sealed class SampleReport(LessonLook look)
{
    public TimeSpan T => look.Sample.At - AnalysedLesson.Origin;

    public Tamper Tamper => look.Tamper;

    public bool LowConfidence => look.Sample.LowConfidence;

    public TeacherPlace Teacher => look.Sample.Teacher ?? TeacherPlace.Unknown;

    public IEnumerable<PersonReport> People => PersonReport.Of(look.Sample);
}
