using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Text;

namespace Xunke.Web.Alerts;

/// <summary>Acknowledging, assigning, resolving and closing alerts, one or many.</summary>
internal static class AlertActsFeature
{
    private const int LongestText = 200;
    private const int MostMinutes = 7 * 24 * 60;

    /// <summary>Alerts that somebody knows of: Reason may be empty; Minutes null: for good.</summary>
    internal sealed record Acknowledgement(IReadOnlyList<Guid>? AlertIds, string? Reason, int? Minutes);

    /// <summary>Alerts that an account is to see to.</summary>
    internal sealed record Assignment(IReadOnlyList<Guid>? AlertIds, string? UserName);

    /// <summary>Alerts that somebody has seen to; Note may be empty.</summary>
    internal sealed record Resolution(IReadOnlyList<Guid>? AlertIds, string? Note);

    /// <summary>What alerts were; Note may be empty.</summary>
    internal sealed record Closing(IReadOnlyList<Guid>? AlertIds, AlertVerdict? Verdict, string? Note);

    /// <summary>Somebody to whom alerts of a school can be assigned.</summary>
    internal sealed record AlertPerson(string UserName, string DisplayName, Role Role);

    public static void MapAlertActs(this RouteGroupBuilder group)
    {
        Post("/acknowledgement", AcknowledgeAsync, "Says that the caller knows of alerts, for good or for some minutes");
        Post("/assignment", AssignAsync, "Says who is to see to alerts");
        Post("/resolution", ResolveAsync, "Says that alerts were seen to");
        Post("/closing", CloseAsync, "Says what alerts were: true, false, a test or known");
        group.MapGet("/people", PeopleAsync).Require(Permission.TendAlerts)
            .WithSummary("To whom alerts of a school can be assigned")
            .ProducesProblem(StatusCodes.Status400BadRequest);

        void Post(string pattern, Delegate handler, string summary) => group.MapPost(pattern, handler).Require(Permission.TendAlerts)
            .WithSummary($"{summary}; 200 at once at most, those that are past it are skipped")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<AlertActs>, ProblemHttpResult>> AcknowledgeAsync(
        Acknowledgement wanted, Caller caller, AlertDeeds deeds)
    {
        if (wanted.Minutes is < 5 or > MostMinutes)
        {
            return Problems.BadRequest("bad-alert-minutes", $"时间应为 5 到 {MostMinutes} 分钟");
        }

        return await DoAsync(wanted.AlertIds, wanted.Reason, caller, deeds, "alert.acknowledged", (reason, alert, now) =>
        {
            if (!alert.IsOpen)
            {
                return null;
            }

            DateTimeOffset? until = wanted.Minutes is { } minutes ? now.AddMinutes(minutes) : null;
            (alert.State, alert.AcknowledgedUntil) = (AlertState.Acknowledged, until);
            return Of(alert, now, caller, AlertStep.Acknowledged, reason, until);
        });
    }

    private static async Task<Results<Ok<AlertActs>, ProblemHttpResult>> AssignAsync(
        Assignment wanted, Caller caller, AlertDeeds deeds, RecordsContext records, CancellationToken cancellationToken)
    {
        string name = wanted.UserName ?? string.Empty;
        Account? account = await records.Users.AsNoTracking().SingleOrDefaultAsync(one => one.UserName == name, cancellationToken);
        if (account is null || Permissions.Of(account.Role, Permission.SeeAlerts) is Reach.None)
        {
            return Problems.BadRequest("bad-assignee", "请选择能看到这些预警的人");
        }

        var scope = Scope.Read(account.ScopeSchools, account.ScopeSubjects);
        return await DoAsync(wanted.AlertIds, null, caller, deeds, "alert.assigned", (_, alert, now) =>
        {
            if (alert.State is AlertState.Closed || !MaySee(account.Role, account.SchoolId, scope, alert.SchoolId))
            {
                return null;
            }

            (alert.AssignedTo, alert.AssignedToName) = (account.UserName, account.DisplayName);
            return Of(alert, now, caller, AlertStep.Assigned, account.DisplayName, null);
        });
    }

    private static Task<Results<Ok<AlertActs>, ProblemHttpResult>> ResolveAsync(Resolution wanted, Caller caller, AlertDeeds deeds) =>
        DoAsync(wanted.AlertIds, wanted.Note, caller, deeds, "alert.resolved", (note, alert, now) =>
        {
            if (!alert.IsOpen)
            {
                return null;
            }

            (alert.State, alert.AcknowledgedUntil) = (AlertState.Resolved, null);
            return Of(alert, now, caller, AlertStep.Resolved, note, null);
        });

    private static async Task<Results<Ok<AlertActs>, ProblemHttpResult>> CloseAsync(Closing wanted, Caller caller, AlertDeeds deeds)
    {
        if (wanted.Verdict is not { } verdict || !Enum.IsDefined(verdict))
        {
            return Problems.BadRequest("bad-verdict", "请说明是属实、误报、测试还是已知情况");
        }

        return await DoAsync(wanted.AlertIds, wanted.Note, caller, deeds, "alert.closed", (note, alert, now) =>
        {
            if (alert.State is AlertState.Closed && alert.Verdict == verdict)
            {
                return null;
            }

            (alert.State, alert.Verdict, alert.AcknowledgedUntil) = (AlertState.Closed, verdict, null);
            return Of(alert, now, caller, AlertStep.Closed, note, null, verdict);
        });
    }

    private static async Task<Results<Ok<AlertPerson[]>, ProblemHttpResult>> PeopleAsync(
        Caller caller, RecordsContext records, CancellationToken cancellationToken, string? schoolId = null)
    {
        if (!caller.May(Permission.TendAlerts, schoolId))
        {
            return Problems.Forbidden();
        }

        List<KnownPerson> people = await KnownPerson.ReadAsync(records, schoolId!, cancellationToken);
        return TypedResults.Ok(people.Where(one => MaySee(one.Role, one.SchoolId, one.Scope, schoolId!))
            .Select(one => new AlertPerson(one.UserName, one.DisplayName, one.Role)).ToArray());
    }

    private static async Task<Results<Ok<AlertActs>, ProblemHttpResult>> DoAsync(
        IReadOnlyList<Guid>? ids, string? text, Caller caller, AlertDeeds deeds, string action,
        Func<string?, Alert, DateTimeOffset, AlertEvent?> act)
    {
        if (ids is not { Count: > 0 and <= AlertDeeds.Most })
        {
            return Problems.BadRequest("bad-alerts", $"一次可以处理 1 到 {AlertDeeds.Most} 条预警");
        }

        string? said = PlainText.Line(text, 0, LongestText);
        if (said is null)
        {
            return Problems.BadRequest("bad-alert-text", $"说明最多 {LongestText} 字，不能含看不见的字符");
        }

        said = said.Length == 0 ? null : said;
        return await deeds.DoAsync([.. ids.Distinct()], caller, action, said, (alert, now) => act(said, alert, now)) is { } acts
            ? TypedResults.Ok(acts)
            : AlertDeeds.Unknown();
    }

    private static bool MaySee(Role role, string? own, Scope scope, string schoolId) => Permissions.Of(role, Permission.SeeAlerts) switch
    {
        Reach.District => scope.HasSchool(schoolId),
        Reach.School => own == schoolId,
        _ => false,
    };

    private static AlertEvent Of(
        Alert alert, DateTimeOffset now, Caller caller, AlertStep step, string? text, DateTimeOffset? until,
        AlertVerdict? verdict = null) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            AlertId = alert.Id,
            At = now,
            Step = step,
            By = caller.UserName,
            ByName = caller.DisplayName,
            Text = text,
            Until = until,
            Verdict = verdict,
        };
}
