using System.Text.Json;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>A lesson's measures as reports and snapshots have them (docs/analyse.md).</summary>
internal static class LessonJson
{
    /// <summary>Writes the members <c>lesson</c>, <c>st</c>, <c>segments</c>, <c>moments</c> and <c>windows</c>.</summary>
    public static void Write(Utf8JsonWriter json, LessonAnalysis analysis)
    {
        json.WriteStartObject("lesson");
        json.Stretch(analysis.Whole);
        json.WriteEndObject();
        WriteSequence(json, analysis.Sequence);
        WriteSegments(json, analysis);
        WriteMoments(json, analysis);
        WriteWindows(json, analysis);
    }

    /// <summary>Writes the member <c>notes</c>.</summary>
    public static void WriteNotes(Utf8JsonWriter json, IEnumerable<ReportNote> notes)
    {
        json.WriteStartArray("notes");
        foreach (ReportNote note in notes)
        {
            json.WriteStartObject();
            json.WriteString("code", note.Code);
            json.WriteString("zh", note.Chinese);
            json.WriteString("en", note.English);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the member <c>tamper</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="tampers">What was wrong with the view.</param>
    /// <param name="origin">The lesson's start.</param>
    public static void WriteTampers(Utf8JsonWriter json, IEnumerable<TamperEvent> tampers, DateTimeOffset origin)
    {
        json.WriteStartArray("tamper");
        foreach (TamperEvent happened in tampers)
        {
            json.WriteStartObject();
            json.WriteString("kind", ReportJson.Name(happened.Kind));
            json.Seconds("from", happened.From - origin);
            json.Seconds("to", happened.To - origin);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSequence(Utf8JsonWriter json, TeachingSequence? sequence)
    {
        if (sequence is null)
        {
            json.WriteNull("st");
            return;
        }

        double coverage = sequence.Marks.Length == 0 ? 0 : (double)sequence.N / sequence.Marks.Length;
        json.WriteStartObject("st");
        json.Seconds("intervalSeconds", sequence.Interval);
        json.WriteString("sequence", string.Concat(sequence.Marks.Select(mark => mark switch
        {
            TeachingMark.Teacher => 'T',
            TeachingMark.Student => 'S',
            _ => '-',
        })));
        json.Figure("rt", Of(sequence.TeacherShare));
        json.Figure("ch", Of(sequence.ChangeRate));
        json.WriteString("mode", sequence.Mode is { } mode ? ReportJson.Name(mode) : null);
        json.WriteEndObject();

        Figure Of(double? value) => new(
            value, value is null ? FigureState.NotEnoughSeen : FigureState.Ok, sequence.N, coverage, sequence.Interval, TeachingSequence.Formula);
    }

    private static void WriteSegments(Utf8JsonWriter json, LessonAnalysis analysis)
    {
        json.WriteStartArray("segments");
        foreach (LessonSegment segment in analysis.Segments)
        {
            json.WriteStartObject();
            json.WriteString("kind", ReportJson.Name(segment.Kind));
            json.WriteString("zh", SegmentNames.Chinese(segment.Kind));
            json.WriteString("en", SegmentNames.English(segment.Kind));
            json.Number("confidence", segment.Confidence);
            json.WriteString("formula", LessonSegment.Formula);
            json.WriteStartObject("againstLessonMean");
            json.Number("headUpRate", segment.HeadUpDifference);
            json.Number("participation", segment.ParticipationDifference);
            json.Number("interactionPerMinute", segment.InteractionDifference);
            json.WriteEndObject();
            json.Stretch(segment.Measures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMoments(Utf8JsonWriter json, LessonAnalysis analysis)
    {
        json.WriteStartObject("moments");
        json.WriteString("formula", LessonMoment.Formula);
        WriteMoments(json, "best", analysis.Best);
        WriteMoments(json, "weakest", analysis.Weakest);
        json.WriteEndObject();
    }

    private static void WriteMoments(Utf8JsonWriter json, string name, IReadOnlyList<LessonMoment> moments)
    {
        json.WriteStartArray(name);
        foreach (LessonMoment moment in moments)
        {
            json.WriteStartObject();
            json.Seconds("from", moment.From);
            json.Seconds("to", moment.To);
            json.Number("score", moment.Score);
            json.Number("confidence", moment.Confidence);
            json.WriteString("zh", MomentSentence.Chinese(moment));
            json.WriteString("en", MomentSentence.English(moment));
            json.WriteStartArray("factors");
            foreach (FactorShare factor in moment.Factors)
            {
                json.WriteStartObject();
                json.WriteString("factor", ReportJson.Name(factor.Factor));
                json.Number("value", factor.Value);
                json.Number("lessonMean", factor.Mean);
                json.Number("weight", factor.Weight);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteWindows(Utf8JsonWriter json, LessonAnalysis analysis)
    {
        json.WriteStartArray("windows");
        foreach (LessonStretch window in analysis.Windows)
        {
            json.WriteStartObject();
            json.Stretch(window);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
