using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Xunke.Actors.Records;

/// <summary>The records in an SQLite file.</summary>
public sealed class SqliteRecords(DbContextOptions<SqliteRecords> options) : RecordsContext(options);

/// <summary>Lets <c>dotnet ef migrations</c> make the context without starting the server.</summary>
internal sealed class SqliteRecordsFactory : IDesignTimeDbContextFactory<SqliteRecords>
{
    /// <inheritdoc />
    public SqliteRecords CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteRecords>().UseSqlite("Data Source=:memory:").Options);
}
