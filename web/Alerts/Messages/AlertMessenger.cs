using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Alerts.Messages;

/// <summary>Tells of severe alerts that nobody answers, and sends what is due. Mail and robots do not wait for each other.</summary>
internal sealed class AlertMessenger(
    MessageSender sender, AlertOutbox outbox, IDbContextFactory<RecordsContext> records, AuditTrail audit, ChangeBoard changes,
    IOptions<AlertSettings> settings, WorkGuard guard, TimeProvider time)
    : PeriodicWork("alerts.messages", TimeSpan.FromSeconds(3), guard, time)
{
    private const int MostAtOnce = 50;
    private const int LongestNames = 200;

    /// <summary>What nobody answered for so long was seen and left, or is from before there were messages.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private static readonly AlertChannel[] Mail = [AlertChannel.Mail];
    private static readonly AlertChannel[] Robots = [AlertChannel.WeCom, AlertChannel.DingTalk, AlertChannel.Feishu];

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        await EscalateAsync(cancellationToken);
        int[] due = await Task.WhenAll(sender.SendDueAsync(Mail, cancellationToken), sender.SendDueAsync(Robots, cancellationToken));
        if (due.Sum() > 0)
        {
            // Whoever has an alert open sees what has become of its messages.
            changes.Raise(Topic.Alerts);
        }
    }

    /// <summary>Tells of the severe alerts that nobody has answered for too long.</summary>
    internal async Task EscalateAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Time.GetUtcNow();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Alert> firing = await context.Alerts.AsNoTracking().Include(alert => alert.Events)
            .Where(alert => alert.State == AlertState.Firing && alert.Severity == AlertSeverity.High
                && (alert.EscalatedTo == null || alert.EscalatedTo == AlertMessageKind.ToPrincipal))
            .OrderByDescending(alert => alert.RaisedAt).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (Alert alert in firing)
        {
            if (NextOf(alert, now) is { } kind)
            {
                await audit.CommitAsync(deed => TellAsync(deed, alert.Id, kind, now));
            }
        }
    }

    private AlertMessageKind? NextOf(Alert alert, DateTimeOffset now)
    {
        DateTimeOffset since = alert.Events.Where(one => one.Step is AlertStep.Raised or AlertStep.Reopened or AlertStep.Lapsed)
            .Select(one => one.At).DefaultIfEmpty(alert.RaisedAt).Max();
        return now - since > Oldest ? null : MessagePlan.Escalate(
            now - since, alert.EscalatedTo, TimeSpan.FromMinutes(settings.Value.EscalateToPrincipalMinutes),
            TimeSpan.FromMinutes(settings.Value.EscalateToDistrictMinutes));
    }

    private async Task TellAsync(Deed deed, Guid alertId, AlertMessageKind kind, DateTimeOffset now)
    {
        Alert? alert = await deed.Records.Alerts.SingleOrDefaultAsync(one => one.Id == alertId);
        if (alert is not { State: AlertState.Firing } || alert.EscalatedTo >= kind)
        {
            deed.GiveUp();
            return;
        }

        alert.EscalatedTo = kind;
        string names = string.Join('、', await outbox.EscalateAsync(deed.Records, alert, kind));
        deed.Records.AlertEvents.Add(new AlertEvent
        {
            Id = Guid.CreateVersion7(now),
            AlertId = alert.Id,
            At = now,
            Step = kind is AlertMessageKind.ToPrincipal ? AlertStep.ToldPrincipal : AlertStep.ToldDistrict,
            Text = names.Length == 0 ? "没有可通知的人或群 nobody to tell" : names[..Math.Min(names.Length, LongestNames)],
        });
        deed.Afterwards(() => changes.Raise(Topic.Alerts));
    }
}
