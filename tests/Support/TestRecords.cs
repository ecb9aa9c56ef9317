using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Records;

namespace Xunke.Tests.Support;

/// <summary>A migrated database for one test, of one of the two kinds that a district may have.</summary>
public sealed class TestRecords : IDbContextFactory<RecordsContext>, IAsyncDisposable
{
    private readonly TempDatabase? _file;
    private readonly ServiceProvider _services;

    private TestRecords(RecordsDatabase database, TempDatabase? file)
    {
        (Database, _file) = (database, file);
        var services = new ServiceCollection();
        database.AddRecords(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The database.</summary>
    public RecordsDatabase Database { get; }

    /// <summary>A file in a folder of its own.</summary>
    public static async Task<TestRecords> SqliteAsync()
    {
        var file = new TempDatabase();
        var made = new TestRecords(RecordsDatabase.Sqlite(file.Path), file);
        await using RecordsContext records = made.CreateDbContext();
        await records.Database.MigrateAsync();
        return made;
    }

    /// <summary>A database of the run's PostgreSQL server.</summary>
    public static async Task<TestRecords> PostgreSqlAsync() =>
        new(RecordsDatabase.PostgreSql(await SharedPostgres.MakeDatabaseAsync()), file: null);

    /// <summary>A database as it is, and whether it is there or not.</summary>
    public static TestRecords Of(RecordsDatabase database) => new(database, file: null);

    /// <summary>The actors' state in it.</summary>
    public Task<OrleansStateStore> OpenStateAsync() => OrleansStateStore.OpenAsync(Database, TestContext.Current.CancellationToken);

    /// <summary>Sets something in the file's one pooled connection, which whoever comes next is given.</summary>
    public async Task PrepareConnectionAsync(string pragma)
    {
        await using var connection = new SqliteConnection(Database.ConnectionString);
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = pragma;
        await command.ExecuteNonQueryAsync();
    }

    /// <inheritdoc />
    public RecordsContext CreateDbContext() => _services.GetRequiredService<IDbContextFactory<RecordsContext>>().CreateDbContext();

    /// <summary>Does what somebody does who has the database: runs SQL.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using RecordsContext records = CreateDbContext();
        return await records.Database.ExecuteSqlRawAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _file?.Dispose();
    }
}
