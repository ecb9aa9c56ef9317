using System.Text.Encodings.Web;
using System.Text.Json;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Indices;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Vision;

namespace Xunke.Web.Analysis;

/// <summary>Writes report.json (docs/analyse.md has its schema). The same findings give the same bytes.</summary>
internal static class ReportWriter
{
    /// <summary>Name and version of the schema.</summary>
    public const string Schema = "xunke-report/1";

    // The Chinese sentences stay readable; the file is never put into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a lesson's report.</summary>
    public static async Task WriteAsync(string path, AnalysedLesson lesson, CancellationToken cancellationToken)
    {
        await using FileStream file = File.Create(path);
        await using var json = new Utf8JsonWriter(file, Options);
        json.WriteStartObject();
        WriteHead(json, lesson.Kind, lesson.Name, lesson.Notes);
        WriteInput(json, lesson);
        WriteTampers(json, lesson);
        json.WriteStartObject("lesson");
        json.Stretch(lesson.Analysis.Whole);
        json.WriteEndObject();
        WriteSequence(json, lesson.Analysis.Sequence);
        WriteSegments(json, lesson.Analysis);
        WriteMoments(json, lesson.Analysis);
        WriteWindows(json, lesson.Analysis);
        WriteSpeakers(json, lesson);
        SecondsWriter.Write(json, lesson);
        await json.FlushAsync(cancellationToken);
        json.WriteStartArray("samples");
        foreach (LessonLook look in lesson.Looks)
        {
            json.WriteStartObject();
            json.Seconds("t", look.Sample.At - AnalysedLesson.Origin);
            json.WriteString("tamper", ReportJson.Name(look.Tamper));
            json.WriteBoolean("lowConfidence", look.Sample.LowConfidence);
            PeopleWriter.Write(json, look.Sample);
            json.WriteEndObject();
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a report of pictures that are each for themselves.</summary>
    public static async Task WriteAsync(
        string path, string name, IReadOnlyList<AnalysedPicture> pictures, CancellationToken cancellationToken)
    {
        await using FileStream file = File.Create(path);
        await using var json = new Utf8JsonWriter(file, Options);
        json.WriteStartObject();
        WriteHead(json, "single-pictures", name, []);
        json.WriteStartArray("pictures");
        foreach (AnalysedPicture picture in pictures)
        {
            json.WriteStartObject();
            json.WriteString("name", picture.Name);
            json.WriteString("error", picture.Error);
            if (picture.Sample is { } sample)
            {
                json.WriteString("tamper", ReportJson.Name(picture.Tamper));
                json.WriteBoolean("lowConfidence", sample.LowConfidence);
                json.WriteNumber("frameWidth", sample.FrameWidth);
                json.WriteNumber("frameHeight", sample.FrameHeight);
                PeopleWriter.WriteCounts(json, BehaviourCounts.Of(sample.People));
                PeopleWriter.Write(json, sample);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string kind, string name, IReadOnlyList<ReportNote> notes)
    {
        json.WriteString("schema", Schema);
        json.WriteString("kind", kind);
        json.WriteString("name", name);
        json.WriteStartArray("rules");
        foreach (string rule in (string[])[BehaviourRules.HandRaised, BehaviourRules.Head, BehaviourRules.Standing, BehaviourRules.NeighbourTalk, BehaviourRules.Vote])
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
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

    private static void WriteInput(Utf8JsonWriter json, AnalysedLesson lesson)
    {
        LessonAnalysis analysis = lesson.Analysis;
        json.WriteStartObject("input");
        json.Seconds("durationSeconds", analysis.Duration);
        json.Seconds("intervalSeconds", lesson.Interval);
        json.WriteNumber("samples", lesson.Looks.Length);
        json.WriteNumber("sourceWidth", lesson.SourceWidth);
        json.WriteNumber("sourceHeight", lesson.SourceHeight);
        json.WriteNumber("frameWidth", lesson.Looks[0].Sample.FrameWidth);
        json.WriteNumber("frameHeight", lesson.Looks[0].Sample.FrameHeight);
        json.WriteBoolean("lowConfidence", analysis.LowConfidence);
        json.WriteNumber("expected", analysis.Expected);
        json.WriteString("expectedFrom", analysis.ExpectedIsEnrolled ? "roll" : "usually-seen");
        json.WriteString("speakersBy", lesson.Sound is { } sound ? ReportJson.Name(sound.Method) : null);
        json.WriteEndObject();
    }

    private static void WriteTampers(Utf8JsonWriter json, AnalysedLesson lesson)
    {
        json.WriteStartArray("tamper");
        foreach (TamperEvent happened in lesson.Tampers)
        {
            json.WriteStartObject();
            json.WriteString("kind", ReportJson.Name(happened.Kind));
            json.Seconds("from", happened.From - AnalysedLesson.Origin);
            json.Seconds("to", happened.To - AnalysedLesson.Origin);
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

    private static void WriteSpeakers(Utf8JsonWriter json, AnalysedLesson lesson)
    {
        json.WriteStartArray("speakers");
        foreach (Xunke.Analytics.Speech.SpokenPart part in lesson.Sound?.Parts ?? [])
        {
            json.WriteStartObject();
            json.WriteString("speaker", ReportJson.Name(part.Speaker));
            json.Seconds("from", part.Start);
            json.Seconds("to", part.End);
            json.WriteBoolean("manyAtOnce", part.ManyAtOnce);
            json.Number("confidence", part.Confidence, 2);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
