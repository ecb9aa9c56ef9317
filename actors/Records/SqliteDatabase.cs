using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Xunke.Actors.Records;

/// <summary>The embedded database, as records and actor state both want it.</summary>
public static class SqliteDatabase
{
    /// <summary>The connection string for a file: foreign keys are enforced, and who finds the file busy waits up to 5 s.</summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        DefaultTimeout = 5,
    }.ToString();

    /// <summary>
    /// Opens or makes the file and turns its write-ahead log on, so that readers and the writer do not hold each other up;
    /// the file remembers this.
    /// </summary>
    /// <returns>Connections to it. Whoever holds this last disposes it.</returns>
    /// <exception cref="StateStoreException">The file cannot be opened or written.</exception>
    public static async Task<DbDataSource> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var source = SqliteConnections.Source(ConnectionString(path));
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return source;
        }
        catch (DbException cause)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw new StateStoreException($"open the database '{path}'", cause);
        }
    }
}
