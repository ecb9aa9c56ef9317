using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Alerts;

/// <summary>
/// Reads rules and silences again, which another server of the district may have changed, and lets acknowledgements lapse: an alert that
/// lasts longer than somebody wanted to know of it fires again.
/// </summary>
internal sealed class AlertClock(
    AlertBook book, IDbContextFactory<RecordsContext> records, AuditTrail audit, ChangeBoard changes, WorkGuard guard, TimeProvider time)
    : PeriodicWork("alerts", TimeSpan.FromSeconds(5), guard, time)
{
    private const int MostAtOnce = 200;

    /// <inheritdoc />
    protected override Task PrepareAsync(CancellationToken cancellationToken) => book.ReloadAsync(cancellationToken);

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        await book.ReloadAsync(cancellationToken);
        DateTimeOffset now = Time.GetUtcNow();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Guid> lapsed = await context.Alerts
            .Where(alert => alert.State == AlertState.Acknowledged && alert.AcknowledgedUntil <= now)
            .OrderBy(alert => alert.AcknowledgedUntil).Select(alert => alert.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        if (lapsed is not [])
        {
            await audit.CommitAsync(deed => LapseAsync(deed, lapsed, now));
        }
    }

    private async Task LapseAsync(Deed deed, List<Guid> ids, DateTimeOffset now)
    {
        foreach (Alert alert in await deed.Records.Alerts.Where(alert => ids.Contains(alert.Id)).ToListAsync())
        {
            if (alert.State is AlertState.Acknowledged && alert.AcknowledgedUntil <= now)
            {
                (alert.State, alert.AcknowledgedUntil) = (AlertState.Firing, null);
                deed.Records.AlertEvents.Add(
                    new AlertEvent { Id = Guid.CreateVersion7(now), AlertId = alert.Id, At = now, Step = AlertStep.Lapsed });
            }
        }

        deed.Afterwards(() => changes.Raise(Topic.Alerts));
    }
}
