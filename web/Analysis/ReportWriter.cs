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
        LessonJson.WriteTampers(json, lesson.Tampers, AnalysedLesson.Origin);
        LessonJson.Write(json, lesson.Analysis);
        WriteSpeakers(json, lesson);
        WriteAnswers(json, lesson.Analysis);
        SecondsWriter.Write(json, lesson);
        await json.FlushAsync(cancellationToken);
        json.WriteStartArray("samples");
        foreach (LessonLook look in lesson.Looks)
        {
            json.WriteStartObject();
            json.Seconds("t", look.Sample.At - AnalysedLesson.Origin);
            json.WriteString("tamper", ReportJson.Name(look.Tamper));
            json.WriteBoolean("lowConfidence", look.Sample.LowConfidence);
            json.WriteString("teacher", ReportJson.Name(look.Sample.Teacher ?? TeacherPlace.Unknown));
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
        foreach (string rule in (string[])[BehaviourRules.HandRaised, BehaviourRules.Head, BehaviourRules.HeadOnDesk, BehaviourRules.Standing, BehaviourRules.NeighbourTalk, BehaviourRules.Teacher, Answer.Formula, BehaviourRules.Vote])
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
        LessonJson.WriteNotes(json, notes);
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

    private static void WriteAnswers(Utf8JsonWriter json, LessonAnalysis analysis)
    {
        json.WriteStartArray("answers");
        foreach (Answer answer in analysis.Answers?.All ?? [])
        {
            json.WriteStartObject();
            json.Seconds("from", answer.From);
            json.Seconds("to", answer.To);
            json.Number("seat", answer.Seat);
            json.WriteBoolean("stands", answer.Stands);
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
