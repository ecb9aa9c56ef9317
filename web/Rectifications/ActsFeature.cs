using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Actors.Visits;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Words = Xunke.Web.Reviews.Words;

namespace Xunke.Web.Rectifications;

/// <summary>Answering a notice, judging the answer, looking again, taking it back, reporting it to the bureau.</summary>
internal static class ActsFeature
{
    /// <summary>A school's answer.</summary>
    internal sealed record WrittenAnswer([property: JsonRequired] int Version, string? Text);

    /// <summary>A judgement: whether it is put right; DueOn: the next round's deadline where it is not; RecheckOn: when somebody looks
    /// again where it is, null: nobody does.</summary>
    internal sealed record WrittenJudgement(
        [property: JsonRequired] int Version, [property: JsonRequired] bool IsRight, string? Text, DateOnly? DueOn, DateOnly? RecheckOn);

    /// <summary>Why a notice is taken back.</summary>
    internal sealed record WrittenWithdrawal([property: JsonRequired] int Version, string? Text);

    /// <summary>What the bureau is told.</summary>
    internal sealed record WrittenReport([property: JsonRequired] int Version, string? Text);

    /// <summary>What acts need.</summary>
    internal sealed record Services(
        RecordsContext Records, RectificationReader Reader, RectificationDeeds Deeds, IOptions<RectificationSettings> Settings);

    public static void MapActs(this RouteGroupBuilder group)
    {
        Post("answer", Permission.AnswerRectifications, AnswerAsync,
            "Answers a notice for the school, with the files that were sent before");
        Post("judgement", Permission.JudgeRectifications, JudgeAsync,
            "Says whether the answer, or what a second look showed, puts it right; if not, the next round begins");
        Post("withdrawal", Permission.IssueRectifications, WithdrawAsync, "Takes a notice back, with a reason");
        Post("report", Permission.IssueRectifications, ReportAsync, "Reports a notice to the bureau");

        void Post(string act, Permission permission, Delegate handler, string summary) =>
            group.MapPost($"/{{rectificationId:guid}}/{act}", handler).Require(permission).WithSummary(summary)
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status404NotFound)
                .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Task<Results<Ok<RectificationView>, ProblemHttpResult>> AnswerAsync(
        Guid rectificationId, WrittenAnswer written, Caller caller, [AsParameters] Services services,
        CancellationToken cancellationToken) =>
        SayAsync(
            rectificationId, written.Version, written.Text, RectificationStep.Answered, RectificationRights.MayAnswer, Problems.Forbidden(),
            caller, services, cancellationToken);

    private static Task<Results<Ok<RectificationView>, ProblemHttpResult>> WithdrawAsync(
        Guid rectificationId, WrittenWithdrawal written, Caller caller, [AsParameters] Services services,
        CancellationToken cancellationToken) =>
        SayAsync(
            rectificationId, written.Version, written.Text, RectificationStep.Withdrawn, RectificationRights.MayWithdraw,
            Problems.Create(StatusCodes.Status403Forbidden, "not-yours-to-withdraw", "只有下发人和区管理员可以撤回"),
            caller, services, cancellationToken);

    private static Task<Results<Ok<RectificationView>, ProblemHttpResult>> ReportAsync(
        Guid rectificationId, WrittenReport written, Caller caller, [AsParameters] Services services,
        CancellationToken cancellationToken) =>
        SayAsync(
            rectificationId, written.Version, written.Text, RectificationStep.Reported, RectificationRights.MayReport, Problems.Forbidden(),
            caller, services, cancellationToken);

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> JudgeAsync(
        Guid rectificationId, WrittenJudgement written, Caller caller, [AsParameters] Services services,
        CancellationToken cancellationToken)
    {
        if (await services.Reader.FindAsync(rectificationId, caller, cancellationToken) is not { } one)
        {
            return RectificationDeeds.Unknown();
        }

        // To be put right is enough; what is not needs a reason.
        if (Words.OrEmpty(written.Text, Rectification.LongestText) is not { } text || (!written.IsRight && text.Length == 0))
        {
            return Problems.BadRequest("bad-text", $"未到位请写明原因 (1 到 {Rectification.LongestText} 字)");
        }

        bool looksAgain = one.State is RectificationState.Recheck;
        DateOnly? on = null;
        if (!written.IsRight || (written.RecheckOn is not null && !looksAgain))
        {
            DateOnly? date = written.IsRight ? written.RecheckOn : written.DueOn;
            on = IssuingFeature.Date(date, services.Reader.Today, services.Settings.Value.AnswerDays);
            if (on is null)
            {
                return Problems.BadRequest("bad-deadline", "日期不能早于今天，也不能晚于一年以后");
            }
        }

        RectificationStep step = !written.IsRight ? RectificationStep.Returned
            : looksAgain ? RectificationStep.Confirmed : RectificationStep.Accepted;
        return await TakeAsync(
            rectificationId, written.Version,
            new RectificationAct(
                step, text, on, RectificationRights.MayJudge,
                Problems.Create(StatusCodes.Status403Forbidden, "not-yours-to-judge", "自己回复的整改，由别人审核"),
                looksAgain ? await LastVisitAsync(one, caller, services.Records, cancellationToken) : null),
            caller, services, cancellationToken);
    }

    // Whoever was in the room since the answer has looked again; nobody has to type it.
    private static async Task<Guid?> LastVisitAsync(
        Rectification one, Caller caller, RecordsContext records, CancellationToken cancellationToken)
    {
        DateTimeOffset since = one.Events.FindLast(happened => happened.Step is RectificationStep.Accepted)?.At ?? one.IssuedAt;
        return await records.Visits.AsNoTracking()
            .Where(visit => visit.UserName == caller.UserName && visit.RoomId == one.RoomId && visit.From >= since)
            .OrderByDescending(visit => visit.From).Select(visit => (Guid?)visit.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> SayAsync(
        Guid id, int version, string? written, RectificationStep step, Func<Caller, Rectification, bool> mayDo, ProblemHttpResult refusal,
        Caller caller, Services services, CancellationToken cancellationToken)
    {
        if (await services.Reader.FindAsync(id, caller, cancellationToken) is null)
        {
            return RectificationDeeds.Unknown();
        }

        return Words.TryRead(written, Rectification.LongestText, out string? text, out ProblemHttpResult? badText)
            ? await TakeAsync(id, version, new RectificationAct(step, text, null, mayDo, refusal), caller, services, cancellationToken)
            : badText;
    }

    private static async Task<Results<Ok<RectificationView>, ProblemHttpResult>> TakeAsync(
        Guid id, int version, RectificationAct act, Caller caller, Services services, CancellationToken cancellationToken) =>
        await services.Deeds.TakeAsync(id, version, caller, act) is { } refusal
            ? refusal
            : TypedResults.Ok(await services.Reader.ShowAsync(
                (await services.Reader.FindAsync(id, caller, cancellationToken))!, caller, cancellationToken));
}
