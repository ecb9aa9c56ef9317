using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>report.json of pictures that are each for themselves.</summary>
internal sealed class PicturesReport(string name, IReadOnlyList<AnalysedPicture> pictures)
{
    public string Schema => LessonReport.SchemaName;

    public string Kind => "single-pictures";

    public string Name => name;

    public ImmutableArray<string> Rules => LessonReport.AllRules;

    public ImmutableArray<ReportNote> Notes => [];

    public IEnumerable<PictureReport> Pictures => pictures.Select(picture => new PictureReport(picture));
}

/// <summary>A picture; one that could not be read has a name and an error.</summary>
internal sealed class PictureReport(AnalysedPicture picture)
{
    public string Name => picture.Name;

    public string? Error => picture.Error;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Tamper? Tamper => picture.Sample is null ? null : picture.Tamper;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? LowConfidence => picture.Sample?.LowConfidence;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FrameWidth => picture.Sample?.FrameWidth;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FrameHeight => picture.Sample?.FrameHeight;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CountsReport? Counts => picture.Sample is { } sample ? new CountsReport(BehaviourCounts.Of(sample.People)) : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IEnumerable<PersonReport>? People => picture.Sample is { } sample ? PersonReport.Of(sample) : null;
}
