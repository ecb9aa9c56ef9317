using Xunke.Actors.Rectifications;
using Xunke.Web.Identity;

namespace Xunke.Web.Rectifications;

/// <summary>Who may do what to a notice, whatever state it is in.</summary>
internal static class RectificationRights
{
    /// <summary>Whether the caller answers for the school: as one of those in charge of it, or as whom the notice names.</summary>
    public static bool MayAnswer(this Caller caller, Rectification one) =>
        caller.May(Permission.AnswerRectifications, one.SchoolId)
        || (caller.May(Permission.AnswerRectifications) && one.Responsible == caller.UserName);

    /// <summary>Whether the caller judges what was answered: never somebody who answered this round, whatever the role is by now.</summary>
    public static bool MayJudge(this Caller caller, Rectification one) =>
        caller.May(Permission.JudgeRectifications, one.SchoolId)
        && one.Events.LastOrDefault(happened => happened.Step is RectificationStep.Answered)?.By != caller.UserName;

    /// <summary>Whether the caller takes it back: who issued it, or the district's administrator.</summary>
    public static bool MayWithdraw(this Caller caller, Rectification one) => caller.May(Permission.IssueRectifications, one.SchoolId)
        && (one.IssuedBy == caller.UserName || caller.Role is Actors.Identity.Role.Administrator);

    /// <summary>Whether the caller reports it to the bureau.</summary>
    public static bool MayReport(this Caller caller, Rectification one) => caller.May(Permission.IssueRectifications, one.SchoolId);
}
