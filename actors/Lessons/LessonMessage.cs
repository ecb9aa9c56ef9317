using System.Collections.Immutable;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Speech;
using Xunke.Analytics.Stills;

namespace Xunke.Actors.Lessons;

/// <summary>What a <see cref="LessonActor"/> understands.</summary>
public abstract record LessonMessage : RoomMessage;

/// <summary>The room was looked at. Every look counts: none replaces another.</summary>
/// <param name="Sample">What was seen.</param>
internal sealed record RoomSeen(BehaviourSample Sample) : LessonMessage;

/// <summary>A still was made that the actor had asked for.</summary>
/// <param name="Still">The still.</param>
internal sealed record StillTaken(Still Still) : LessonMessage;

/// <summary>A question for how much is spoken in the lesson that goes on.</summary>
public sealed record GetHeard : LessonMessage, IQuestion<LessonMessage, RoomHeard>;

/// <summary>The answer to <see cref="GetHeard"/>.</summary>
/// <param name="Windows">From the lesson's start; none where there is no lesson, or nobody listens.</param>
public sealed record RoomHeard(ImmutableArray<HeardWindow> Windows);

/// <summary>A question for the lesson that goes on.</summary>
public sealed record GetLesson : LessonMessage, IQuestion<LessonMessage, LessonNow>;

/// <summary>Somebody begins a lesson by hand. Where one goes on, nothing is done.</summary>
public sealed record BeginLesson : LessonMessage, IQuestion<LessonMessage, LessonNow>;

/// <summary>Somebody ends the lesson by hand. Where another goes on, or none, nothing is done.</summary>
/// <param name="LessonId">The lesson that goes on.</param>
public sealed record EndLesson(Guid LessonId) : LessonMessage, IQuestion<LessonMessage, LessonNow>;

/// <summary>A room's lesson as it is now: the answer to all of these.</summary>
/// <param name="LessonId">The lesson that goes on; null: none.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When it ends at the latest.</param>
/// <param name="ByHand">Whether somebody began it.</param>
/// <param name="TeacherId">Who gives it by the timetable; null: not known.</param>
/// <param name="HeldUntil">Somebody has ended a lesson: until then, or until the class has been away, none begins by itself.</param>
public sealed record LessonNow(
    Guid? LessonId, DateTimeOffset? From, DateTimeOffset? Until, bool ByHand, string? TeacherId, DateTimeOffset? HeldUntil);

/// <summary>
/// The server stops: put on record what there is, and leave it to the next start to go on with the lesson. Answered once it is, or
/// cannot be.
/// </summary>
public sealed record SuspendLessons : LessonMessage, IQuestion<LessonMessage, LessonsSuspended>;

/// <summary>The answer to <see cref="SuspendLessons"/>.</summary>
public sealed record LessonsSuspended;

/// <summary>Look what is due.</summary>
internal sealed record LessonsDue : LessonMessage, IToSelf;

/// <summary>Look whether the room has a lesson or will soon.</summary>
internal sealed record HoursDue : LessonMessage, IToSelf;

/// <summary>What the actor had written down before it failed.</summary>
internal sealed record LessonsRead(IReadOnlyList<LessonInHand> Lessons) : LessonMessage, IToSelf;

/// <summary>Something was done for a lesson that goes on.</summary>
internal abstract record LessonWork : LessonMessage, IToSelf;

/// <summary>What became of something that was done for a lesson that goes on.</summary>
/// <param name="Failure">What nobody expected; null where nothing of the kind was.</param>
internal sealed record LessonWorkDone(Exception? Failure) : LessonWork;

/// <summary>A lesson that goes on is on record up to a time.</summary>
internal sealed record LessonSaved(LessonInHand Lesson, DateTimeOffset To) : LessonWork;

/// <summary>A lesson that has ended was put on record, or could not be yet.</summary>
internal sealed record LessonEnded(EndedLesson Lesson, bool IsOnRecord) : LessonMessage, IToSelf;
