using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;

namespace Xunke.Web.Alerts.Messages;

/// <summary>
/// Sends what is due. A message is claimed before it is sent and marked after: a server that is stopped in between sends it once more when
/// the claim has run out, so that each message arrives at least once. Callable by several servers at once.
/// </summary>
internal sealed partial class MessageSender(
    IDbContextFactory<RecordsContext> records, MailDelivery mail, RobotDelivery robots, RobotSecrets secrets, MessageTexts texts,
    SendPace pace, IOptions<AlertSettings> settings, TimeProvider time, ILogger<MessageSender> log)
{
    /// <summary>The most of a pass: the next pass goes on.</summary>
    public const int MostAtOnce = 20;

    private const int LongestMail = 20_000;

    /// <summary>Longer than any try takes.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(3);

    /// <summary>Sends what is due on some channels, severe alerts first.</summary>
    /// <returns>How many were due.</returns>
    public async Task<int> SendDueAsync(AlertChannel[] channels, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<Guid> due;
        await using (RecordsContext context = await records.CreateDbContextAsync(cancellationToken))
        {
            due = await context.AlertMessages
                .Where(one => one.State == AlertMessageState.Waiting && one.DueAt <= now && channels.Contains(one.Channel))
                .OrderBy(one => one.Kind == AlertMessageKind.Digest).ThenBy(one => one.DueAt)
                .Select(one => one.Id).Take(MostAtOnce).ToListAsync(cancellationToken);
        }

        foreach (Guid id in due)
        {
            await SendAsync(id, cancellationToken);
        }

        return due.Count;
    }

    private async Task SendAsync(Guid id, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        AlertMessage? message = await context.AlertMessages.SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
        if (message is not { State: AlertMessageState.Waiting } || message.DueAt > time.GetUtcNow())
        {
            // Another server has it in hand, or is done with it.
            return;
        }

        if (message.Tries >= MessagePlan.MostTries)
        {
            await EndAsync(context, message, AlertMessageState.GivenUp, cancellationToken);
            return;
        }

        Target? target = await FindAsync(context, message, cancellationToken);
        if (target is null)
        {
            await EndAsync(context, message, AlertMessageState.Dropped, cancellationToken);
            return;
        }

        if (await WaitAsync(context, message, target, cancellationToken) is { } later)
        {
            message.DueAt = later;
            await context.SaveChangesAsync(cancellationToken);
            return;
        }

        if (!await ClaimAsync(context, message, cancellationToken))
        {
            return;
        }

        IQueryable<AlertMessageItem> items = context.AlertMessageItems;
        List<Alert> alerts = await context.Alerts.AsNoTracking()
            .Where(alert => alert.State != AlertState.Closed && items.Any(item => item.MessageId == id && item.AlertId == alert.Id))
            .OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.RaisedAt).ToListAsync(cancellationToken);
        if (alerts.Count == 0)
        {
            await EndAsync(context, message, AlertMessageState.Dropped, cancellationToken);
            return;
        }

        Delivery delivery = target.Robot is { } robot
            ? await robots.SendAsync(
                robot, texts.Of(message.Kind, alerts, RobotDelivery.LongestText(robot.Channel)).Body, cancellationToken)
            : await mail.SendAsync(target.Reader!.Address, texts.Of(message.Kind, alerts, LongestMail), cancellationToken); // One is there.
        await NoteAsync(context, message, delivery);
    }

    private async Task<Target?> FindAsync(RecordsContext context, AlertMessage message, CancellationToken cancellationToken)
    {
        if (message.Channel is AlertChannel.Mail)
        {
            AlertReader? reader = (await AlertReader.ReadAllAsync(context, cancellationToken))
                .Find(one => one.AccountId == message.Recipient);
            return reader?.IsIn(time) == true ? new Target(reader, null) : null;
        }

        AlertWebhook? robot = Guid.TryParse(message.Recipient, out Guid robotId)
            ? await context.AlertWebhooks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == robotId && one.IsOn, cancellationToken)
            : null;
        return robot is not null && secrets.Read(robot) is { } target ? new Target(null, target) : null;
    }

    /// <returns>When to come back; null: now is right.</returns>
    private async Task<DateTimeOffset?> WaitAsync(
        RecordsContext context, AlertMessage message, Target target, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (target.Robot is { } robot)
        {
            TimeSpan wait = pace.Take(robot.Channel, robot.Address.AbsoluteUri);
            return wait > TimeSpan.Zero ? now + wait : null;
        }

        if (message.Kind is not (AlertMessageKind.ToPrincipal or AlertMessageKind.ToDistrict))
        {
            DateTimeOffset loud = MessagePlan.AfterQuiet(now, target.Reader!.QuietFrom, target.Reader.QuietTo, time.LocalTimeZone);
            if (loud > now)
            {
                return loud;
            }
        }

        if (message.Kind is not AlertMessageKind.Digest)
        {
            return null;
        }

        var budget = TimeSpan.FromMinutes(settings.Value.BudgetMinutes);
        DateTimeOffset? last = await context.AlertMessages
            .Where(one => one.Recipient == message.Recipient && one.Kind == AlertMessageKind.Digest
                && one.State == AlertMessageState.Sent)
            .OrderByDescending(one => one.DoneAt).Select(one => one.DoneAt).FirstOrDefaultAsync(cancellationToken);
        return last is { } told && told + budget > now ? told + budget : null;
    }

    private async Task<bool> ClaimAsync(RecordsContext context, AlertMessage message, CancellationToken cancellationToken)
    {
        (DateTimeOffset due, int tries, DateTimeOffset until) = (message.DueAt, message.Tries, time.GetUtcNow() + Claim);
        int claimed = await context.AlertMessages
            .Where(one => one.Id == message.Id && one.State == AlertMessageState.Waiting && one.DueAt == due && one.Tries == tries)
            .ExecuteUpdateAsync(
                one => one.SetProperty(row => row.DueAt, until).SetProperty(row => row.Tries, tries + 1)
                    .SetProperty(row => row.IsCollecting, false),
                cancellationToken);
        await context.Entry(message).ReloadAsync(cancellationToken);
        return claimed == 1;
    }

    /// <summary>What was sent is put on record even if the server stops meanwhile.</summary>
    private async Task NoteAsync(RecordsContext context, AlertMessage message, Delivery delivery)
    {
        DateTimeOffset now = time.GetUtcNow();
        context.AlertMessageTries.Add(new AlertMessageTry
        {
            MessageId = message.Id,
            Number = message.Tries,
            At = now,
            IsSent = delivery.IsSent,
            Answer = delivery.Answer,
        });
        TimeSpan? wait = delivery.IsFinal ? null : MessagePlan.WaitAfter(message.Tries);
        if (delivery.IsSent || wait is null)
        {
            await EndAsync(
                context, message, delivery.IsSent ? AlertMessageState.Sent : AlertMessageState.GivenUp, CancellationToken.None);
            return;
        }

        message.DueAt = now + (delivery.Wait > wait ? delivery.Wait.Value : wait.Value);
        await context.SaveChangesAsync(CancellationToken.None);
    }

    private async Task EndAsync(
        RecordsContext context, AlertMessage message, AlertMessageState state, CancellationToken cancellationToken)
    {
        (message.State, message.DoneAt, message.IsCollecting) = (state, time.GetUtcNow(), false);
        await context.SaveChangesAsync(cancellationToken);
        if (state is AlertMessageState.GivenUp)
        {
            LogGivenUp(message.Channel, message.Tries);
        }
    }

    private sealed record Target(AlertReader? Reader, RobotTarget? Robot);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message about alerts by {Channel} was given up after {Tries} tries")]
    private partial void LogGivenUp(AlertChannel channel, int tries);
}
