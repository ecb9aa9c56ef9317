using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Retention;

/// <summary>
/// Alerts that are over, with what happened to them and the messages about them. Their content is a JSON array of their fields and their
/// events'.
/// </summary>
internal sealed class KeptAlerts(IDbContextFactory<RecordsContext> records, AuditTrail audit) : KeptRows(records, audit)
{
    /// <inheritdoc />
    public override string Name => "alerts";

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.Alerts.AsNoTracking().Where(alert => alert.ClearedAt != null && alert.ClearedAt < limit && alert.ClearedAt >= from)
            .OrderBy(alert => alert.ClearedAt).Select(alert => new DueRow(alert.Id, alert.ClearedAt!.Value));

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.Alerts.AsNoTracking().Include(alert => alert.Events).Where(alert => ids.Contains(alert.Id)).ToListAsync())
            .OrderBy(alert => alert.ClearedAt).Select(alert => Deletion.Of(alert.Id, Content(alert)))];

    /// <inheritdoc />
    protected override async Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids)
    {
        // A message goes with the last of its alerts.
        List<Guid> messages = await records.AlertMessageItems.Where(item => ids.Contains(item.AlertId))
            .Select(item => item.MessageId).Distinct().ToListAsync();
        await records.Alerts.Where(alert => ids.Contains(alert.Id)).ExecuteDeleteAsync();
        await records.AlertMessages.Where(one => messages.Contains(one.Id) && !one.Items.Any()).ExecuteDeleteAsync();
    }

    private static byte[] Content(Alert alert) => JsonSerializer.SerializeToUtf8Bytes<object?[]>(
    [
        alert.Id, alert.SchoolId, alert.RoomId, alert.Kind.ToString(), (int)alert.Severity, alert.RuleVersion,
        alert.RaisedAt.ToUnixTimeMilliseconds(), alert.ClearedAt?.ToUnixTimeMilliseconds(), alert.State.ToString(),
        alert.Verdict?.ToString(), alert.AssignedTo, alert.Evidence,
        alert.Events.OrderBy(one => one.At).ThenBy(one => one.Id)
            .Select(one => new object?[] { one.Id, one.At.ToUnixTimeMilliseconds(), one.Step.ToString(), one.By, one.Text }),
    ]);
}
