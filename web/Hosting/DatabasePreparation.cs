using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Persistence;
using Xunke.Web.Books;
using Xunke.Web.Configuration;
using Xunke.Web.Simulation;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Schools;
using Xunke.Web.Visits;

namespace Xunke.Web.Hosting;

/// <summary>Before anything else starts: migrations, the demo district or the files of the books, accounts, and the books in memory.</summary>
internal sealed class DatabasePreparation(
    IServiceScopeFactory scopes, SchoolBook book, ListeningPolicy policy, LiveBoard board, StartNotices notices, IOptions<DemoSettings> demo, TimeProvider time) : IHostedService
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

        // Checked first: a start that is refused must leave no demo district behind and no administrator whose password nobody was told.
        BooksImport import = scope.ServiceProvider.GetRequiredService<BooksImport>();
        BooksImport.Checked found = await import.CheckAsync(cancellationToken);
        if (demo.Value.Enabled)
        {
            await DemoDistrict.SeedAsync(records, time.GetUtcNow(), cancellationToken);
        }

        notices.Accounts = await scope.ServiceProvider.GetRequiredService<AccountSeed>().EnsureAsync(cancellationToken);
        notices.NewAccounts = await import.WriteAsync(found, cancellationToken);
        await book.LoadAsync(cancellationToken);
        await policy.LoadAsync(cancellationToken);
        board.LayOut(book.Schools);
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
