using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Areas;
using Xunke.Actors.Audit;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Analytics.Scheduling;
using Xunke.Tests.Support;
using Xunke.Web.Audit;

namespace Xunke.Tests.Actors.Records;

/// <summary>A data directory of an earlier release is taken over with everything in it.</summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly TempDatabase _database = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task Directory_from_before_there_was_one_context_keeps_every_row()
    {
        string key = await MakeAsync("before-one-context.sql");
        Dictionary<string, long> before = await CountAsync();
        before.Values.ShouldAllBe(rows => rows > 0);

        await using (RecordsContext records = Open())
        {
            await SqliteHistory.JoinAsync(records, Cancelled);
            await records.Database.MigrateAsync(Cancelled);
            (await records.Database.GetPendingMigrationsAsync(Cancelled)).ShouldBeEmpty();
        }

        Dictionary<string, long> after = await CountAsync();
        foreach ((string table, long rows) in before.Where(
            table => !table.Key.StartsWith("__", StringComparison.Ordinal) && table.Key != "actor_state"))
        {
            after.GetValueOrDefault(table).ShouldBe(rows, table);
        }

        (after["OrleansStorage"] + after["RoomAreas"]).ShouldBe(before["actor_state"]);
        await using OrleansStateStore state = await OrleansStateStore.OpenAsync(RecordsDatabase.Sqlite(_database.Path), Cancelled);
        (await state.LoadAsync("classroom", "s01-101")).ShouldBe(new StoredState("""{"Made":"by the last release"}""", 3));
        await using RoomAreasKeeper areas =
            new(new Factory(Open), new RoomOrders(), TimeProvider.System, NullLogger<RoomAreasKeeper>.Instance);
        await areas.LoadAsync(Cancelled);
        (areas.Find("s01-101").Version, areas.Find("s01-101").Drawn!.By).ShouldBe((1, "administrator"));
        await using RecordsContext upgraded = Open();
        (await upgraded.Schools.SingleAsync(Cancelled)).Name.ShouldBe("第一小学");
        (await upgraded.Visits.CountAsync(visit => visit.To == null, Cancelled)).ShouldBe(1);
        (await upgraded.Recordings.Include(recording => recording.Parts)
            .SingleAsync(Cancelled)).Parts.ShouldHaveSingleItem().Width.ShouldBe(640);
        (await upgraded.LessonsNotEnded.SingleAsync(Cancelled)).Enrolled.ShouldBe(38);
        Account principal = await upgraded.Users.SingleAsync(account => account.NormalizedUserName == "PRINCIPAL", Cancelled);
        (principal.Role, principal.LockoutEnd).ShouldBe((Role.Principal, new DateTimeOffset(2126, 11, 29, 16, 40, 0, TimeSpan.Zero)));
        (await upgraded.LoginSessions.SingleAsync(Cancelled)).From.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1795970172565));
        AuditVerdict verdict = await AuditChain.VerifyAsync(upgraded, new AuditKey(Convert.FromHexString(key)), null, Cancelled);
        verdict.BrokenAt.ShouldBeNull();
        verdict.Lines.ShouldBe(before["Audit"]);
    }

    [Fact]
    public async Task Upgrading_again_changes_nothing()
    {
        await MakeAsync("before-one-context.sql");
        for (int time = 0; time < 2; time++)
        {
            await using RecordsContext records = Open();
            (await SqliteHistory.ReadAsync(records, Cancelled)).ShouldContain("20261122043657_Accounts");
            await SqliteHistory.JoinAsync(records, Cancelled);
            await records.Database.MigrateAsync(Cancelled);
        }

        (await CountAsync())["AspNetUsers"].ShouldBe(2);
    }

    private sealed class Factory(Func<RecordsContext> open) : IDbContextFactory<RecordsContext>
    {
        public RecordsContext CreateDbContext() => open();
    }

    private SqliteRecords Open() =>
        new(new DbContextOptionsBuilder<SqliteRecords>().UseSqlite(SqliteDatabase.ConnectionString(_database.Path)).Options);

    /// <returns>The key of its audit trail, in hex.</returns>
    private async Task<string> MakeAsync(string dump)
    {
        string sql = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "upgrades", dump), Cancelled);
        await using SqliteConnection connection = new($"Data Source={_database.Path}");
        await connection.OpenAsync(Cancelled);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancelled);
        return sql[..sql.IndexOf('\n', StringComparison.Ordinal)].Split(' ')[^1];
    }

    private async Task<Dictionary<string, long>> CountAsync()
    {
        await using SqliteConnection connection = new($"Data Source={_database.Path}");
        await connection.OpenAsync(Cancelled);
        List<string> tables = [];
        await using (SqliteCommand names = connection.CreateCommand())
        {
            names.CommandText =
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('__EFMigrationsLock', 'sqlite_sequence')";
            await using SqliteDataReader reader = await names.ExecuteReaderAsync(Cancelled);
            while (await reader.ReadAsync(Cancelled))
            {
                tables.Add(reader.GetString(0));
            }
        }

        Dictionary<string, long> rows = [];
        foreach (string table in tables)
        {
            await using SqliteCommand count = connection.CreateCommand();
            count.CommandText = $"SELECT count(*) FROM \"{table}\"";
            rows[table] = (long)(await count.ExecuteScalarAsync(Cancelled))!;
        }

        return rows;
    }
}
