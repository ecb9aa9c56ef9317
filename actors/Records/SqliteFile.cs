using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Xunke.Actors.Records;

/// <summary>The file itself: it gives back what deleted rows took, in small steps, and keeps none of their bytes.</summary>
public static class SqliteFile
{
    private const int Incremental = 2;

    /// <summary>Makes an empty file that can give space back, where there is none yet.</summary>
    /// <exception cref="SqliteException">The file cannot be made.</exception>
    public static async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path) && new FileInfo(path).Length > 0)
        {
            return;
        }

        using var connection = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        // Before the log and the first table, or it takes a VACUUM.
        await ReadAsync(connection, "PRAGMA auto_vacuum = INCREMENTAL", cancellationToken).ConfigureAwait(false);
        await ReadAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the file can give space back; a file from an older version has to be made anew for that.</summary>
    public static async Task<bool> CanShrinkAsync(string path, CancellationToken cancellationToken)
    {
        using var connection = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(connection, "PRAGMA auto_vacuum", cancellationToken).ConfigureAwait(false) == Incremental;
    }

    /// <summary>Makes the file anew. It takes a moment a gigabyte and as much space again, and nobody else may use it meanwhile.</summary>
    /// <exception cref="SqliteException">There is no space, or somebody uses it; the file is as it was.</exception>
    public static async Task CompactAsync(string path, CancellationToken cancellationToken)
    {
        using var connection = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        await ReadAsync(connection, "PRAGMA auto_vacuum = INCREMENTAL", cancellationToken).ConfigureAwait(false);
        await ReadAsync(connection, "VACUUM", cancellationToken).ConfigureAwait(false);
        await ReadAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a few free pages back: a short write, after which others get their turn.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pages">How many at most; a page has 4 KiB.</param>
    /// <param name="cancellationToken">Gives up before the write.</param>
    /// <returns>How many were given back, and how many free ones are left.</returns>
    public static async Task<(long Freed, long Left)> ShrinkAsync(string path, int pages, CancellationToken cancellationToken)
    {
        using var connection = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var free = await ReadAsync(connection, "PRAGMA freelist_count", cancellationToken).ConfigureAwait(false) ?? 0;
        if (free == 0 || await ReadAsync(connection, "PRAGMA auto_vacuum", cancellationToken).ConfigureAwait(false) != Incremental)
        {
            return (0, free);
        }

        await ReadAsync(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})"), cancellationToken)
            .ConfigureAwait(false);
        var left = await ReadAsync(connection, "PRAGMA freelist_count", cancellationToken).ConfigureAwait(false) ?? 0;
        return (free - left, left);
    }

    /// <summary>Writes the log into the file and empties it, so that it keeps nothing that was deleted since.</summary>
    /// <returns>False when somebody reads what is in the log; it can be tried again.</returns>
    public static async Task<bool> EmptyLogAsync(string path, CancellationToken cancellationToken)
    {
        using var connection = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(connection, "PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken).ConfigureAwait(false) == 0;
    }

    private static async Task<SqliteConnection> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(SqliteDatabase.ConnectionString(path));
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await ReadAsync(connection, "PRAGMA secure_delete = ON", cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // A pragma works while its rows are read: to the end, or it stops in the middle.
    private static async Task<long?> ReadAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        long? first = null;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            first ??= reader.GetValue(0) as long?;
        }

        return first;
    }
}
