using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;
using Xunke.Web.Live;
using Xunke.Web.Schools;
using Xunke.Web.Simulation;
using Xunke.Web.Visits;

namespace Xunke.Web.Hosting;

/// <summary>Before anything else starts: migrations, the demo district or the files of the books, accounts, and the books in
/// memory.</summary>
internal sealed partial class DatabasePreparation(
    IServiceScopeFactory scopes, DataDirectory data, RecordsDatabase database, AuditTrail audit, SchoolBook book, ListeningPolicy policy,
    LiveBoard board, StartNotices notices, IOptions<DemoSettings> demo, TimeProvider time,
    ILogger<DatabasePreparation> log) : IHostedService
{
    private const long LargestMadeAnew = 256L << 20;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException or RecordsUnavailableException)
        {
            // Schools, rooms and accounts are what the rooms' view cannot do without.
            throw new StartupException($"数据库无法读写 the database cannot be read or written: {fault.GetBaseException().Message}", fault);
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        try
        {
            if (database.Path is { } path)
            {
                await DatabaseCopy.KeepAsync(path, records, cancellationToken);
                await PrepareFileAsync(path, cancellationToken);
                await SqliteHistory.JoinAsync(records, cancellationToken);
            }
            else
            {
                DatabaseCopy.RefuseNewer(records, await records.Database.GetAppliedMigrationsAsync(cancellationToken));
            }

            await records.Database.MigrateAsync(cancellationToken);
        }
        catch (DbException fault)
        {
            throw new StartupException($"数据库无法打开 cannot open the database: {fault.Message}", fault);
        }

        await OpenTrailAsync();
        // Checked first: a start that is refused must leave no demo district behind and no administrator whose password nobody was told.
        BooksImport import = scope.ServiceProvider.GetRequiredService<BooksImport>();
        BooksImport.Checked found = await import.CheckAsync(cancellationToken);
        if (demo.Value.Enabled)
        {
            await DemoDistrict.SeedAsync(records, time.GetUtcNow(), cancellationToken);
        }

        if (demo.Value is { Enabled: true, Timetable: true })
        {
            await DemoTimetable.SeedAsync(records, DateOnly.FromDateTime(time.GetLocalNow().DateTime), cancellationToken);
        }

        notices.Accounts = await scope.ServiceProvider.GetRequiredService<AccountSeed>().EnsureAsync(cancellationToken);
        notices.NewAccounts = await import.WriteAsync(found);
        await book.ReadBooksAsync(cancellationToken);
        await policy.LoadAsync(cancellationToken);
        board.LayOut(book.Schools);
    }

    // Nothing else runs yet. A large file would keep the rooms from being seen for long: it waits for "xunke compact".
    private async Task PrepareFileAsync(string path, CancellationToken cancellationToken)
    {
        await SqliteFile.CreateAsync(path, cancellationToken);
        if (await SqliteFile.CanShrinkAsync(path, cancellationToken))
        {
            return;
        }

        long size = new FileInfo(path).Length;
        if (size > LargestMadeAnew || new DriveInfo(data.Path).AvailableFreeSpace <= 3 * size)
        {
            LogCannotShrink(size >> 20);
            return;
        }

        try
        {
            await SqliteFile.CompactAsync(path, cancellationToken);
        }
        catch (SqliteException fault)
        {
            // A damaged page or somebody who reads the file: it goes on as it is.
            LogNotCompacted(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not be made anew, so that it cannot give space back")]
    private partial void LogNotCompacted(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning,
        Message =
            "The database ({Megabytes} MiB) is of an older version and cannot give space back: stop the server and run ./run compact once")]
    private partial void LogCannotShrink(long megabytes);

    // A damaged trail must not keep the rooms from being seen; what must be told of is refused until it is mended.
    private async Task OpenTrailAsync()
    {
        try
        {
            await audit.OpenAsync();
        }
        catch (RecordsUnavailableException fault)
        {
            LogTrail(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail cannot be written")]
    private partial void LogTrail(Exception fault);
}
