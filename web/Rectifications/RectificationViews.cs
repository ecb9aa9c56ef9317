using System.Collections.Immutable;
using Xunke.Actors.Identity;
using Xunke.Actors.Rectifications;

namespace Xunke.Web.Rectifications;

/// <summary>A notice in a list.</summary>
/// <param name="RectificationId">The notice.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is about.</param>
/// <param name="SchoolId">The school.</param>
/// <param name="SchoolName">The school's name.</param>
/// <param name="SchoolNameEn">The same in English.</param>
/// <param name="RoomId">The room; null: none.</param>
/// <param name="RoomName">Its name.</param>
/// <param name="State">What it waits for.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="IssuedOn">The date on which it was issued.</param>
/// <param name="IssuedName">Who issued it.</param>
/// <param name="ResponsibleName">Who is to answer; null: the school's principal or administrators.</param>
/// <param name="DueOn">The last date for the answer.</param>
/// <param name="RecheckOn">By when somebody is to look again; null: nobody is.</param>
/// <param name="ReportDueOn">By when the bureau is to have its report; null: the school has not answered yet.</param>
/// <param name="ReportedAt">When it was reported; null: not yet.</param>
/// <param name="EndedAt">When it was closed or withdrawn; null: it is open.</param>
/// <param name="IsOverdue">Whether the answer or the second look is late.</param>
/// <param name="IsReportOverdue">Whether the report is late.</param>
internal sealed record RectificationSummary(
    Guid RectificationId, string Number, string Title, string SchoolId, string SchoolName, string SchoolNameEn, string? RoomId,
    string? RoomName, RectificationState State, int Round, DateOnly IssuedOn, string IssuedName, string? ResponsibleName, DateOnly DueOn,
    DateOnly? RecheckOn, DateOnly? ReportDueOn, DateTimeOffset? ReportedAt, DateTimeOffset? EndedAt, bool IsOverdue, bool IsReportOverdue);

/// <summary>A notice with all that happened to it.</summary>
/// <param name="Notice">As a list shows it.</param>
/// <param name="Version">For the next act.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Source">What it comes from.</param>
/// <param name="SourceId">The observation, the alert or the visit; null: none, or the caller may not see it.</param>
/// <param name="Events">In their order.</param>
/// <param name="Files">Of all rounds; those that are not sent yet only for whoever answers.</param>
/// <param name="MayAnswer">Whether the caller may answer now.</param>
/// <param name="MayJudge">Whether the caller may judge the answer, or say what the second look showed, now.</param>
/// <param name="MayWithdraw">Whether the caller may take it back now.</param>
/// <param name="MayReport">Whether the caller may report it to the bureau now.</param>
/// <param name="NextDueOn">The deadline of a next round, as it is usual.</param>
/// <param name="NextRecheckOn">When somebody looks again, as it is usual.</param>
internal sealed record RectificationView(
    RectificationSummary Notice, int Version, string Problem, RectificationSource Source, Guid? SourceId,
    ImmutableArray<RectificationEventView> Events, ImmutableArray<RectificationFileView> Files, bool MayAnswer, bool MayJudge,
    bool MayWithdraw, bool MayReport, DateOnly NextDueOn, DateOnly NextRecheckOn);

/// <summary>Something that was done to a notice; On: the date that was set with it; HasVisit: whether a visit is on record in which
/// somebody looked again.</summary>
internal sealed record RectificationEventView(
    int Number, int Round, DateTimeOffset At, RectificationStep Step, string ByName, string Text, DateOnly? On, bool HasVisit);

/// <summary>A file of an answer.</summary>
internal sealed record RectificationFileView(
    Guid FileId, int Round, string Name, RectificationFileKind Kind, long Size, DateTimeOffset At, bool IsSent);

/// <summary>A page of notices, of how many.</summary>
internal sealed record RectificationPage(ImmutableArray<RectificationSummary> Notices, int Page, int PageSize, int Total);

/// <summary>How many notices are open, how many of them are overdue, and how many reports are.</summary>
internal sealed record RectificationCount(int Open, int Overdue, int ReportsOverdue);

/// <summary>Somebody who can be named to answer for a school.</summary>
internal sealed record RectificationPerson(string UserName, string DisplayName, Role Role);

/// <summary>What a new notice begins with: the usual deadline, and whom it can name.</summary>
internal sealed record RectificationStart(DateOnly Today, DateOnly DueOn, ImmutableArray<RectificationPerson> People);
