using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Retention;

/// <summary>A row that may be due: its id, and when it was over.</summary>
internal sealed record DueRow(Guid Id, DateTimeOffset At);

/// <summary>Rows, or a part of each, that go after so many days. A portion and its lines in the list are one transaction.</summary>
internal abstract class KeptRows(IDbContextFactory<RecordsContext> records, AuditTrail audit) : IKeptKind
{
    private const int Portion = 100;

    /// <summary>Opens the records.</summary>
    protected IDbContextFactory<RecordsContext> Records => records;

    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public virtual async IAsyncEnumerable<int> DeleteAsync(
        DateTimeOffset limit, DeletionList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // What is gone already is not looked through again for each portion.
        DateTimeOffset from = DateTimeOffset.MinValue;
        while (await FindAsync(limit, from, cancellationToken) is [.., DueRow last] due)
        {
            int count = 0;
            await PrepareAsync([.. due.Select(row => row.Id)], cancellationToken);
            await audit.CommitAsync(async deed =>
            {
                List<Deletion> some = await ReadAsync(deed.Records, [.. due.Select(row => row.Id)]);
                await list.AddAsync(some);
                await DeleteAsync(deed.Records, [.. some.Select(one => Guid.Parse(one.Id))]);
                count = some.Count;
            });
            from = last.At;
            yield return count;
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> FindLeftAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        var left = new HashSet<string>();
        foreach (Guid[] some in ids.Select(Guid.Parse).Chunk(Portion))
        {
            left.UnionWith((await ReadAsync(context, some)).Select(one => one.Id));
        }

        return left;
    }

    /// <summary>The rows that are due, those that were over first to begin with.</summary>
    protected abstract IQueryable<DueRow> Find(RecordsContext records, DateTimeOffset limit, DateTimeOffset from);

    /// <summary>What must be done before they may go.</summary>
    protected virtual Task PrepareAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Those of them that are still there, with their content's hash.</summary>
    protected abstract Task<List<Deletion>> ReadAsync(RecordsContext records, IReadOnlyList<Guid> ids);

    /// <summary>Deletes them.</summary>
    protected abstract Task DeleteAsync(RecordsContext records, IReadOnlyList<Guid> ids);

    private async Task<List<DueRow>> FindAsync(DateTimeOffset limit, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await Find(context, limit, from).Take(Portion).ToListAsync(cancellationToken);
    }
}
