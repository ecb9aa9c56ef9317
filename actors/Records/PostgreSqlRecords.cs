using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace Xunke.Actors.Records;

/// <summary>The records in PostgreSQL.</summary>
public sealed class PostgreSqlRecords(DbContextOptions<PostgreSqlRecords> options) : RecordsContext(options)
{
    /// <summary>Any number that all of our processes, and nobody else, take for a deed.</summary>
    private const long DeedLock = 0x78756E6B65;

    /// <inheritdoc />
    public override async Task<IDbContextTransaction> BeginDeedAsync(CancellationToken cancellationToken = default)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // As long as SQLite's own wait for its one writer. The lock ends with the transaction.
            await Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = 5000", cancellationToken).ConfigureAwait(false);
            await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({DeedLock})", cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public override async Task<bool> HasRoomAsync(CancellationToken cancellationToken = default)
    {
        await Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "HealthProbe" ("Id" integer PRIMARY KEY, "Filler" bytea NOT NULL);
            INSERT INTO "HealthProbe" VALUES (1, decode(repeat(md5(random()::text), 512), 'hex'))
                ON CONFLICT ("Id") DO UPDATE SET "Filler" = excluded."Filler";
            """, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Text is compared byte by byte, as in SQLite, whatever language the server was set up in.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}

/// <summary>Lets <c>dotnet ef migrations</c> make the context without starting the server.</summary>
internal sealed class PostgreSqlRecordsFactory : IDesignTimeDbContextFactory<PostgreSqlRecords>
{
    /// <inheritdoc />
    public PostgreSqlRecords CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlRecords>().UseNpgsql("Host=localhost").Options);
}
