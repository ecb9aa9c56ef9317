using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Mail;
using Xunke.Web.Timetable;

namespace Xunke.Web.Alerts.Messages;

/// <summary>
/// Puts messages about alerts into the database, inside the transaction that raises the alerts: there is no alert without its messages.
/// What waits is bounded: a recipient has one digest that takes alerts in, and with many severe ones waiting the next join the digest.
/// </summary>
internal sealed class AlertOutbox(MailServer mail, TimetableBook timetable, IOptions<AlertSettings> settings, TimeProvider time)
{
    private const int MostSevereWaiting = 20;
    private const int LongestName = 80;

    /// <summary>Adds the messages of alerts that were raised. One that came back was told of before.</summary>
    public async Task AddAsync(RecordsContext records, IEnumerable<AlertChange> applied, CancellationToken cancellationToken = default)
    {
        AlertChange[] raised = [.. applied.Where(change => change.IsRaised)];
        if (raised.Length == 0)
        {
            return;
        }

        List<Recipient> recipients = await ReadAsync(records, [.. raised.Select(one => one.Place.SchoolId).Distinct()], cancellationToken);
        if (recipients.Count == 0)
        {
            return;
        }

        foreach (AlertChange change in raised)
        {
            if (await records.Alerts.FindAsync([change.Id], cancellationToken) is { } alert)
            {
                foreach (Recipient recipient in recipients.Where(one => one.Hears(alert)))
                {
                    await TellAsync(records, alert, recipient, cancellationToken);
                }
            }
        }
    }

    /// <summary>Adds messages about a severe alert that nobody answers, whatever the readers chose besides e-mail.</summary>
    /// <returns>The names of those who are told.</returns>
    public async Task<IReadOnlyList<string>> EscalateAsync(
        RecordsContext records, Alert alert, AlertMessageKind kind, CancellationToken cancellationToken = default)
    {
        List<Recipient> recipients = await ReadAsync(records, [alert.SchoolId], cancellationToken);
        Recipient[] told = [.. recipients.Where(one => one.IsOf(kind, alert.SchoolId))];
        foreach (Recipient recipient in told)
        {
            Add(records, alert, recipient, kind, time.GetUtcNow());
        }

        return [.. told.Select(one => one.Name)];
    }

    private async Task<List<Recipient>> ReadAsync(RecordsContext records, string[] schools, CancellationToken cancellationToken)
    {
        List<AlertWebhook> robots = await records.AlertWebhooks.AsNoTracking()
            .Where(one => one.IsOn && schools.Contains(one.SchoolId)).ToListAsync(cancellationToken);
        List<AlertReader> readers = mail.IsOn ? await AlertReader.ReadAllAsync(records, cancellationToken) : [];
        return
        [
            .. readers.Where(one => one.IsIn(time)).Select(one => new Recipient(one.AccountId, one.DisplayName ?? "", one, null)),
            .. robots.Select(one => new Recipient(one.Id.ToString(), one.Name, null, one)),
        ];
    }

    private async Task TellAsync(RecordsContext records, Alert alert, Recipient recipient, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        bool isSevere = alert.Severity is AlertSeverity.High
            && await records.AlertMessages.CountAsync(
                one => one.Recipient == recipient.Id && one.State == AlertMessageState.Waiting && one.Kind == AlertMessageKind.Severe,
                cancellationToken)
            + records.AlertMessages.Local.Count(
                one => one.Recipient == recipient.Id && one.Kind == AlertMessageKind.Severe
                    && records.Entry(one).State == EntityState.Added) < MostSevereWaiting;
        if (isSevere)
        {
            Add(records, alert, recipient, AlertMessageKind.Severe, now);
            return;
        }

        AlertMessage? digest = records.AlertMessages.Local.FirstOrDefault(IsItsDigest)
            ?? await FindDigestAsync(records, recipient.Id, cancellationToken);
        if (digest is not null)
        {
            digest.Items.Add(new AlertMessageItem { MessageId = digest.Id, AlertId = alert.Id });
            return;
        }

        DateTimeOffset? lastTold = await records.AlertMessages
            .Where(one => one.Recipient == recipient.Id && one.Kind == AlertMessageKind.Digest && one.State == AlertMessageState.Sent)
            .OrderByDescending(one => one.DoneAt).Select(one => one.DoneAt).FirstOrDefaultAsync(cancellationToken);
        DateTimeOffset due = MessagePlan.DigestDue(
            now, timetable.At(alert.SchoolId, string.Empty, now)?.NextPeriod?.From, lastTold,
            TimeSpan.FromMinutes(settings.Value.BudgetMinutes), recipient.Channel);
        Add(records, alert, recipient, AlertMessageKind.Digest, due);

        bool IsItsDigest(AlertMessage one) => one.Recipient == recipient.Id && one.IsCollecting;
    }

    /// <summary>
    /// The digest that takes alerts in. It is written to before it is read: whoever sends it from another server waits for this
    /// transaction, or has closed it already.
    /// </summary>
    private static async Task<AlertMessage?> FindDigestAsync(
        RecordsContext records, string recipient, CancellationToken cancellationToken)
    {
        IQueryable<AlertMessage> own = records.AlertMessages
            .Where(one => one.Recipient == recipient && one.State == AlertMessageState.Waiting && one.IsCollecting);
        return await own.ExecuteUpdateAsync(one => one.SetProperty(row => row.IsCollecting, true), cancellationToken) > 0
            ? await own.OrderBy(one => one.MadeAt).FirstOrDefaultAsync(cancellationToken)
            : null;
    }

    private void Add(RecordsContext records, Alert alert, Recipient recipient, AlertMessageKind kind, DateTimeOffset due)
    {
        DateTimeOffset now = time.GetUtcNow();
        var message = new AlertMessage
        {
            Id = Guid.CreateVersion7(now),
            Channel = recipient.Channel,
            Recipient = recipient.Id,
            RecipientName = recipient.Name.Length > LongestName ? recipient.Name[..LongestName] : recipient.Name,
            Kind = kind,
            MadeAt = now,
            DueAt = due,
            IsCollecting = kind is AlertMessageKind.Digest,
        };
        message.Items.Add(new AlertMessageItem { MessageId = message.Id, AlertId = alert.Id });
        records.AlertMessages.Add(message);
    }

    /// <summary>Somebody, or a robot, that may be told.</summary>
    private sealed record Recipient(string Id, string Name, AlertReader? Reader, AlertWebhook? Robot)
    {
        public AlertChannel Channel => Robot?.Channel ?? AlertChannel.Mail;

        public bool Hears(Alert alert) => Robot is { } robot
            ? robot.SchoolId == alert.SchoolId && alert.Severity >= robot.Least
            : Reader!.MaySee(alert.SchoolId) && Reader.Wants(alert.Severity); // One of the two is there.

        public bool IsOf(AlertMessageKind kind, string schoolId) => kind is AlertMessageKind.ToPrincipal
            ? Robot is { } robot ? robot.SchoolId == schoolId
                : Reader!.Is(Role.Principal) && Reader.SchoolId == schoolId
            : Reader?.Is(Role.Administrator) == true;
    }
}
