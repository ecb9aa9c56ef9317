using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Trials;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Alerts;

/// <summary>When alerts are raised and cleared in the district: <c>/api/alerts/rules</c>.</summary>
internal static class AlertRulesFeature
{
    /// <summary>What people said of a rule's alerts: of the version in force, and of all.</summary>
    internal sealed record AlertVerdicts(int True, int False, int Test, int Known);

    /// <summary>A rule with its bounds, as delivered, how good it was, and whether it can be tried on lessons that are over.</summary>
    internal sealed record AlertRuleView(
        AlertRule Rule, AlertBounds Bounds, AlertRule Usual, AlertHours Hours, string? MadeBy, DateTimeOffset? MadeAt,
        AlertVerdicts OfVersion, AlertVerdicts OfAll, bool CanTry);

    /// <summary>A rule as it is to be; Version: the one that was changed.</summary>
    internal sealed record WantedAlertRule(
        int Version, bool IsOn, AlertSeverity Severity, int RaiseAt, int ClearAt, int HoldSeconds, int ClearHoldSeconds);

    public static void MapAlertRules(this RouteGroupBuilder group)
    {
        group.MapGet("/rules", ListAsync).Require(Permission.ManageAlertRules)
            .WithSummary("The rules, and how often people said that their alerts were true");
        group.MapPut("/rules/{kind}", ChangeAsync).Require(Permission.ManageAlertRules)
            .WithSummary("Changes a rule, from the next second on")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<AlertRuleView[]>> ListAsync(RecordsContext records, AlertBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ViewsAsync(records, book, cancellationToken));

    private static async Task<Results<Ok<AlertRuleView>, ProblemHttpResult>> ChangeAsync(
        string kind, WantedAlertRule wanted, Caller caller, RecordsContext records, AlertBook book, AlertDeeds deeds, AuditTrail audit,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (!AlertWords.TryRead(kind, out AlertKind? read) || read is not { } known)
        {
            return Problems.NotFound("unknown-alert-kind", "没有这种预警");
        }

        var rule = new AlertRule(
            known, wanted.Version + 1, wanted.IsOn, wanted.Severity, wanted.RaiseAt, wanted.ClearAt, wanted.HoldSeconds,
            wanted.ClearHoldSeconds);
        if (!AlertRules.IsSound(rule))
        {
            return Problems.BadRequest("bad-alert-rule", Explain(AlertRules.BoundsOf(known)));
        }

        bool isNewest = false;
        await audit.CommitAsync(async deed =>
        {
            int newest = await deed.Records.AlertRuleVersions.Where(one => one.Kind == known).MaxAsync(one => (int?)one.Version) ?? 0;
            isNewest = newest == wanted.Version;
            if (!isNewest)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.AlertRuleVersions.Add(new AlertRuleVersion
            {
                Kind = known,
                Version = rule.Version,
                IsOn = rule.IsOn,
                Severity = rule.Severity,
                RaiseAt = rule.RaiseAt,
                ClearAt = rule.ClearAt,
                HoldSeconds = rule.HoldSeconds,
                ClearHoldSeconds = rule.ClearHoldSeconds,
                MadeBy = caller.UserName,
                MadeAt = time.GetUtcNow(),
            });
            deed.Tell(caller.UserName, "alert.rule-changed", string.Create(CultureInfo.InvariantCulture, $"{known} {rule.Version}"));
            deeds.Show(deed);
        });
        if (!isNewest)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "alert-rule-changed", "别人刚改过这条规则，请重新打开再改");
        }

        await book.ReloadAsync(cancellationToken);
        return TypedResults.Ok((await ViewsAsync(records, book, cancellationToken)).Single(one => one.Rule.Kind == known));
    }

    private static async Task<AlertRuleView[]> ViewsAsync(RecordsContext records, AlertBook book, CancellationToken cancellationToken)
    {
        List<AlertRuleVersion> versions = await records.AlertRuleVersions.AsNoTracking().ToListAsync(cancellationToken);
        var said = await records.Alerts.Where(alert => alert.Verdict != null)
            .GroupBy(alert => new { alert.Kind, alert.RuleVersion, alert.Verdict })
            .Select(group => new { group.Key.Kind, group.Key.RuleVersion, group.Key.Verdict, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return
        [
            .. book.Rules.Select(rule =>
            {
                AlertRuleVersion? version = versions.Find(one => one.Kind == rule.Kind && one.Version == rule.Version);
                return new AlertRuleView(
                    rule, AlertRules.BoundsOf(rule.Kind), AlertRules.Usual(rule.Kind), AlertKinds.HoursOf(rule.Kind), version?.MadeBy,
                    version?.MadeAt, Verdicts(rule.Kind, rule.Version), Verdicts(rule.Kind, null),
                    RuleTrial.CanTry(rule.Kind));
            }),
        ];

        AlertVerdicts Verdicts(AlertKind kind, int? version)
        {
            return new AlertVerdicts(
                Of(AlertVerdict.True), Of(AlertVerdict.False), Of(AlertVerdict.Test), Of(AlertVerdict.Known));

            int Of(AlertVerdict verdict) => said
                .Where(one => one.Kind == kind && one.Verdict == verdict && (version is null || one.RuleVersion == version))
                .Sum(one => one.Count);
        }
    }

    /// <summary>What a rule's numbers may be, in words.</summary>
    internal static string Explain(AlertBounds bounds)
    {
        string holds = $"持续时间应为 {AlertBounds.LeastHold} 到 {AlertBounds.MostHold} 秒";
        return bounds.Unit is AlertUnit.None ? holds
            : $"触发值应为 {bounds.LeastRaiseAt} 到 {bounds.MostRaiseAt}，解除值应为 {bounds.LeastClearAt} 到 {bounds.MostClearAt}，"
                + $"两者不能重叠；{holds}";
    }
}
