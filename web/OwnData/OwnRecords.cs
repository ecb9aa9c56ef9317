using Xunke.Actors.Alerts;
using Xunke.Actors.Forms;
using Xunke.Actors.Identity;
using Xunke.Actors.Observations;
using Xunke.Actors.Reviews;
using Xunke.Streaming;

namespace Xunke.Web.OwnData;

/// <summary>The account. Passwords are not kept, only what one can be checked by; that is not told.</summary>
internal sealed record OwnAccount(
    string UserName, string DisplayName, Role Role, string? SchoolId, string? SchoolName, string? TeacherId, string? TeacherName,
    string? TeacherNumber, IReadOnlyList<string>? Schools, IReadOnlyList<string>? Subjects, DateOnly? OfficeFrom, DateOnly? OfficeUntil,
    bool HasSecondFactor);

/// <summary>A sign-in that lasts.</summary>
internal sealed record OwnSession(DateTimeOffset From, DateTimeOffset SeenAt);

/// <summary>What the person is called at a sign-in service that the account is linked with.</summary>
internal sealed record OwnLink(string Service, string Subject, DateTimeOffset LinkedAt);

/// <summary>How the person wants to be told of alerts; the quiet hours in minutes of the day.</summary>
internal sealed record OwnAlertChoice(bool ByMail, string? Address, AlertSeverity Least, int? QuietFrom, int? QuietTo);

/// <summary>A visit that the person made.</summary>
internal sealed record OwnVisit(
    Guid VisitId, string RoomId, string SchoolId, DateTimeOffset From, DateTimeOffset? To, MediaKinds Media, string Purpose);

/// <summary>What the person found in a room on a round, or somebody found in the person's lesson.</summary>
internal sealed record OwnPatrol(
    Guid VisitId, string RoomId, DateTimeOffset At, string By, bool IsException, IReadOnlyDictionary<string, FormAnswer> Answers,
    int? Present, string Note);

/// <summary>A recording that the person began.</summary>
internal sealed record OwnRecording(
    Guid RecordingId, string RoomId, string SchoolId, DateTimeOffset From, DateTimeOffset? To, string Reason);

/// <summary>A lesson that the timetable gave to the person.</summary>
internal sealed record OwnLesson(
    Guid LessonId, string RoomId, DateTimeOffset From, DateTimeOffset To, string? ClassName, string? SubjectName, int? Period,
    bool HasSnapshot);

/// <summary>A goal that the person set for a lesson, of the timetable on a date or of one that nobody planned.</summary>
internal sealed record OwnGoal(Guid? EntryId, DateOnly? Date, Guid? LessonId, string Text, string Shows);

/// <summary>What the person said of whether a goal was reached.</summary>
internal sealed record OwnJudgement(Guid GoalId, GoalOutcome Outcome, string Evidence, DateTimeOffset MadeAt);

/// <summary>What the person thinks of an own lesson.</summary>
internal sealed record OwnReflection(Guid LessonId, string Text, bool IsShared, DateTimeOffset ChangedAt);

/// <summary>What the person said of a lesson.</summary>
internal sealed record OwnRemark(Guid LessonId, double? AtSeconds, string Text, DateTimeOffset MadeAt);

/// <summary>A part that the person cut out of a lesson.</summary>
internal sealed record OwnSlice(
    Guid LessonId, double FromSeconds, double ToSeconds, string Name, IReadOnlyList<string> Tags, DateTimeOffset MadeAt);

/// <summary>The person's objection to a figure, with the answer.</summary>
internal sealed record OwnObjection(
    Guid LessonId, string Figure, double? Value, string Text, DateTimeOffset MadeAt, DateTimeOffset? WithdrawnAt, string? Answer,
    ObjectionOutcome? Outcome, DateTimeOffset? AnsweredAt);

/// <summary>An observation that the person made, or that was sent to the person as the lesson's teacher, with the answers by the items'
/// keys.</summary>
internal sealed record OwnObservation(
    Guid ObservationId, Guid LessonId, bool AsObserver, string Observer, ObservationHeader Header, Guid FormId, int FormVersion,
    FormContent Form, Dictionary<string, FormAnswer> Answers, string Overall, ObservationState State, DateTimeOffset BegunAt,
    DateTimeOffset? SentAt, DateTimeOffset? ReadAt, DateTimeOffset? RepliedAt, string? Reply);

/// <summary>What was written down in one of these observations, by the second of the lesson.</summary>
internal sealed record OwnObservationRemark(Guid ObservationId, double AtSeconds, RemarkKind Kind, string Text, IReadOnlyList<string> Tags);

/// <summary>An appeal in one of these observations.</summary>
internal sealed record OwnAppeal(
    Guid ObservationId, string ItemKey, FormAnswer Answer, string Reason, DateTimeOffset MadeAt, AppealOutcome? Outcome, int? DecidedValue,
    string? Decision, DateTimeOffset? DecidedAt);

/// <summary>Something that the person did, from the audit trail.</summary>
internal sealed record OwnDeed(long Line, DateTimeOffset At, string Action, string Subject, string? Purpose);

/// <summary>All of it. The long lists are read while they are written; none is ever in memory as a whole.</summary>
internal sealed record OwnEverything(
    DateTimeOffset At, OwnAccount Account, IReadOnlyList<OwnSession> Sessions, IReadOnlyList<OwnLink> Links,
    OwnAlertChoice? AlertChoice,
    IAsyncEnumerable<OwnVisit> Visits, IAsyncEnumerable<OwnPatrol> Patrols,
    IAsyncEnumerable<OwnRecording> Recordings, IAsyncEnumerable<OwnLesson> Lessons,
    IAsyncEnumerable<OwnGoal> Goals, IAsyncEnumerable<OwnJudgement> Judgements, IAsyncEnumerable<OwnReflection> Reflections,
    IAsyncEnumerable<OwnRemark> Remarks, IAsyncEnumerable<OwnSlice> Slices,
    IAsyncEnumerable<OwnObjection> Objections, IAsyncEnumerable<OwnObservation> Observations,
    IAsyncEnumerable<OwnObservationRemark> ObservationRemarks, IAsyncEnumerable<OwnAppeal> Appeals, IAsyncEnumerable<OwnDeed> Deeds);
