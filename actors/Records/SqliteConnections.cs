using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Xunke.Actors.Records;

/// <summary>What every connection to the file is told when it opens: what is deleted is overwritten, so that it is in the file no more.</summary>
public sealed class SqliteConnections : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA secure_delete = ON";

    /// <inheritdoc />
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

    /// <inheritdoc />
    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare(connection);
        return Task.CompletedTask;
    }

    /// <summary>Connections without EF Core.</summary>
    internal static DbDataSource Source(string connectionString) => new PreparedSource(connectionString);

    // SQLite answers on the caller's thread; there is nothing to wait for.
    private static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    private sealed class PreparedSource(string connectionString) : DbDataSource
    {
        public override string ConnectionString => connectionString;

        protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

        protected override DbConnection OpenDbConnection()
        {
            var connection = CreateDbConnection();
            try
            {
                connection.Open();
                Prepare(connection);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }

        protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ValueTask.FromResult(OpenDbConnection());
        }
    }
}
