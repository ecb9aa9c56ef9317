using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Activators;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Xunke.Actors.Records;

/// <summary>
/// The actors' state in Orleans.Persistence.AdoNet, as a library without a silo. Its table and its statements come with the migrations:
/// see <see cref="OrleansTables"/>.
/// </summary>
public sealed class OrleansStateStore : IActorStateStore
{
    private const int MostAtOnce = 16;

    private readonly AdoNetGrainStorage _storage;

    // SQLite takes one writer at a time, and those who find it busy poll; queueing here is fairer and quicker.
    private readonly SemaphoreSlim _writing;

    private OrleansStateStore(AdoNetGrainStorage storage, int writers) => (_storage, _writing) = (storage, new SemaphoreSlim(writers));

    /// <summary>Opens the store of a migrated database.</summary>
    /// <exception cref="StateStoreException">The database cannot be read.</exception>
    public static async Task<OrleansStateStore> OpenAsync(RecordsDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var storage = new AdoNetGrainStorage(
            new Activators(),
            // Whoever calls learns of a fault by its exception; it need not be logged twice.
            NullLogger<AdoNetGrainStorage>.Instance,
            Options.Create(new AdoNetGrainStorageOptions
            {
                // This name makes the package load Microsoft.Data.Sqlite.
                Invariant = database.Path is null ? "Npgsql" : "System.Data.SQLite",
                ConnectionString = database.ConnectionString,
                GrainStorageSerializer = new AsText(),
            }),
            Options.Create(new ClusterOptions { ServiceId = OrleansTables.Service, ClusterId = OrleansTables.Service }),
            "actors");
        var start = new Start();
        storage.Participate(start);
        try
        {
            await start.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DbException cause)
        {
            throw new StateStoreException("open the actors' state", cause);
        }

        return new OrleansStateStore(storage, database.Path is null ? MostAtOnce : 1);
    }

    /// <inheritdoc />
    public async Task<StoredState?> LoadAsync(string type, string id)
    {
        var state = new GrainState<Text>();
        try
        {
            await _storage.ReadStateAsync(type, Name(type, id), state).ConfigureAwait(false);
        }
        catch (DbException cause)
        {
            throw new StateStoreException($"load the state of {type} '{id}'", cause);
        }

        return state is { RecordExists: true, State.Value: { } payload } ? new StoredState(payload, Version(state)) : null;
    }

    /// <inheritdoc />
    public async Task<long> SaveAsync(string type, string id, string payload, long expectedVersion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        var state = new GrainState<Text>(new Text { Value = payload })
        {
            ETag = expectedVersion == 0 ? null : expectedVersion.ToString(CultureInfo.InvariantCulture),
        };
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            await _storage.WriteStateAsync(type, Name(type, id), state).ConfigureAwait(false);
        }
        catch (InconsistentStateException)
        {
            throw new StaleStateException(type, id, expectedVersion);
        }
        catch (DbException cause)
        {
            throw new StateStoreException($"save the state of {type} '{id}'", cause);
        }
        finally
        {
            _writing.Release();
        }

        return Version(state);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    private static GrainId Name(string type, string id) => GrainId.Create(type, OrleansTables.IdPrefix + id);

    // What was read or written has one.
    private static long Version(GrainState<Text> state) => long.Parse(state.ETag!, CultureInfo.InvariantCulture);

    private sealed class Text
    {
        public string? Value { get; set; }
    }

    /// <summary>The state is text already.</summary>
    private sealed class AsText : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromString((input as Text)?.Value ?? "");

        public T Deserialize<T>(BinaryData input) => (T)(object)new Text { Value = input.ToString() };
    }

    private sealed class Activators : IActivatorProvider
    {
        public IActivator<T> GetActivator<T>() => new Activator<T>();

        private sealed class Activator<T> : IActivator<T>
        {
            public T Create() => System.Activator.CreateInstance<T>();
        }
    }

    /// <summary>As much of a silo as the storage asks for: a start.</summary>
    private sealed class Start : ISiloLifecycle
    {
        private readonly List<(int Stage, ILifecycleObserver Observer)> _observers = [];

        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add((stage, observer));
            return NullScope.Instance;
        }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            foreach (var (_, observer) in _observers.OrderBy(one => one.Stage))
            {
                await observer.OnStart(cancellationToken).ConfigureAwait(false);
            }
        }

        private sealed class NullScope : IDisposable
        {
            public static NullScope Instance { get; } = new();

            public void Dispose()
            {
                // Nobody leaves before the end.
            }
        }
    }
}
