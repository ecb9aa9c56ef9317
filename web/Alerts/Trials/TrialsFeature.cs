using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Trials;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Alerts.Trials;

/// <summary>Tries a rule on last week's lessons before it is changed: <c>/api/alerts/rules/{kind}/trial</c>.</summary>
internal static class TrialsFeature
{
    public static void MapAlertTrials(this RouteGroupBuilder group) =>
        group.MapPost("/rules/{kind}/trial", TryAsync).Require(Permission.ManageAlertRules)
            .WithSummary("What a rule would have raised in last week's lessons, beside what was raised; nothing is changed")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Ok<AlertTrialView>, ProblemHttpResult>> TryAsync(
        string kind, AlertRulesFeature.WantedAlertRule wanted, Caller caller, AlertTrials trials, AuditTrail audit,
        CancellationToken cancellationToken, string? schoolId = null)
    {
        if (!AlertWords.TryRead(kind, out AlertKind? read) || read is not { } known)
        {
            return Problems.NotFound("unknown-alert-kind", "没有这种预警");
        }

        if (!RuleTrial.CanTry(known))
        {
            return Problems.BadRequest("alert-kind-not-kept", "这种预警没法试算：课堂记录里没有它要看的内容（没有课的教室、摄像机是否在线）");
        }

        var rule = new AlertRule(
            known, wanted.Version, IsOn: true, wanted.Severity, wanted.RaiseAt, wanted.ClearAt, wanted.HoldSeconds,
            wanted.ClearHoldSeconds);
        if (!AlertRules.IsSound(rule))
        {
            return Problems.BadRequest("bad-alert-rule", AlertRulesFeature.Explain(AlertRules.BoundsOf(known)));
        }

        await audit.RecordAsync(caller.UserName, "alert.rule-tried", schoolId is null ? $"{known}" : $"{known} {schoolId}");
        return await trials.RunAsync(rule, schoolId, cancellationToken) is { } result
            ? TypedResults.Ok(result)
            : Problems.Create(StatusCodes.Status429TooManyRequests, "trial-under-way", "另一次试算还没完成，请稍后再试");
    }
}
