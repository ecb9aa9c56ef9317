using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Vision;
using Xunke.Web.Analysis;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Lessons;

/// <summary>
/// A lesson's snapshot (课堂快照) as it is sent (docs/analyse.md has its schema): its measures, computed from what is on record by the code
/// that analyses files.
/// </summary>
/// <param name="lesson">What is on record.</param>
/// <param name="samples">What was seen.</param>
/// <param name="sound">What was heard; null without sound.</param>
/// <param name="options">How measures are taken.</param>
internal sealed class LessonSnapshot(Lesson lesson, ImmutableArray<BehaviourSample> samples, HeardLesson? sound, LessonOptions options)
    : MeasuresReport(LessonAnalysis.Of(samples, lesson.From, lesson.To - lesson.From, sound, options))
{
    /// <summary>Gaps between samples up to this many intervals are one stretch of a disturbed view.</summary>
    private const int LongestGap = 3;

    public string Schema => "xunke-snapshot/1";

    public Guid LessonId => lesson.Id;

    public string RoomId => lesson.RoomId;

    public required string RoomName { get; init; }

    public string SchoolId => lesson.SchoolId;

    public required string SchoolName { get; init; }

    public DateTimeOffset From => lesson.From;

    public DateTimeOffset To => lesson.To;

    public bool Ended => lesson.Ended;

    /// <summary>What the timetable had for it; null: nothing.</summary>
    public SnapshotPlan? Planned { get; init; }

    public InputReport Input => new(Analysis, Interval, samples.Length, sound) { MinimumCoverage = options.MinimumCoverage };

    public IEnumerable<ReportNote> Notes => FindNotes();

    [JsonPropertyName("tamper")]
    public IEnumerable<TamperReport> Tampers => Of(FindTampers(), lesson.From);

    [JsonPropertyOrder(1)]
    public SnapshotAnswers? Answers => Analysis.Answers is { } answers ? new SnapshotAnswers(answers) : null;

    /// <summary>Where a moment of the lesson is in a recording: the recordings' places on the lesson's time line.</summary>
    [JsonPropertyOrder(1)]
    public required IEnumerable<PlacedRecording> Recordings { get; init; }

    /// <summary>The stills of its moments; none while it goes on, and after their days.</summary>
    [JsonPropertyOrder(1)]
    public IEnumerable<PlacedStill> Stills => [];

    private TimeSpan Interval =>
        samples.IsEmpty ? TimeSpan.Zero : samples.Select(sample => sample.Interval).Order().ElementAt(samples.Length / 2);

    /// <summary>Computes it.</summary>
    /// <param name="lesson">What is on record.</param>
    /// <param name="room">The room, or null where it is no longer on the books.</param>
    /// <param name="schoolName">Its school's name.</param>
    /// <param name="recordings">Recordings of the room in that time that the caller may play.</param>
    /// <param name="names">What class, subject and teacher are called.</param>
    /// <exception cref="InvalidDataException">What is on record is damaged.</exception>
    public static LessonSnapshot Of(
        Lesson lesson, RoomEntry? room, string schoolName, IEnumerable<Recording> recordings, BookNames names) => new(
        lesson,
        SampleTape.Read(lesson.Samples, lesson.From),
        lesson.Sound is null ? null : HeardTape.Read(lesson.Sound),
        new LessonOptions { Enrolled = lesson.Enrolled > 0 ? lesson.Enrolled : null })
        {
            RoomName = room?.Name ?? lesson.RoomId,
            SchoolName = schoolName,
            Planned = SnapshotPlan.Of(lesson, names),
            Recordings = recordings.Select(recording => new PlacedRecording(recording, lesson.From)),
        };

    private IEnumerable<ReportNote> FindNotes()
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

        if (!Analysis.ExpectedIsEnrolled)
        {
            yield return ReportNote.EnrolledUnknown;
        }

        if (Analysis.LowConfidence)
        {
            yield return ReportNote.LowConfidence;
        }

        if (Analysis.Whole.Participation.State == FigureState.DataFault)
        {
            yield return ReportNote.OverEnrolment;
        }
    }

    private ImmutableArray<TamperEvent> FindTampers()
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
}

/// <summary>What the timetable had for a lesson when it began, with the names of that day.</summary>
internal sealed record SnapshotPlan(
    string? ClassId, string? ClassName, string? SubjectId, string? SubjectName, string? SubjectNameEn, string? TeacherId,
    string? TeacherName, int Period, DateTimeOffset? From, DateTimeOffset? To)
{
    public static SnapshotPlan? Of(Lesson lesson, BookNames names) => lesson.Period is not { } period ? null : new SnapshotPlan(
        lesson.ClassId, names.Class(lesson.ClassId), lesson.SubjectId, names.Subject(lesson.SubjectId), names.SubjectEn(lesson.SubjectId),
        lesson.TeacherId, names.Teacher(lesson.TeacherId), period, lesson.PlannedFrom, lesson.PlannedTo);
}

/// <summary>Answers without their seats: a snapshot tells how a class answers, not which pupil does.</summary>
internal sealed class SnapshotAnswers(LessonAnswers answers)
{
    public Figure Count => answers.Count;

    public IEnumerable<SnapshotAnswer> All => answers.All.Select(answer => new SnapshotAnswer(answer.From, answer.To, answer.Stands));
}

/// <summary>An answer, counted from the start of the lesson.</summary>
internal sealed record SnapshotAnswer(TimeSpan From, TimeSpan To, bool Stands);

/// <summary>A recording on the lesson's time line.</summary>
internal sealed class PlacedRecording(Recording recording, DateTimeOffset origin)
{
    public Guid RecordingId => recording.Id;

    public TimeSpan From => recording.From - origin;

    public TimeSpan To => From + TimeSpan.FromMilliseconds(recording.LengthMilliseconds);
}
