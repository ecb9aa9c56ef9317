using Xunke.Actors.Live;
using Xunke.Actors.Timetable;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;

namespace Xunke.Actors.Lessons;

/// <summary>Which lesson: what does not change while it lasts.</summary>
/// <param name="Id">Its name.</param>
/// <param name="RoomId">Where.</param>
/// <param name="SchoolId">The room's school.</param>
/// <param name="Enrolled">Pupils on the books when it began.</param>
/// <param name="From">Its first sample.</param>
/// <param name="Limit">When it ends at the latest.</param>
/// <param name="Plan">What the timetable had for it when it began; null: nothing.</param>
/// <param name="ByHand">Whether somebody began it: one pupil is enough for it then.</param>
internal sealed record LessonHead(
    Guid Id, string RoomId, string SchoolId, int Enrolled, DateTimeOffset From, DateTimeOffset Limit, LessonPlan? Plan = null,
    bool ByHand = false);

/// <summary>What the timetable has for a lesson.</summary>
/// <param name="EntryId">The lesson of the timetable; null: only the period is known.</param>
/// <param name="TeacherId">Who gives it.</param>
/// <param name="ClassId">Who has it.</param>
/// <param name="SubjectId">What it is about.</param>
/// <param name="Period">The number of its period.</param>
/// <param name="From">When it is to begin.</param>
/// <param name="To">When it is to end.</param>
/// <param name="Date">The lesson's date before any change; null: only the period is known, or an earlier version wrote it.</param>
/// <param name="Enrolled">Pupils on the books of the class; null: not known.</param>
internal sealed record LessonPlan(
    Guid? EntryId, string? TeacherId, string? ClassId, string? SubjectId, int Period, DateTimeOffset From, DateTimeOffset To,
    DateOnly? Date = null, int? Enrolled = null)
{
    /// <summary>What it has in a room now; null: neither a lesson nor a period.</summary>
    public static LessonPlan? Of(RoomPlan plan, ITimetable timetable) =>
        plan.Now is { } lesson
            ? new LessonPlan(
                lesson.EntryId, lesson.TeacherId, lesson.ClassId, lesson.SubjectId, lesson.Period.Period.Number, lesson.From, lesson.To,
                lesson.Unchanged.Date, timetable.EnrolledOf(lesson.ClassId))
        : plan.Period is { } period ? new LessonPlan(null, null, null, null, period.Period.Number, period.From, period.To)
        : null;
}

/// <summary>A lesson that goes on, or has just ended. Its <see cref="LessonActor"/> alone touches it.</summary>
/// <param name="head">Which.</param>
/// <param name="tape">What was seen so far.</param>
/// <param name="to">When the class was last there.</param>
/// <param name="ears">Who listens.</param>
/// <param name="spool">Where it is written down; null where it is not yet.</param>
internal sealed class LessonInHand(LessonHead head, SampleTape tape, DateTimeOffset to, LessonEars ears, LessonSpool? spool = null)
{
    /// <summary>Which.</summary>
    public LessonHead Head => head;

    /// <summary>When the class was last there.</summary>
    public DateTimeOffset To { get; private set; } = to;

    /// <summary>Who listens.</summary>
    public LessonEars Ears => ears;

    /// <summary>Where it is written down.</summary>
    public LessonSpool? Spool { get; set; } = spool;

    /// <summary>Where its stills are written down; null where there are none yet.</summary>
    public StillSpool? Stills { get; set; }

    /// <summary>How far it is on record; null before it is.</summary>
    public DateTimeOffset? SavedTo { get; set; }

    /// <summary>A lesson that begins.</summary>
    public static LessonInHand Begin(RoomRegistration room, DateTimeOffset from, LessonPeriod period, bool byHand = false) => new(
        new LessonHead(
            Guid.NewGuid(), room.RoomId, room.SchoolId, period.Plan?.Enrolled ?? room.Enrolled, from, period.Limit, period.Plan, byHand),
        new SampleTape(from), from, new LessonEars());

    /// <summary>Takes a sample in.</summary>
    /// <param name="sample">The next one.</param>
    /// <param name="classIsThere">Whether it shows the class, or at least not that it is gone.</param>
    public void Add(BehaviourSample sample, bool classIsThere)
    {
        tape.Add(sample);
        To = classIsThere ? sample.At + sample.Interval : To;
    }

    /// <summary>As it is put on record now.</summary>
    public Lesson Record(bool ended, HeardLesson? heard) => new()
    {
        Id = head.Id,
        RoomId = head.RoomId,
        SchoolId = head.SchoolId,
        From = head.From,
        To = To,
        Ended = ended,
        EntryId = head.Plan?.EntryId,
        TeacherId = head.Plan?.TeacherId,
        ClassId = head.Plan?.ClassId,
        SubjectId = head.Plan?.SubjectId,
        Period = head.Plan?.Period,
        PlannedFrom = head.Plan?.From,
        PlannedTo = head.Plan?.To,
        PlannedDate = head.Plan?.Date,
        Enrolled = head.Enrolled,
        Samples = Samples(),
        Sound = heard is null ? null : HeardTape.Write(heard),
    };

    /// <summary>What was seen so far.</summary>
    public byte[] Samples() => tape.ToArray();

    /// <summary>What was seen behind a byte of the tape.</summary>
    public byte[] SamplesFrom(int start) => tape.BytesFrom(start).ToArray();
}
