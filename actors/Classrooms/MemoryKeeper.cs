using System.Text.Json;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Persistence;

namespace Xunke.Actors.Classrooms;

/// <summary>
/// Loads and saves one room's memory, one save at a time. A database that fails costs the memory, never the room: what
/// goes wrong is logged when it begins, and the next save tries again.
/// </summary>
internal sealed partial class MemoryKeeper(string roomId, ActorStateStore store, ILogger logger)
{
    private long _version;
    private bool _versionKnown;
    private bool _failing;
    private Task _saving = Task.CompletedTask;

    /// <summary>What was saved last, or null where nothing (usable) was.</summary>
    public async Task<ClassroomMemory?> LoadAsync()
    {
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

    /// <summary>Saves after the save under way, if any. Never faults.</summary>
    public Task SaveAsync(ClassroomMemory memory)
    {
        _saving = SaveAfterAsync(_saving, memory);
        return _saving;
    }

    private async Task SaveAfterAsync(Task earlier, ClassroomMemory memory)
    {
        // SQLite works on the caller's thread; the room's actor must not wait for the disk.
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
            // A predecessor's last save overtook this one: look at the version again next time.
            _versionKnown = false;
            Failed(failure);
        }
        catch (Exception failure)
        {
            // A fault that got out would be every later save's as well.
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
