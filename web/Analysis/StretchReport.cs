using System.Text.Json.Serialization;
using Xunke.Analytics.Lessons;

namespace Xunke.Web.Analysis;

/// <summary>The figures of a stretch of a lesson as reports have them.</summary>
internal class StretchReport(LessonStretch stretch)
{
    public TimeSpan From => stretch.From;

    public TimeSpan To => stretch.To;

    public Figure HeadUpRate => stretch.HeadUpRate;

    public Figure Participation => stretch.Participation;

    public Figure Response => stretch.Response;

    public Figure InteractionPerMinute => stretch.Interaction;

    public BehaviourHistogram Histogram => stretch.Histogram;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TeacherPlaces? Teacher => stretch.Teacher;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SpeechReport? Speech =>
        stretch.Speech is { } speech ? new SpeechReport(speech, stretch.To - stretch.From, stretch.Interaction.Coverage) : null;
}

/// <summary>A segment as reports have it: its name, then its figures.</summary>
internal sealed class SegmentReport(LessonSegment segment) : StretchReport(segment.Measures)
{
    public SegmentKind Kind => segment.Kind;

    public string Zh => SegmentNames.Chinese(segment.Kind);

    public string En => SegmentNames.English(segment.Kind);

    public double Confidence => segment.Confidence;

    public string Formula => LessonSegment.Formula;

    public MeanDifference AgainstLessonMean =>
        new(segment.HeadUpDifference, segment.ParticipationDifference, segment.InteractionDifference);
}

/// <summary>A segment's figures less the lesson's own.</summary>
internal sealed record MeanDifference(double? HeadUpRate, double? Participation, double? InteractionPerMinute);
