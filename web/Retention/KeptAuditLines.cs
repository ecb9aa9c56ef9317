using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Retention;

/// <summary>
/// The oldest lines of the audit trail. In the same transaction a new line names the last of them and its hash, so that
/// what is left verifies. A line's own hash stands for its content.
/// </summary>
internal sealed class KeptAuditLines(IDbContextFactory<RecordsContext> records, AuditTrail audit) : IKeptKind
{
    /// <inheritdoc />
    public string Name => "audit";

    /// <inheritdoc />
    public async IAsyncEnumerable<int> DeleteAsync(
        DateTimeOffset limit, DeletionList list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int count;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            count = 0;
            await audit.CommitAsync(async deed =>
            {
                DbSet<AuditEntry> lines = deed.Records.Audit;
                long newest = await lines.MaxAsync(line => (long?)line.Id) ?? 0;
                // From the beginning without gaps: lines of a clock that was wrong for a while wait for those before them.
                AuditEntry[] due = [.. (await lines.AsNoTracking().Where(line => line.Id < newest).OrderBy(line => line.Id)
                    .Take(DeletionList.LargestPortion).ToListAsync()).TakeWhile(line => line.At < limit)];
                if (due is not [.., { } last])
                {
                    return;
                }

                await list.AddAsync([.. due.Select(line => new Deletion(line.Id.ToString(CultureInfo.InvariantCulture), line.Hash))]);
                await lines.Where(line => line.Id <= last.Id).ExecuteDeleteAsync();
                deed.Tell(AuditTrail.System, AuditChain.Shortened, AuditChain.SealedSubject(last.Id, last.Hash));
                count = due.Length;
            });
            if (count > 0)
            {
                yield return count;
            }
        }
        while (count == DeletionList.LargestPortion);
    }

    /// <inheritdoc />
    public async Task<IReadOnlySet<string>> FindLeftAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        long first = await context.Audit.MinAsync(line => (long?)line.Id, cancellationToken) ?? 0;
        return ids.Where(id => long.Parse(id, CultureInfo.InvariantCulture) >= first).ToHashSet();
    }
}
