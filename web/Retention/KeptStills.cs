using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Retention;

/// <summary>Stills of lessons' moments. The content is the picture's file. The snapshot stays.</summary>
internal sealed class KeptStills(IDbContextFactory<RecordsContext> records, AuditTrail audit, LessonSpools spools)
    : KeptRows(records, audit)
{
    /// <inheritdoc />
    public override string Name => "stills";

    /// <inheritdoc />
    public override IAsyncEnumerable<int> DeleteAsync(DateTimeOffset limit, DeletionList list, CancellationToken cancellationToken)
    {
        // Files of lessons that were never put on record.
        spools.DeleteStillsOlderThan(limit);
        return base.DeleteAsync(limit, list, cancellationToken);
    }

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.LessonStills.AsNoTracking().Where(still => still.At < limit && still.At >= from)
            .OrderBy(still => still.At).Select(still => new DueRow(still.Id, still.At));

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.LessonStills.AsNoTracking().Where(still => ids.Contains(still.Id)).ToListAsync()).OrderBy(still => still.At)
            .Select(still => Deletion.Of(still.Id, still.Picture))];

    /// <inheritdoc />
    protected override Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        records.LessonStills.Where(still => ids.Contains(still.Id)).ExecuteDeleteAsync();
}
