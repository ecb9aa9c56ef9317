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
}

/// <summary>Something that waits for the caller (待办). Id: of the observation or alert. Text: what it is about; of an alert
/// <c>Alert</c> says that: its kind as the alerts' own API writes it. DueOn: its last date, or null.</summary>
internal sealed record Duty(
    DutyKind Kind, Guid Id, string SchoolId, string SchoolName, string? RoomName, string Text, string? Alert, DateTimeOffset Since,
    DateOnly? DueOn, bool IsOverdue);

/// <summary>What waits for the caller, what is overdue first, then by its date; at most a hundred of All.</summary>
internal sealed record DutyList(DateOnly Date, int All, Duty[] Duties);
