namespace Xunke.Web.Duties;

/// <summary>What somebody is waited for.</summary>
internal enum DutyKind
{
    /// <summary>An own observation is not sent yet; the teacher is to have it on the day of the lesson.</summary>
    SendObservation,

    /// <summary>An observation of an own lesson is not answered yet.</summary>
    AnswerObservation,

    /// <summary>A teacher appeals, and the caller may decide.</summary>
    DecideAppeal,

    /// <summary>An alert was given to the caller.</summary>
    TendAlert,

    /// <summary>A notice of rectification waits for the school's answer, which the caller may give.</summary>
    AnswerRectification,

    /// <summary>A notice that the caller issued was answered.</summary>
    JudgeRectification,

    /// <summary>The caller promised to look again.</summary>
    RecheckRectification,

    /// <summary>The bureau waits for the report about a notice that the caller issued.</summary>
    ReportRectification,
}

/// <summary>Something that waits for the caller (待办). Id: of the observation, alert or notice. Text: what it is about; of an alert
/// <c>Alert</c> says that: its kind as the alerts' own API writes it. DueOn: its last date, or null.</summary>
internal sealed record Duty(
    DutyKind Kind, Guid Id, string SchoolId, string SchoolName, string? RoomName, string Text, string? Alert, DateTimeOffset Since,
    DateOnly? DueOn, bool IsOverdue);

/// <summary>What waits for the caller, what is overdue first, then by its date; at most a hundred of All.</summary>
internal sealed record DutyList(DateOnly Date, int All, Duty[] Duties);
