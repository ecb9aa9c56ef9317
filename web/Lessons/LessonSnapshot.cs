using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Xunke.Actors.Persistence;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;
using Xunke.Web.Analysis;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>A lesson's snapshot (课堂快照): its measures, computed from what is on record by the code that analyses files.</summary>
internal static class LessonSnapshot
{
    /// <summary>Name and version of the schema (docs/analyse.md).</summary>
    public const string Schema = "xunke-snapshot/1";

    /// <summary>Gaps between samples up to this many intervals are one stretch of a disturbed view.</summary>
    private const int LongestGap = 3;

    /// <summary>Computes and writes it.</summary>
    /// <param name="lesson">What is on record.</param>
    /// <param name="room">The room, or null where it is no longer on the books.</param>
    /// <param name="schoolName">Its school's name.</param>
    /// <param name="recordings">Recordings of the room in that time that the caller may play.</param>
    /// <exception cref="InvalidDataException">What is on record is damaged.</exception>
    public static ReadOnlyMemory<byte> Write(Lesson lesson, RoomEntry? room, string schoolName, IEnumerable<Recording> recordings)
    {
        ImmutableArray<BehaviourSample> samples = SampleTape.Read(lesson.Samples, lesson.From);
        HeardLesson? sound = lesson.Sound is null ? null : HeardTape.Read(lesson.Sound);
        var options = new LessonOptions { Enrolled = lesson.Enrolled > 0 ? lesson.Enrolled : null };
        LessonAnalysis analysis = LessonAnalysis.Of(samples, lesson.From, lesson.To - lesson.From, sound, options);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("lessonId", lesson.Id);
            json.WriteString("roomId", lesson.RoomId);
            json.WriteString("roomName", room?.Name ?? lesson.RoomId);
            json.WriteString("schoolId", lesson.SchoolId);
            json.WriteString("schoolName", schoolName);
            json.WriteString("from", lesson.From);
            json.WriteString("to", lesson.To);
            json.WriteBoolean("ended", lesson.Ended);
            WriteInput(json, analysis, samples, sound, options);
            LessonJson.WriteNotes(json, Notes(lesson, analysis, samples, sound));
            LessonJson.WriteTampers(json, Tampers(samples), lesson.From);
            LessonJson.Write(json, analysis);
            WriteAnswers(json, analysis.Answers);
            WriteRecordings(json, lesson, recordings);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteInput(
        Utf8JsonWriter json, LessonAnalysis analysis, ImmutableArray<BehaviourSample> samples, HeardLesson? sound, LessonOptions options)
    {
        json.WriteStartObject("input");
        json.Seconds("durationSeconds", analysis.Duration);
        json.Seconds("intervalSeconds", samples.IsEmpty ? TimeSpan.Zero : samples.Select(sample => sample.Interval).Order().ElementAt(samples.Length / 2));
        json.WriteNumber("samples", samples.Length);
        json.WriteBoolean("lowConfidence", analysis.LowConfidence);
        json.WriteNumber("expected", analysis.Expected);
        json.WriteString("expectedFrom", analysis.ExpectedIsEnrolled ? "roll" : "usually-seen");
        json.Number("minimumCoverage", options.MinimumCoverage);
        json.WriteString("speakersBy", sound is null ? null : ReportJson.Name(sound.Method));
        json.WriteEndObject();
    }

    /// <summary>Without their seats: a snapshot tells how a class answers, not which pupil does.</summary>
    private static void WriteAnswers(Utf8JsonWriter json, LessonAnswers? answers)
    {
        if (answers is null)
        {
            json.WriteNull("answers");
            return;
        }

        json.WriteStartObject("answers");
        json.Figure("count", answers.Count);
        json.WriteStartArray("all");
        foreach (Answer answer in answers.All)
        {
            json.WriteStartObject();
            json.Seconds("from", answer.From);
            json.Seconds("to", answer.To);
            json.WriteBoolean("stands", answer.Stands);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<ReportNote> Notes(
        Lesson lesson, LessonAnalysis analysis, ImmutableArray<BehaviourSample> samples, HeardLesson? sound)
    {
        if (!lesson.Ended)
        {
            yield return ReportNote.StillGoesOn;
        }
        else if (sound is null)
        {
            yield return ReportNote.NothingHeard;
        }

        if (sound?.Method is SeparationMethod.None)
        {
            yield return ReportNote.NobodyHeard;
        }

        if (sound?.Method is SeparationMethod.OneVoice)
        {
            yield return ReportNote.OneVoice;
        }

        if (sound is { Gaps.IsEmpty: false })
        {
            yield return ReportNote.SoundGaps;
        }

        if (samples.Any(sample => sample.Tamper != Tamper.None))
        {
            yield return ReportNote.Disturbed;
        }

        if (!analysis.ExpectedIsEnrolled)
        {
            yield return ReportNote.EnrolledUnknown;
        }

        if (analysis.LowConfidence)
        {
            yield return ReportNote.LowConfidence;
        }

        if (analysis.Whole.Participation.State == FigureState.DataFault)
        {
            yield return ReportNote.OverEnrolment;
        }
    }

    private static ImmutableArray<TamperEvent> Tampers(ImmutableArray<BehaviourSample> samples)
    {
        var log = new TamperLog();
        DateTimeOffset? before = null;
        foreach (BehaviourSample sample in samples)
        {
            if (sample.At - before > LongestGap * sample.Interval)
            {
                log.Add(Tamper.None, sample.At, null);
            }

            log.Add(sample.Tamper, sample.At, sample.At);
            before = sample.At;
        }

        return log.Events;
    }

    /// <summary>Where a moment of the lesson is in a recording: the recording's place on the lesson's time line.</summary>
    private static void WriteRecordings(Utf8JsonWriter json, Lesson lesson, IEnumerable<Recording> recordings)
    {
        json.WriteStartArray("recordings");
        foreach (Recording recording in recordings)
        {
            json.WriteStartObject();
            json.WriteString("recordingId", recording.Id);
            json.Seconds("from", recording.From - lesson.From);
            json.Seconds("to", recording.From - lesson.From + TimeSpan.FromMilliseconds(recording.LengthMilliseconds));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
