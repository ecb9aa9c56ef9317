using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Records;
using Xunke.Web.Alerts.Messages;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Metrics;

namespace Xunke.Web.Alerts;

/// <summary>The alerts on record, as their schools' actors write them: pages are told once they are.</summary>
internal sealed partial class AlertRecords(
    IDbContextFactory<RecordsContext> records, AuditTrail audit, ChangeBoard changes, AlertOutbox outbox, AlertCounts counts,
    IOptions<AlertSettings> settings, ILogger<AlertRecords> log) : IAlertRecords
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<AlertPlace>> OpenAsync(string schoolId)
    {
        await using RecordsContext context = await records.CreateDbContextAsync();
        return await AlertLedger.OpenAsync(context, schoolId);
    }

    /// <inheritdoc />
    public async Task<bool> TryWriteAsync(IReadOnlyList<AlertChange> some)
    {
        try
        {
            // What the server sees by itself is an event of the alert, no line of the trail: the deed has none.
            await audit.CommitAsync(async deed =>
            {
                IReadOnlyList<AlertChange> applied =
                    await AlertLedger.ApplyAsync(deed.Records, some, TimeSpan.FromMinutes(settings.Value.ReopenMinutes));
                await outbox.AddAsync(deed.Records, applied);
                deed.Afterwards(() => Tell(applied));
            });
            return true;
        }
        catch (RecordsUnavailableException fault)
        {
            LogUnwritten(fault, some.Count);
            return false;
        }
    }

    private void Tell(IReadOnlyList<AlertChange> applied)
    {
        foreach (AlertChange change in applied)
        {
            counts.Add(change);
        }

        if (applied.Count > 0)
        {
            changes.Raise(Topic.Alerts);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} changes of alerts cannot be put on record for now")]
    private partial void LogUnwritten(Exception fault, int count);
}
