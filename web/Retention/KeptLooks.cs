using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Retention;

/// <summary>How long rooms and walls were watched. Their content is a JSON array of their fields.</summary>
internal sealed class KeptLooks(IDbContextFactory<RecordsContext> records, AuditTrail audit) : KeptRows(records, audit)
{
    /// <inheritdoc />
    public override string Name => "looks";

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from)
    {
        IQueryable<LookLength> looks = records.LookLengths;
        return looks.AsNoTracking().Where(look => look.To < limit && look.To >= from).OrderBy(look => look.To)
            .Select(look => new DueRow(look.Id, look.To));
    }

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.LookLengths.AsNoTracking().Where(look => ids.Contains(look.Id)).ToListAsync()).OrderBy(look => look.To)
            .Select(look => Deletion.Of(look.Id, Content(look)))];

    /// <inheritdoc />
    protected override Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        records.LookLengths.Where(look => ids.Contains(look.Id)).ExecuteDeleteAsync();

    private static byte[] Content(LookLength look) => JsonSerializer.SerializeToUtf8Bytes<object?[]>(
    [
        look.Id, look.UserName, look.Action, look.Target, look.Purpose, look.From.ToUnixTimeMilliseconds(),
        look.To.ToUnixTimeMilliseconds(),
    ]);
}
