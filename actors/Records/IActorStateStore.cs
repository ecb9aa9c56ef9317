using System.Data.Common;

namespace Xunke.Actors.Records;

/// <summary>An actor's state as it was saved.</summary>
/// <param name="Payload">JSON of the actor's own making.</param>
/// <param name="Version">1 for the first save, one more for each further one.</param>
public sealed record StoredState(string Payload, long Version);

/// <summary>
/// Keeps the state of actors by type and id, with a version each: a stale writer fails. All members may be called from any thread.
/// </summary>
public interface IActorStateStore : IAsyncDisposable
{
    /// <summary>The newest saved state, or null where none was ever saved.</summary>
    /// <exception cref="StateStoreException">The database cannot be read.</exception>
    Task<StoredState?> LoadAsync(string type, string id);

    /// <summary>Saves a state over the version that the caller loaded or saved last.</summary>
    /// <param name="type">Kind of actor.</param>
    /// <param name="id">Which one.</param>
    /// <param name="payload">The state.</param>
    /// <param name="expectedVersion">That version, or 0 where there was none.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="StaleStateException">The newest version is another one.</exception>
    /// <exception cref="StateStoreException">The database cannot be written.</exception>
    Task<long> SaveAsync(string type, string id, string payload, long expectedVersion);
}

/// <summary>Somebody else has saved this state since it was loaded: this writer's copy is stale and was not saved.</summary>
/// <param name="type">Kind of state.</param>
/// <param name="id">Which one.</param>
/// <param name="expected">The version that the writer took for the newest.</param>
public sealed class StaleStateException(string type, string id, long expected)
    : Exception($"The state of {type} '{id}' is no longer at version {expected}; another writer has saved it.");

/// <summary>The database cannot be read or written now: full disk, read-only file, lost connection.</summary>
/// <param name="what">What was tried.</param>
/// <param name="cause">The provider's own word.</param>
public sealed class StateStoreException(string what, DbException cause) : Exception($"Cannot {what}: {cause.Message}", cause);
