using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Forms;
using Xunke.Actors.Observations;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Reviews;
using Xunke.Web.Timetable;

namespace Xunke.Web.Observations;

/// <summary>An observation with its teacher: agreed, or appealed against item by item, which somebody else decides.</summary>
internal static class FeedbackFeature
{
    private const int LongestText = 1_000;

    /// <summary>A teacher's answer; without appeals it agrees.</summary>
    internal sealed record WrittenReply(string? Text, List<WrittenAppeal>? Appeals);

    /// <summary>An appeal against the answer to an item.</summary>
    internal sealed record WrittenAppeal(string? ItemKey, string? Reason);

    /// <summary>A decision; Value: the answer that is to stand beside the observer's, where it is changed.</summary>
    internal sealed record WrittenDecision([property: JsonRequired] AppealOutcome Outcome, string? Text, int? Value);

    /// <summary>What feedback needs.</summary>
    internal sealed record Services(
        RecordsContext Records, ObservationReader Reader, ObservationDeeds Deeds, AuditTrail Audit, TimetableBook Timetable,
        TimeProvider Time);

    public static void MapFeedback(this RouteGroupBuilder group)
    {
        group.MapPost("/{observationId:guid}/reply", ReplyAsync)
            .WithSummary("The lesson's teacher agrees with an observation, or appeals against items of it; once")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{observationId:guid}/appeals/{itemKey}/decision", DecideAsync).Require(Permission.DecideAppeals)
            .WithSummary("Decides about an appeal, with words; the observer's answer never changes, another stands beside it")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ObservationView>, ProblemHttpResult>> ReplyAsync(
        Guid observationId, WrittenReply written, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        if (await FindAsync(observationId, caller, services, cancellationToken) is not { } known)
        {
            return ObservationDeeds.Unknown();
        }

        if (!ObservationReader.IsTeacher(known, caller, services.Timetable.Names))
        {
            return Problems.Forbidden();
        }

        if (Words.OrEmpty(written.Text, LongestText) is not { } text)
        {
            return Problems.BadRequest("bad-text", $"回复最多 {LongestText} 个字");
        }

        if (Read(written.Appeals ?? [], known, services.Time.GetUtcNow()) is not { } appeals)
        {
            return Problems.BadRequest("bad-appeal", $"申诉要针对评过的项，每项一次，并写明理由 (2 到 {LongestText} 字)");
        }

        bool isOver = false;
        await services.Audit.CommitAsync(async deed =>
        {
            known = await deed.Records.Observations.SingleAsync(one => one.Id == observationId);
            isOver = known.State is not (ObservationState.Sent or ObservationState.Read);
            if (isOver)
            {
                deed.GiveUp();
                return;
            }

            DateTimeOffset now = services.Time.GetUtcNow();
            known.State = appeals is [] ? ObservationState.Accepted : ObservationState.Appealed;
            (known.ReadAt, known.RepliedAt, known.Reply) = (known.ReadAt ?? now, now, text.Length == 0 ? null : text);
            deed.Records.ObservationAppeals.AddRange(appeals);
            services.Deeds.Tell(deed, known, caller.UserName, appeals is [] ? "observation.accepted" : "observation.appealed");
        });
        return isOver
            ? Problems.Create(StatusCodes.Status409Conflict, "already-replied", "这份反馈已经回复过")
            : TypedResults.Ok(await services.Reader.ShowAsync(known, caller, cancellationToken));
    }

    private static async Task<Results<Ok<ObservationView>, ProblemHttpResult>> DecideAsync(
        Guid observationId, string itemKey, WrittenDecision written, Caller caller, [AsParameters] Services services,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(observationId, caller, services, cancellationToken) is not { } known)
        {
            return ObservationDeeds.Unknown();
        }

        if (!ObservationReader.MayDecide(known, caller, services.Timetable.Names))
        {
            return Problems.Create(StatusCodes.Status403Forbidden, "not-yours-to-decide", "自己的听课记录和自己的课，由别人裁定");
        }

        if (!Enum.IsDefined(written.Outcome) || !Words.TryRead(written.Text, LongestText, out string? text, out _))
        {
            return Problems.BadRequest("bad-decision", $"请选择维持或更改，并写明理由 (1 到 {LongestText} 字)");
        }

        (bool isKnown, bool isClosed, bool isWrong) = (false, false, false);
        await services.Audit.CommitAsync(async deed =>
        {
            known = await deed.Records.Observations.SingleAsync(one => one.Id == observationId);
            List<ObservationAppeal> all = await deed.Records.ObservationAppeals.Where(one => one.ObservationId == observationId)
                .ToListAsync();
            ObservationAppeal? appeal = all.Find(one => one.ItemKey == itemKey);
            (isKnown, isClosed) = (appeal is not null, appeal?.Outcome is not null);
            isWrong = isKnown && !FitsDecision(written, known.Form.Find(itemKey)!, appeal!);
            if (appeal is null || isClosed || isWrong)
            {
                deed.GiveUp();
                return;
            }

            (appeal.Outcome, appeal.DecidedValue, appeal.Decision) = (written.Outcome, written.Value, text);
            (appeal.DecidedBy, appeal.DecidedName, appeal.DecidedAt) =
                (caller.UserName, caller.DisplayName, services.Time.GetUtcNow());
            known.State = all.TrueForAll(one => one.Outcome is not null) ? ObservationState.Resolved : known.State;
            services.Deeds.Tell(deed, known, caller.UserName, "observation.decided");
        });
        return !isKnown ? Problems.NotFound("unknown-appeal", "没有这条申诉")
            : isClosed ? Problems.Create(StatusCodes.Status409Conflict, "appeal-closed", "这条申诉已经裁定")
            : isWrong ? Problems.BadRequest("bad-decision", "更改要给出另一个合乎量表的值，维持则不给")
            : TypedResults.Ok(await services.Reader.ShowAsync(known, caller, cancellationToken));
    }

    private static bool FitsDecision(WrittenDecision written, FormItem item, ObservationAppeal appeal) =>
        written.Outcome is AppealOutcome.Upheld ? written.Value is null
        : item.Kind is ItemKind.Text ? written.Value is null
        : written.Value is { } value && value != appeal.Answer.Value && new FormAnswer(value, null, false, null).Fits(item);

    private static List<ObservationAppeal>? Read(List<WrittenAppeal> written, Observation observation, DateTimeOffset now)
    {
        var appeals = new List<ObservationAppeal>();
        foreach (WrittenAppeal one in written)
        {
            string key = one?.ItemKey ?? string.Empty;
            if (observation.Form.Find(key) is not { } item || observation.Answers.GetValueOrDefault(key) is not { } answer
                || !answer.IsAnswered() || appeals.Exists(appeal => appeal.ItemKey == key)
                || !Words.TryRead(one!.Reason, LongestText, out string? reason, out _) || reason.Length < 2)
            {
                return null;
            }

            appeals.Add(new ObservationAppeal
            {
                ObservationId = observation.Id,
                ItemKey = key,
                Answer = answer,
                Anchor = item.Levels.FirstOrDefault(level => level.Points == answer.Value)?.Text,
                Reason = reason,
                MadeAt = now,
            });
        }

        return appeals;
    }

    // An observation that the caller may not see does not exist for the caller.
    private static Task<Observation?> FindAsync(
        Guid observationId, Caller caller, Services services, CancellationToken cancellationToken) =>
        services.Records.Observations.AsNoTracking().VisibleTo(caller, services.Records)
            .SingleOrDefaultAsync(one => one.Id == observationId, cancellationToken);
}
