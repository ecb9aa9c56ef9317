using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Classrooms;

/// <summary>Gives each test a database of its own.</summary>
public abstract class ClassroomTestBase : IAsyncLifetime
{
    internal TestRecords Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await TestRecords.SqliteAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A district on the test's database.</summary>
    internal async Task<TestDistrict> StartAsync(ManualTime? time = null, HandFeed? feed = null) =>
        await TestDistrict.StartAsync(await Database.OpenStateAsync(), time, feed);
}
