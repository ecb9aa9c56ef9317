using Microsoft.EntityFrameworkCore;

namespace Xunke.Actors.Records;

/// <summary>
/// Which migrations a file has had. Files from before there was one context remember those of the accounts in a table of their own.
/// </summary>
public static class SqliteHistory
{
    private const string HasTable =
        "SELECT count(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = '__AccountsMigrations'";

    /// <summary>All of them, by name.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(RecordsContext records, CancellationToken cancellationToken)
    {
        var applied = await records.Database.GetAppliedMigrationsAsync(cancellationToken).ConfigureAwait(false);
        if (await HasAccountsAsync(records, cancellationToken).ConfigureAwait(false))
        {
            applied = applied.Union(await records.Database
                .SqlQuery<string>($"SELECT \"MigrationId\" AS \"Value\" FROM \"__AccountsMigrations\"")
                .ToListAsync(cancellationToken).ConfigureAwait(false));
        }

        return [.. applied.Order(StringComparer.Ordinal)];
    }

    /// <summary>Takes the accounts' migrations into the one history, so that they are not run again. Nothing where that was done.</summary>
    public static async Task JoinAsync(RecordsContext records, CancellationToken cancellationToken)
    {
        if (await HasAccountsAsync(records, cancellationToken).ConfigureAwait(false))
        {
            await records.Database.ExecuteSqlAsync(
                $"""
                INSERT OR IGNORE INTO "__EFMigrationsHistory" SELECT "MigrationId", "ProductVersion" FROM "__AccountsMigrations"
                """, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasAccountsAsync(RecordsContext records, CancellationToken cancellationToken) =>
        await records.Database.SqlQueryRaw<long>(HasTable).SingleAsync(cancellationToken).ConfigureAwait(false) > 0;
}
