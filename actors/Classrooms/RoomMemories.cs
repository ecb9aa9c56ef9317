using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Records;

namespace Xunke.Actors.Classrooms;

/// <summary>The memories of a node's rooms. Goes after the actors and before the database.</summary>
internal sealed class RoomMemories(IActorStateStore store, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, MemoryKeeper> _keepers = new(StringComparer.Ordinal);

    /// <summary>The memory of one room.</summary>
    public MemoryKeeper Of(string roomId) => _keepers.GetOrAdd(roomId, id => new MemoryKeeper(id, store, logger));

    /// <summary>Waits until all that was begun is saved.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_keepers.Values.Select(keeper => keeper.SettleAsync())).ConfigureAwait(false);
}
