using System.Data.Common;

namespace Xunke.Actors.Records;

/// <summary>An actor's state as it was saved.</summary>
/// <param name="Payload">JSON of the actor's own making.</param>
/// <param name="Version">1 for the first save, one more for each further one.</param>
/// <param name="SavedAt">When.</param>
public sealed record StoredState(string Payload, long Version, DateTimeOffset SavedAt);

/// <summary>Somebody else has saved this state since it was loaded: this writer's copy is stale and was not saved.</summary>
/// <param name="type">Kind of actor.</param>
/// <param name="id">Which one.</param>
/// <param name="expected">The version that the writer took for the newest.</param>
public sealed class StaleStateException(string type, string id, long expected)
    : Exception($"The state of {type} '{id}' is no longer at version {expected}; another writer has saved it.");

/// <summary>The database cannot be read or written now: full disk, read-only file, lost connection.</summary>
/// <param name="what">What was tried.</param>
/// <param name="cause">The provider's own word.</param>
public sealed class StateStoreException(string what, DbException cause) : Exception($"Cannot {what}: {cause.Message}", cause);

/// <summary>Writes state in a transaction together with what else belongs to it: all of it is committed, or this throws and nothing is.</summary>
/// <param name="write">Writes the state in the transaction that it is given.</param>
public delegate Task StateTransaction(Func<DbTransaction, Task> write);

/// <summary>
/// Keeps the state of actors in one table, keyed by type and id, with a version per row: a stale writer fails. Plain
/// ADO.NET and SQL that SQLite and PostgreSQL share. All members may be called from any thread.
/// </summary>
/// <param name="database">Where the table is.</param>
/// <param name="time">The clock for the time of saving.</param>
public sealed class ActorStateStore(DbDataSource database, TimeProvider time) : IAsyncDisposable
{
    // SQLite takes one writer at a time, and those who find it busy poll; queueing here is fairer and quicker.
    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Makes the table where there is none.</summary>
    /// <exception cref="StateStoreException">The database cannot be opened or written.</exception>
    public Task InitialiseAsync(CancellationToken cancellationToken = default) => RunAsync("prepare the actors' state", async connection =>
    {
        await using var command = Command(connection, """
            CREATE TABLE IF NOT EXISTS actor_state (
                type TEXT NOT NULL,
                id TEXT NOT NULL,
                version BIGINT NOT NULL,
                payload TEXT NOT NULL,
                saved_at BIGINT NOT NULL,
                PRIMARY KEY (type, id))
            """);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>The newest saved state, or null where none was ever saved.</summary>
    /// <exception cref="StateStoreException">The database cannot be read.</exception>
    public Task<StoredState?> LoadAsync(string type, string id, CancellationToken cancellationToken = default) =>
        RunAsync($"load the state of {type} '{id}'", async connection =>
        {
            await using var command = Command(
                connection, "SELECT payload, version, saved_at FROM actor_state WHERE type = @type AND id = @id",
                ("@type", type), ("@id", id));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                ? new StoredState(reader.GetString(0), reader.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)))
                : null;
        }, cancellationToken);

    /// <summary>The newest saved states of all actors of a kind, by id.</summary>
    /// <exception cref="StateStoreException">The database cannot be read.</exception>
    public Task<IReadOnlyDictionary<string, StoredState>> LoadAllAsync(string type, CancellationToken cancellationToken = default) =>
        RunAsync($"load the states of all {type}", async connection =>
        {
            await using var command = Command(connection, "SELECT id, payload, version, saved_at FROM actor_state WHERE type = @type", ("@type", type));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            var states = new Dictionary<string, StoredState>(StringComparer.Ordinal);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                states.Add(reader.GetString(0), new StoredState(
                    reader.GetString(1), reader.GetInt64(2), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3))));
            }

            return (IReadOnlyDictionary<string, StoredState>)states;
        }, cancellationToken);

    /// <summary>Saves a state over the version that the caller loaded or saved last.</summary>
    /// <param name="type">Kind of actor.</param>
    /// <param name="id">Which one.</param>
    /// <param name="payload">The state.</param>
    /// <param name="expectedVersion">That version, or 0 where there was none.</param>
    /// <param name="cancellationToken">Gives up; the state may have been saved all the same.</param>
    /// <param name="transaction">A transaction in the same database that the caller commits; null for one of its own.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="StaleStateException">The newest version is another one.</exception>
    /// <exception cref="StateStoreException">The database cannot be written.</exception>
    public async Task<long> SaveAsync(
        string type, string id, string payload, long expectedVersion, CancellationToken cancellationToken = default, DbTransaction? transaction = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var sql = expectedVersion == 0
            ? "INSERT INTO actor_state (type, id, version, payload, saved_at) VALUES (@type, @id, 1, @payload, @at) ON CONFLICT DO NOTHING"
            : "UPDATE actor_state SET version = version + 1, payload = @payload, saved_at = @at WHERE type = @type AND id = @id AND version = @expected";
        var what = $"save the state of {type} '{id}'";
        if (transaction is not null)
        {
            // The transaction is the writer already; waiting here for another one would hold both up.
            return Saved(await RunAsync(what, () => WriteAsync(transaction.Connection!, transaction)).ConfigureAwait(false));
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Saved(await RunAsync(what, connection => WriteAsync(connection, null), cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _writing.Release();
        }

        async Task<int> WriteAsync(DbConnection connection, DbTransaction? within)
        {
            await using var command = Command(
                connection, sql, ("@type", type), ("@id", id), ("@payload", payload),
                ("@at", time.GetUtcNow().ToUnixTimeMilliseconds()), ("@expected", expectedVersion));
            command.Transaction = within;
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        long Saved(int written) => written == 1 ? expectedVersion + 1 : throw new StaleStateException(type, id, expectedVersion);
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private Task<TResult> RunAsync<TResult>(string what, Func<DbConnection, Task<TResult>> work, CancellationToken cancellationToken) =>
        RunAsync(what, async () =>
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        });

    private static async Task<TResult> RunAsync<TResult>(string what, Func<Task<TResult>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException cause)
        {
            throw new StateStoreException(what, cause);
        }
    }

    private static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
