using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.Alerts;

/// <summary>What people do to alerts: for several at once, each with a line in the audit trail and an event of its own.</summary>
internal sealed class AlertDeeds(AuditTrail audit, ChangeBoard changes, TimeProvider time)
{
    /// <summary>The most at once.</summary>
    public const int Most = 200;

    /// <summary>There is no such alert for the caller.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("unknown-alert", "没有这条预警，或您没有权限处理");

    /// <summary>Pages ask again once it is on record.</summary>
    public void Show(Deed deed) => deed.Afterwards(() => changes.Raise(Topic.Alerts));

    /// <summary>Does the same to several alerts.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="action">What the audit trail calls it.</param>
    /// <param name="why">What the caller says.</param>
    /// <param name="act">Changes an alert and says what happened to it; null: it is past that.</param>
    /// <returns>How many it was done to, and how many were past it; null: none of them is the caller's to tend.</returns>
    public async Task<AlertActs?> DoAsync(
        IReadOnlyCollection<Guid> ids, Caller caller, string action, string? why, Func<Alert, DateTimeOffset, AlertEvent?> act)
    {
        AlertActs? acts = null;
        await audit.CommitAsync(async deed =>
        {
            List<Alert> found = await deed.Records.Alerts.VisibleTo(caller, Permission.TendAlerts)
                .Where(alert => ids.Contains(alert.Id)).ToListAsync();
            DateTimeOffset now = time.GetUtcNow();
            int done = 0;
            foreach (Alert alert in found)
            {
                if (act(alert, now) is { } happened)
                {
                    deed.Records.AlertEvents.Add(happened);
                    deed.Tell(caller.UserName, action, $"{alert.Id} {alert.RoomId ?? alert.SchoolId} {alert.Kind}", why);
                    done++;
                }
            }

            acts = found is [] ? null : new AlertActs(done, found.Count - done);
            if (done == 0)
            {
                deed.GiveUp();
            }

            Show(deed);
        });
        return acts;
    }
}

/// <summary>What became of something that was to be done to several alerts: to so many it was done, so many were past it.</summary>
internal sealed record AlertActs(int Done, int Skipped);
