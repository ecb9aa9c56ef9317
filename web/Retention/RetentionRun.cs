using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Web.Retention;

/// <summary>
/// Deletes what is too old of a kind, and puts one line in the trail: how many, before when, and the SHA-256 of the list of
/// what went. The lists are kept in the data directory. After a crash the list that it left is finished first.
/// </summary>
internal sealed class RetentionRun(
    IDbContextFactory<RecordsContext> records, AuditTrail audit, DataDirectory data, TimeProvider time)
{
    /// <summary>How the actions begin that tell of deletions.</summary>
    public const string Action = "retention.";

    // Others get their turn at the database.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Where the lists are.</summary>
    public string Folder => data.Combine("deletions");

    /// <summary>Deletes what is older than so many days.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="days">0: nothing.</param>
    /// <param name="cancellationToken">Stops after the portion that is being deleted; the next run goes on.</param>
    /// <returns>How many went.</returns>
    public async Task<long> RunAsync(IKeptKind kind, int days, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        // As exact as the list's name.
        DateTimeOffset? limit = days > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(now.AddDays(-days).ToUnixTimeMilliseconds()) : null;
        long count = 0;
        foreach (string path in DeletionList.FindLeft(Folder, kind.Name))
        {
            if (await IsToldAsync(kind, path, cancellationToken))
            {
                DeletionList.Close(path, isEmpty: false);
                continue;
            }

            await using DeletionList left = await DeletionList.ResumeAsync(path, ids => kind.FindLeftAsync(ids, cancellationToken));
            // The days may have become more meanwhile.
            count += await FinishAsync(kind, left, path, goOn: left.Limit <= limit, cancellationToken);
        }

        if (limit is { } before)
        {
            await using var list = DeletionList.Begin(Folder, kind.Name, before);
            count += await FinishAsync(kind, list, list.FilePath, goOn: true, cancellationToken);
        }

        return count;
    }

    private async Task<long> FinishAsync(
        IKeptKind kind, DeletionList list, string path, bool goOn, CancellationToken cancellationToken)
    {
        if (goOn)
        {
            await foreach (int _ in kind.DeleteAsync(list.Limit, list, cancellationToken).WithCancellation(cancellationToken))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        if (list.Count > 0)
        {
            string digest = await list.DigestAsync(cancellationToken);
            await audit.RecordAsync(AuditTrail.System, Action + kind.Name, string.Create(
                CultureInfo.InvariantCulture, $"{list.Count} before {list.Limit:O} sha256 {digest} list {list.Name}"));
        }

        DeletionList.Close(path, isEmpty: list.Count == 0);
        return list.Count;
    }

    // The server ended after the line was written and before the list was closed.
    private async Task<bool> IsToldAsync(IKeptKind kind, string path, CancellationToken cancellationToken)
    {
        (string action, string end) = (Action + kind.Name, $"list {DeletionList.NameOf(path)}");
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await context.Audit.AnyAsync(line => line.Action == action && line.Subject.EndsWith(end), cancellationToken);
    }
}
