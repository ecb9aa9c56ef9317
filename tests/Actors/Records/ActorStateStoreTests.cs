using Xunke.Actors.Records;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Records;

public sealed class ActorStateStoreTests : IDisposable
{
    private readonly TempDatabase _database = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_was_saved_is_loaded_with_its_version_and_time()
    {
        await using var store = await OpenAsync();
        (await store.LoadAsync("classroom", "s01-101", Cancelled)).ShouldBeNull();

        (await store.SaveAsync("classroom", "s01-101", "first", 0, Cancelled)).ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await store.SaveAsync("classroom", "s01-101", "第二", 1, Cancelled)).ShouldBe(2);
        await store.SaveAsync("classroom", "s01-102", "another", 0, Cancelled);

        (await store.LoadAsync("classroom", "s01-101", Cancelled)).ShouldBe(new StoredState("第二", 2, _time.GetUtcNow()));
        (await store.LoadAsync("school", "s01-101", Cancelled)).ShouldBeNull();
    }

    [Fact]
    public async Task State_outlives_the_process_that_saved_it()
    {
        await using (var store = await OpenAsync())
        {
            await store.SaveAsync("classroom", "s01-101", "kept", 0, Cancelled);
        }

        await using var later = await OpenAsync();
        (await later.LoadAsync("classroom", "s01-101", Cancelled))!.Payload.ShouldBe("kept");
    }

    [Fact]
    public async Task A_stale_writer_fails_and_changes_nothing()
    {
        await using var store = await OpenAsync();
        await store.SaveAsync("classroom", "s01-101", "one", 0, Cancelled);
        await store.SaveAsync("classroom", "s01-101", "two", 1, Cancelled);

        var stale = await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "s01-101", "old", 1, Cancelled));
        stale.Message.ShouldContain("s01-101");
        await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "s01-101", "new", 0, Cancelled));
        await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "s01-101", "future", 7, Cancelled));
        await Should.ThrowAsync<StaleStateException>(store.SaveAsync("classroom", "never saved", "x", 1, Cancelled));
        (await store.LoadAsync("classroom", "s01-101", Cancelled)).ShouldBe(new StoredState("two", 2, _time.GetUtcNow()));
    }

    [Fact]
    public async Task Of_writers_of_the_same_version_exactly_one_wins()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        for (var version = 0; version < 10; version++)
        {
            var writers = Enumerable.Range(0, 6).Select(writer => Task.Run(() =>
                (writer % 2 == 0 ? one : other).SaveAsync("classroom", "s01-101", $"{version}/{writer}", version, Cancelled))).ToArray();
            await Task.WhenAll(writers.Select(writer => writer.ContinueWith(_ => { }, TaskScheduler.Default)));

            writers.Count(writer => writer.IsCompletedSuccessfully).ShouldBe(1);
            writers.Where(writer => writer.IsFaulted).ShouldAllBe(writer => writer.Exception!.InnerException is StaleStateException);
        }

        (await one.LoadAsync("classroom", "s01-101", Cancelled))!.Version.ShouldBe(10);
    }

    [Fact]
    public async Task A_database_that_may_not_be_written_says_so()
    {
        await (await OpenAsync()).DisposeAsync();
        await using var store = new ActorStateStore(_database.ReadOnly(), _time);
        var fault = await Should.ThrowAsync<StateStoreException>(store.SaveAsync("classroom", "s01-101", "x", 0, Cancelled));
        fault.Message.ShouldContain("readonly");
        fault.Message.ShouldContain("s01-101");
    }

    [Fact]
    public async Task A_full_disk_says_so_and_keeps_what_was_there()
    {
        await using var store = await OpenAsync();
        await store.SaveAsync("classroom", "s01-101", "kept", 0, Cancelled);
        await using var full = new ActorStateStore(_database.Full(), _time);
        var fault = await Should.ThrowAsync<StateStoreException>(
            full.SaveAsync("classroom", "s01-101", new string('x', 100_000), 1, Cancelled));
        fault.Message.ShouldContain("full");
        (await store.LoadAsync("classroom", "s01-101", Cancelled)).ShouldBe(new StoredState("kept", 1, _time.GetUtcNow()));
    }

    [Fact]
    public async Task A_file_that_is_no_database_says_so()
    {
        await File.WriteAllTextAsync(_database.Path, new string('?', 4096), Cancelled);
        (await Should.ThrowAsync<StateStoreException>(_database.OpenAsync())).Message.ShouldContain(_database.Path);
    }

    private async Task<ActorStateStore> OpenAsync()
    {
        var store = new ActorStateStore(await _database.OpenAsync(), _time);
        await store.InitialiseAsync(Cancelled);
        return store;
    }
}
