using Xunke.Actors.Records;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Classrooms;

/// <summary>Gives each test a database of its own.</summary>
public abstract class ClassroomTestBase : IDisposable
{
    internal TempDatabase Database { get; } = new();

    public void Dispose()
    {
        Database.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A district on the test's database.</summary>
    internal async Task<TestDistrict> StartAsync(ManualTime? time = null, HandFeed? feed = null)
    {
        var source = await Database.OpenAsync();
        await new ActorStateStore(source, time ?? new ManualTime()).InitialiseAsync(TestContext.Current.CancellationToken);
        return await TestDistrict.StartAsync(source, time, feed);
    }
}
