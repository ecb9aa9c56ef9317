using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Web.Audit;

namespace Xunke.Web.Retention;

/// <summary>Visits that have ended. Their content is a JSON array of their fields.</summary>
internal sealed class KeptVisits(IDbContextFactory<RecordsContext> records, AuditTrail audit) : KeptRows(records, audit)
{
    /// <inheritdoc />
    public override string Name => "visits";

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.Visits.AsNoTracking().Where(visit => visit.To != null && visit.To < limit && visit.To >= from)
            .OrderBy(visit => visit.To).Select(visit => new DueRow(visit.Id, visit.To!.Value));

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.Visits.AsNoTracking().Where(visit => ids.Contains(visit.Id)).ToListAsync()).OrderBy(visit => visit.To)
            .Select(visit => Deletion.Of(visit.Id, Content(visit)))];

    /// <inheritdoc />
    protected override Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        records.Visits.Where(visit => ids.Contains(visit.Id)).ExecuteDeleteAsync();

    private static byte[] Content(Visit visit) => JsonSerializer.SerializeToUtf8Bytes<object?[]>(
    [
        visit.Id, visit.RoomId, visit.SchoolId, visit.UserName, visit.DisplayName, visit.Purpose, (int)visit.Media,
        visit.From.ToUnixTimeMilliseconds(), visit.To?.ToUnixTimeMilliseconds(),
    ]);
}
