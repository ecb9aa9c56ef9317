using System.Collections.Immutable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>One sample of a lesson from a file.</summary>
/// <param name="Sample">What was seen.</param>
/// <param name="Indices">The figures of the last minute, as the live path gives them.</param>
/// <param name="Tamper">What was wrong with the picture.</param>
internal sealed record LessonLook(BehaviourSample Sample, RoomIndices Indices, Tamper Tamper);

/// <summary>All that was found in a lesson's file.</summary>
/// <param name="Name">The file's or folder's name, without its path.</param>
/// <param name="Kind">"video" or "pictures".</param>
/// <param name="SourceWidth">Width of the pictures before scaling, in pixels.</param>
/// <param name="SourceHeight">Height of the pictures before scaling, in pixels.</param>
/// <param name="Interval">Time between samples.</param>
/// <param name="Looks">The samples in order.</param>
/// <param name="Tampers">What was wrong with the view, and when.</param>
/// <param name="Sound">What was heard; null without sound.</param>
/// <param name="Analysis">The lesson's measures.</param>
/// <param name="Notes">What the reader must know.</param>
internal sealed record AnalysedLesson(
    string Name,
    string Kind,
    int SourceWidth,
    int SourceHeight,
    TimeSpan Interval,
    ImmutableArray<LessonLook> Looks,
    ImmutableArray<TamperEvent> Tampers,
    HeardLesson? Sound,
    LessonAnalysis Analysis,
    ImmutableArray<ReportNote> Notes)
{
    /// <summary>What a lesson's first instant stands for.</summary>
    public static DateTimeOffset Origin => DateTimeOffset.UnixEpoch;
}
