using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace Xunke.Actors.Records;

/// <summary>The records in an SQLite file.</summary>
public sealed class SqliteRecords(DbContextOptions<SqliteRecords> options) : RecordsContext(options)
{
    private const long LeastFreePages = 64;

    /// <inheritdoc />
    public override Task<IDbContextTransaction> BeginDeedAsync(CancellationToken cancellationToken = default) =>
        // BEGIN IMMEDIATE: SQLite has one writer, over all processes.
        Database.BeginTransactionAsync(cancellationToken);

    /// <inheritdoc />
    public override async Task<bool> HasRoomAsync(CancellationToken cancellationToken = default)
    {
        using var transaction = await Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "HealthProbe" ("Id" INTEGER PRIMARY KEY, "Filler" BLOB NOT NULL);
            INSERT INTO "HealthProbe" VALUES (1, randomblob(8192)) ON CONFLICT ("Id") DO UPDATE SET "Filler" = excluded."Filler";
            """, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return await Database.SqlQueryRaw<long>(
            """
            SELECT (SELECT "max_page_count" FROM pragma_max_page_count) - (SELECT "page_count" FROM pragma_page_count)
                + (SELECT "freelist_count" FROM pragma_freelist_count) AS "Value"
            """).SingleAsync(cancellationToken).ConfigureAwait(false) >= LeastFreePages;
    }
}

/// <summary>Lets <c>dotnet ef migrations</c> make the context without starting the server.</summary>
internal sealed class SqliteRecordsFactory : IDesignTimeDbContextFactory<SqliteRecords>
{
    /// <inheritdoc />
    public SqliteRecords CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRecords>().UseSqlite("Data Source=:memory:").Options);
}
