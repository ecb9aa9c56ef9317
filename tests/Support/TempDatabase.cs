using System.Data.Common;
using Microsoft.Data.Sqlite;
using Xunke.Actors.Records;

namespace Xunke.Tests.Support;

/// <summary>A real SQLite file in a folder of its own that goes with it.</summary>
internal sealed class TempDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-db-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "xunke.db");

    public Task<DbDataSource> OpenAsync() => SqliteDatabase.OpenAsync(Path, TestContext.Current.CancellationToken);

    /// <summary>The same file, which nobody may write.</summary>
    public DbDataSource ReadOnly() => SqliteFactory.Instance.CreateDataSource($"Data Source={Path};Mode=ReadOnly");

    /// <summary>The same file on a disk that is as good as full.</summary>
    public DbDataSource Full() => new FullDisk($"Data Source={Path}");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private sealed class FullDisk(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

        protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
        {
            var connection = CreateDbConnection();
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA max_page_count = 1";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
    }
}
