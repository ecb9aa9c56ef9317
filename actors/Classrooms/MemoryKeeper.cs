using System.Text.Json;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Records;

namespace Xunke.Actors.Classrooms;

/// <summary>
/// Loads and saves one room's memory, one after the other. It outlives the instances of the room's actor, so that one
/// that restarts loads what its predecessor saved. A database that fails costs the memory, never the room: what goes
/// wrong is logged when it begins, and the next save tries again.
/// </summary>
internal sealed partial class MemoryKeeper(string roomId, IActorStateStore store, ILogger logger)
{
    private long _version;
    private bool _versionKnown;
    private bool _failing;
    private Task _last = Task.CompletedTask;

    /// <summary>Completes when all that was begun is done. Never faults.</summary>
    public async Task SettleAsync() => await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>What was saved last, or null where nothing (usable) was.</summary>
    public Task<ClassroomMemory?> LoadAsync()
    {
        var loading = LoadAfterAsync(SettleAsync());
        _last = loading;
        return loading;
    }

    /// <summary>Saves after what is under way, if anything. Never faults.</summary>
    public void Save(ClassroomMemory memory) => _last = SaveAfterAsync(SettleAsync(), memory);

    private async Task<ClassroomMemory?> LoadAfterAsync(Task earlier)
    {
        // SQLite works on the caller's thread; the room's actor must not wait for the disk.
        await Task.Yield();
        await earlier.ConfigureAwait(false);
        try
        {
            var stored = await LoadStoredAsync().ConfigureAwait(false);
            return stored is null ? null : ClassroomMemory.FromJson(stored.Payload);
        }
        catch (StateStoreException failure)
        {
            Failed(failure);
            return null;
        }
        catch (JsonException failure)
        {
            Failed(failure);
            return null;
        }
    }

    private async Task SaveAfterAsync(Task earlier, ClassroomMemory memory)
    {
        await Task.Yield();
        await earlier.ConfigureAwait(false);
        try
        {
            if (!_versionKnown)
            {
                await LoadStoredAsync().ConfigureAwait(false);
            }

            _version = await store.SaveAsync(ClassroomMemory.Type, roomId, memory.ToJson(), _version).ConfigureAwait(false);
            _failing = false;
        }
        catch (StaleStateException failure)
        {
            // Somebody else's save overtook this one: look at the version again next time.
            _versionKnown = false;
            Failed(failure);
        }
        catch (Exception failure)
        {
            // A room goes on without its memory, whatever is wrong with it.
            Failed(failure);
        }
    }

    private async Task<StoredState?> LoadStoredAsync()
    {
        var stored = await store.LoadAsync(ClassroomMemory.Type, roomId).ConfigureAwait(false);
        _version = stored?.Version ?? 0;
        _versionKnown = true;
        return stored;
    }

    private void Failed(Exception failure)
    {
        if (!_failing)
        {
            _failing = true;
            LogFailed(failure, roomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The memory of room {RoomId} cannot be kept for now")]
    private partial void LogFailed(Exception failure, string roomId);
}
