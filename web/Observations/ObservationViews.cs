using Xunke.Actors.Forms;
using Xunke.Actors.Observations;

namespace Xunke.Web.Observations;

/// <summary>An observation as one of those sees it who may.</summary>
/// <param name="ObservationId">Its name.</param>
/// <param name="LessonId">The lesson.</param>
/// <param name="HasLesson">Whether the lesson is still on record.</param>
/// <param name="LessonEnded">Whether the lesson is over.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="RoomId">The room.</param>
/// <param name="IsMine">Whether the caller is the observer.</param>
/// <param name="IsTeacher">Whether the caller gave the lesson.</param>
/// <param name="MayDecide">Whether the caller decides about appeals in it.</param>
/// <param name="HasTeacher">Whether the lesson has a teacher with an account, who gets it.</param>
/// <param name="Observer">The observer's name.</param>
/// <param name="Header">What it is of.</param>
/// <param name="FormId">The form.</param>
/// <param name="FormVersion">Which version of it.</param>
/// <param name="Form">What that version asks.</param>
/// <param name="Answers">By the items' keys.</param>
/// <param name="Overall">What the observer says of the whole.</param>
/// <param name="Total">What the observer's answers come to.</param>
/// <param name="TotalAfter">The same with what was changed on appeal; null: nothing was.</param>
/// <param name="Version">For saving.</param>
/// <param name="State">What has become of it.</param>
/// <param name="BegunAt">When it was begun.</param>
/// <param name="ChangedAt">When the observer last changed it.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="ReadAt">When the teacher first opened it.</param>
/// <param name="RepliedAt">When the teacher answered.</param>
/// <param name="Reply">The teacher's words.</param>
/// <param name="Remarks">By the second.</param>
/// <param name="Appeals">In the order of the form.</param>
/// <param name="Tags">The district's tags for remarks.</param>
internal sealed record ObservationView(
    Guid ObservationId, Guid LessonId, bool HasLesson, bool LessonEnded, string SchoolId, string RoomId, bool IsMine, bool IsTeacher,
    bool MayDecide, bool HasTeacher, string Observer, ObservationHeader Header, Guid FormId, int FormVersion, FormContent Form,
    IReadOnlyDictionary<string, FormAnswer> Answers, string Overall, FormTotal Total, FormTotal? TotalAfter, int Version,
    ObservationState State, DateTimeOffset BegunAt, DateTimeOffset ChangedAt, DateTimeOffset? SentAt, DateTimeOffset? ReadAt,
    DateTimeOffset? RepliedAt, string? Reply, IReadOnlyList<ObservationRemarkView> Remarks, IReadOnlyList<ObservationAppealView> Appeals,
    IReadOnlyList<string> Tags);

/// <summary>What an observer wrote down; At: the second of the lesson.</summary>
internal sealed record ObservationRemarkView(
    Guid Id, double At, RemarkKind Kind, string Text, IReadOnlyList<string> Tags, DateTimeOffset MadeAt)
{
    public static ObservationRemarkView Of(ObservationRemark remark) =>
        new(remark.Id, remark.AtSeconds, remark.Kind, remark.Text, remark.Tags, remark.MadeAt);
}

/// <summary>An appeal with what it is about, and what was decided.</summary>
internal sealed record ObservationAppealView(
    string ItemKey, FormAnswer Answer, string? Anchor, string Reason, DateTimeOffset MadeAt, AppealOutcome? Outcome, int? DecidedValue,
    string? Decision, string? DecidedName, DateTimeOffset? DecidedAt)
{
    public static ObservationAppealView Of(ObservationAppeal appeal) => new(
        appeal.ItemKey, appeal.Answer, appeal.Anchor, appeal.Reason, appeal.MadeAt, appeal.Outcome, appeal.DecidedValue, appeal.Decision,
        appeal.DecidedName, appeal.DecidedAt);
}

/// <summary>An observation in a list; OpenAppeals: those that nobody has decided.</summary>
internal sealed record ObservationSummary(
    Guid ObservationId, Guid LessonId, string RoomId, bool IsMine, bool IsTeacher, bool MayDecide, bool HasTeacher, string Observer,
    ObservationHeader Header, int FormVersion, FormTotal Total, FormTotal? TotalAfter, ObservationState State, DateTimeOffset BegunAt,
    DateTimeOffset ChangedAt, DateTimeOffset? SentAt, DateTimeOffset? ReadAt, DateTimeOffset? RepliedAt, int OpenAppeals);

/// <summary>A draft as it was saved: the version that the next save is based on, and what the answers come to.</summary>
internal sealed record SavedDraft(int Version, DateTimeOffset ChangedAt, FormTotal Total);

/// <summary>The lesson that goes on in a room, and the caller's observation of it; null: there is none.</summary>
internal sealed record RoomObservation(Guid? LessonId, DateTimeOffset? From, Guid? ObservationId);
