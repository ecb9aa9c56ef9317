using System.Text.Json.Serialization;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;

namespace Xunke.Web.Analysis;

/// <summary>What a lesson's report was made from. Sizes are told of files, the least coverage of snapshots.</summary>
internal sealed class InputReport(LessonAnalysis analysis, TimeSpan interval, int samples, HeardLesson? sound)
{
    public TimeSpan DurationSeconds => analysis.Duration;

    public TimeSpan IntervalSeconds => interval;

    public int Samples => samples;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SourceWidth { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SourceHeight { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FrameWidth { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FrameHeight { get; init; }

    public bool LowConfidence => analysis.LowConfidence;

    public int Expected => analysis.Expected;

    public string ExpectedFrom => analysis.ExpectedIsEnrolled ? "roll" : "usually-seen";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MinimumCoverage { get; init; }

    public SeparationMethod? SpeakersBy => sound?.Method;
}
