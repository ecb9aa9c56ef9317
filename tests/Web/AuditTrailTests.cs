using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Persistence;
using Xunke.Tests.Support;
using Xunke.Web.Audit;

namespace Xunke.Tests.Web;

public sealed class AuditTrailTests : IAsyncLifetime
{
    private readonly TempDatabase _database = new();
    private readonly Factory _records;
    private readonly AuditTrail _audit;

    public AuditTrailTests()
    {
        _records = new Factory(_database.Path);
        _audit = new AuditTrail(_records, new ManualTime());
    }

    public async ValueTask InitializeAsync()
    {
        await using RecordsContext context = _records.CreateDbContext();
        await context.Database.MigrateAsync();
        for (int i = 1; i <= 5; i++)
        {
            await _audit.AppendAsync("inspector", "visit.opened", $"room {i}", CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync()
    {
        _audit.Dispose();
        _database.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_untouched_trail_verifies()
    {
        AuditVerdict verdict = await _audit.VerifyAsync(CancellationToken.None);

        verdict.Lines.ShouldBe(5);
        verdict.BrokenAt.ShouldBeNull();
    }

    [Theory]
    [InlineData("UPDATE Audit SET Subject = 'room 9' WHERE Id = 3", 3)]
    [InlineData("UPDATE Audit SET UserName = 'another' WHERE Id = 1", 1)]
    [InlineData("UPDATE Audit SET At = At + 1 WHERE Id = 5", 5)]
    [InlineData("UPDATE Audit SET UserName = 'inspectorv', Action = 'isit.opened' WHERE Id = 2", 2)]
    [InlineData("DELETE FROM Audit WHERE Id = 2", 2)]
    [InlineData("DELETE FROM Audit WHERE Id = 1", 1)]
    [InlineData("UPDATE Audit SET Id = 40 WHERE Id = 4", 4)]
    public async Task Tampering_is_seen_and_where(string sql, long brokenAt)
    {
        await ExecuteAsync(sql);

        AuditVerdict verdict = await _audit.VerifyAsync(CancellationToken.None);

        verdict.BrokenAt.ShouldBe(brokenAt);
    }

    [Fact]
    public async Task Lines_cut_off_the_end_show_in_the_head()
    {
        string head = (await _audit.VerifyAsync(CancellationToken.None)).Head;

        await ExecuteAsync("DELETE FROM Audit WHERE Id = 5");

        (await _audit.VerifyAsync(CancellationToken.None)).Head.ShouldNotBe(head);
    }

    [Fact]
    public async Task Lines_added_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _audit.AppendAsync("system", "test", $"{i}", CancellationToken.None)));

        AuditVerdict verdict = await _audit.VerifyAsync(CancellationToken.None);

        verdict.Lines.ShouldBe(25);
        verdict.BrokenAt.ShouldBeNull();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_database.Path}");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private sealed class Factory(string path) : IDbContextFactory<RecordsContext>
    {
        public RecordsContext CreateDbContext() =>
            new(new DbContextOptionsBuilder<RecordsContext>().UseSqlite(SqliteDatabase.ConnectionString(path)).Options);
    }
}
