using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Audit;
using Xunke.Web.Rectifications;

namespace Xunke.Web.Retention;

/// <summary>
/// Notices of rectification that were closed or withdrawn, with their files. Their content is a JSON array of their fields, their events'
/// and their files' hashes.
/// </summary>
internal sealed class KeptRectifications(IDbContextFactory<RecordsContext> records, AuditTrail audit, RectificationFiles files)
    : KeptRows(records, audit)
{
    private readonly List<Guid> _gone = [];

    /// <inheritdoc />
    public override string Name => "rectifications";

    /// <inheritdoc />
    public override async IAsyncEnumerable<int> DeleteAsync(
        DateTimeOffset limit, DeletionList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (int count in base.DeleteAsync(limit, list, cancellationToken))
        {
            // The rows are gone for good by now; a file that a crash leaves behind goes at the next start.
            _gone.ForEach(files.Delete);
            _gone.Clear();
            yield return count;
        }
    }

    /// <inheritdoc />
    protected override IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from) =>
        records.Rectifications.AsNoTracking().Where(one => one.EndedAt != null && one.EndedAt < limit && one.EndedAt >= from)
            .OrderBy(one => one.EndedAt).Select(one => new DueRow(one.Id, one.EndedAt!.Value));

    /// <inheritdoc />
    protected override async Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids) =>
        [.. (await records.Rectifications.AsNoTracking().Include(one => one.Events).Include(one => one.Files).AsSplitQuery()
            .Where(one => ids.Contains(one.Id)).ToListAsync())
            .OrderBy(one => one.EndedAt).Select(one => Deletion.Of(one.Id, Content(RectificationReader.InOrder(one)!)))];

    /// <inheritdoc />
    protected override async Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids)
    {
        _gone.Clear();
        _gone.AddRange(await records.RectificationFiles.Where(file => ids.Contains(file.RectificationId)).Select(file => file.Id)
            .ToListAsync());
        await records.Rectifications.Where(one => ids.Contains(one.Id)).ExecuteDeleteAsync();
    }

    private static byte[] Content(Rectification one) => JsonSerializer.SerializeToUtf8Bytes<object?[]>(
    [
        one.Id, one.Number, one.SchoolId, one.RoomId, one.Title, one.Problem, one.IssuedBy, one.Responsible, one.State.ToString(),
        one.Round, one.EndedAt?.ToUnixTimeMilliseconds(),
        one.Events.Select(happened => new object?[]
        {
            happened.Number, happened.Round, happened.At.ToUnixTimeMilliseconds(), happened.Step.ToString(), happened.By, happened.Text,
        }),
        one.Files.Select(file => new object?[] { file.Id, file.Name, file.Size, file.Sha256 }),
    ]);
}
