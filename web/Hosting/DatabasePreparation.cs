using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Persistence;
using Xunke.Web.Configuration;
using Xunke.Web.Simulation;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Schools;

namespace Xunke.Web.Hosting;

/// <summary>Before anything else starts: migrations, the demo district and accounts in an empty database, and the books in memory.</summary>
internal sealed class DatabasePreparation(
    IServiceScopeFactory scopes, SchoolBook book, LiveBoard board, StartNotices notices, IOptions<DemoSettings> demo, TimeProvider time) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        try
        {
            await records.Database.MigrateAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<AccountsContext>().Database.MigrateAsync(cancellationToken);
        }
        catch (SqliteException fault)
        {
            throw new StartupException($"数据库无法打开 cannot open the database: {fault.Message}", fault);
        }

        if (demo.Value.Enabled)
        {
            await DemoDistrict.SeedAsync(records, time.GetUtcNow(), cancellationToken);
        }

        await book.LoadAsync(cancellationToken);
        board.LayOut(book.Schools);
        notices.Accounts = await scope.ServiceProvider.GetRequiredService<AccountSeed>().EnsureAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
