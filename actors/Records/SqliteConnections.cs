using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Xunke.Actors.Records;

/// <summary>What every connection to the file is told when it opens: what is deleted is overwritten, so that it is in the file no
/// more.</summary>
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

    // SQLite answers on the caller's thread; there is nothing to wait for.
    private static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }
}
