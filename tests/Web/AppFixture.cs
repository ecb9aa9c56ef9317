using Xunke.Actors.Identity;
using Xunke.Tests.Support;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web;

/// <summary>One server for all web tests: each test keeps to rooms of its own.</summary>
public class AppFixture : IAsyncLifetime
{
    internal RunningApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        LayOutClient();
        App = await RunningApp.StartAsync(
            more: ["--Live:FlushMilliseconds", "20", "--Live:SpacingMilliseconds", "0", "--Live:VisitGraceSeconds", "1",
                "--Live:VisitsPerAccount", "1000", "--Live:StallSeconds", "120", .. await ArgumentsAsync()]);
        await App.AddAccountAsync("principal2", Role.Principal, "s02");
        await App.AddAccountAsync("inspector2", Role.Inspector);
        await App.AddAccountAsync("schoolAdministrator", Role.SchoolAdministrator, "s01");
        await App.AddAccountAsync("schoolAdministrator2", Role.SchoolAdministrator, "s02");
        await App.AddAccountAsync("researcher", Role.Researcher);
        await App.AddAccountAsync("teacher", Role.Teacher, "s01");
        await App.AddAccountAsync("coordinator", Role.AfterSchoolCoordinator, "s01");
        await App.AddAccountAsync("auditor", Role.Auditor);
        await App.AddAccountAsync("limited", Role.Inspector, schools: "s01");
        await App.AddAccountAsync("limited2", Role.Inspector, schools: "s02 s03");
        await App.AddMachineAsync("machine", "Lessons Live Operations Books");
        await App.AddMachineAsync("machine2", "Lessons Live Books", "s02");
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return App.DisposeAsync();
    }

    /// <summary>What the server is started with besides.</summary>
    protected virtual Task<string[]> ArgumentsAsync() => Task.FromResult<string[]>([]);

    // The client's own build is tested elsewhere; here it is a page and an asset.
    private static void LayOutClient()
    {
        string assets = Path.Combine(AppContext.BaseDirectory, "wwwroot", "assets");
        Directory.CreateDirectory(assets);
        File.WriteAllText(Path.Combine(assets, "page-0123abcd.js"), "export {}");
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html"), "<!doctype html><title>巡课</title>");
    }
}

[CollectionDefinition(Name)]
public sealed class WebCollection : ICollectionFixture<AppFixture>
{
    public const string Name = "web";
}

/// <summary>The same server with its records in PostgreSQL.</summary>
public sealed class PostgreSqlAppFixture : AppFixture
{
    protected override async Task<string[]> ArgumentsAsync() => ["--database", await SharedPostgres.MakeDatabaseAsync()];
}

[CollectionDefinition(Name)]
public sealed class PostgreSqlWebCollection : ICollectionFixture<PostgreSqlAppFixture>
{
    public const string Name = "web on PostgreSQL";
}
