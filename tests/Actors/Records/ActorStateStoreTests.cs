using Xunke.Actors.Records;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Records;

/// <summary>The actors' state, in each of the databases that a district may have.</summary>
public abstract class ActorStateStoreTests : IAsyncLifetime
{
    internal TestRecords Records { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Records = await MakeAsync();

    public async ValueTask DisposeAsync()
    {
        await Records.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestRecords> MakeAsync();

    [Fact]
    public async Task What_was_saved_is_loaded_with_its_version()
    {
        await using var store = await OpenAsync();
        (await store.LoadAsync("classroom", "s01-101")).ShouldBeNull();

        (await store.SaveAsync("classroom", "s01-101", "first", 0)).ShouldBe(1);
        (await store.SaveAsync("classroom", "s01-101", "第二", 1)).ShouldBe(2);
        await store.SaveAsync("classroom", "s01-102", "another", 0);

        (await store.LoadAsync("classroom", "s01-101")).ShouldBe(new StoredState("第二", 2));
        (await store.LoadAsync("school", "s01-101")).ShouldBeNull();
    }

    [Fact]
    public async Task State_outlives_the_process_that_saved_it()
    {
        await using (var store = await OpenAsync())
        {
            await store.SaveAsync("classroom", "s01-101", "kept", 0);
        }

        await using var later = await OpenAsync();
        (await later.LoadAsync("classroom", "s01-101"))!.Payload.ShouldBe("kept");
    }

    [Fact]
    public async Task A_stale_writer_fails_and_changes_nothing()
    {
        await using var store = await OpenAsync();
        await store.SaveAsync("classroom", "s01-101", "one", 0);
        await store.SaveAsync("classroom", "s01-101", "two", 1);

        var stale = await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "s01-101", "old", 1));
        stale.Message.ShouldContain("s01-101");
        await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "s01-101", "new", 0));
        await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "s01-101", "future", 7));
        await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "never saved", "x", 1));
        (await store.LoadAsync("classroom", "s01-101")).ShouldBe(new StoredState("two", 2));
    }

    [Fact]
    public async Task Of_writers_of_the_same_version_exactly_one_wins()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        for (var version = 0; version < 10; version++)
        {
            var writers = Enumerable.Range(0, 6).Select(writer => Task.Run(() =>
                (writer % 2 == 0 ? one : other).SaveAsync("classroom", "s01-101", $"{version}/{writer}", version))).ToArray();
            await Task.WhenAll(writers.Select(writer => writer.ContinueWith(_ => { }, TaskScheduler.Default)));

            writers.Count(writer => writer.IsCompletedSuccessfully).ShouldBe(1);
            writers.Where(writer => writer.IsFaulted).ShouldAllBe(writer => writer.Exception!.InnerException is StaleStateException);
        }

        (await one.LoadAsync("classroom", "s01-101"))!.Version.ShouldBe(10);
    }

    [Fact]
    public async Task Ids_that_look_like_one_number_are_two()
    {
        await using var store = await OpenAsync();
        await store.SaveAsync("classroom", "101", "one", 0);
        await store.SaveAsync("classroom", "0101", "another", 0);
        (await store.LoadAsync("classroom", "101")).ShouldBe(new StoredState("one", 1));
    }

    internal Task<OrleansStateStore> OpenAsync() => Records.OpenStateAsync();
}

public sealed class PostgreSqlActorStateStoreTests : ActorStateStoreTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.PostgreSqlAsync();
}

public sealed class SqliteActorStateStoreTests : ActorStateStoreTests
{
    [Fact]
    public async Task A_database_that_may_not_be_written_says_so()
    {
        await using var store = await OpenAsync();
        await Records.PrepareConnectionAsync("PRAGMA query_only = ON");

        var fault = await Should.ThrowAsync<StateStoreException>(store.SaveAsync("classroom", "s01-101", "x", 0));

        fault.Message.ShouldContain("readonly");
        fault.Message.ShouldContain("s01-101");
    }

    [Fact]
    public async Task A_full_disk_says_so_and_keeps_what_was_there()
    {
        await using var store = await OpenAsync();
        await store.SaveAsync("classroom", "s01-101", "kept", 0);
        await Records.PrepareConnectionAsync("PRAGMA max_page_count = 1");

        var fault = await Should.ThrowAsync<StateStoreException>(store.SaveAsync("classroom", "s01-101", new string('x', 1_000_000), 1));

        fault.Message.ShouldContain("full");
        (await store.LoadAsync("classroom", "s01-101")).ShouldBe(new StoredState("kept", 1));
    }

    [Fact]
    public async Task A_file_that_is_no_database_says_so()
    {
        using var file = new TempDatabase();
        await File.WriteAllTextAsync(file.Path, new string('?', 4096), TestContext.Current.CancellationToken);

        var fault = await Should.ThrowAsync<StateStoreException>(
            OrleansStateStore.OpenAsync(RecordsDatabase.Sqlite(file.Path), TestContext.Current.CancellationToken));
        fault.Message.ShouldContain("not a database");
    }

    protected override Task<TestRecords> MakeAsync() => TestRecords.SqliteAsync();
}
