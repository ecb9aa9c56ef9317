using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web.Retention;

/// <summary>The program itself is killed while its nightly run deletes, and started again.</summary>
public sealed class NightlyCrashTests : IAsyncDisposable
{
    private const int Old = 8_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // The first run is due at the next time of this name that comes after the trail began.
    private readonly RunningProgram _program =
        new("--Retention:At", DateTime.Now.AddMinutes(2).ToString("HH:mm", CultureInfo.InvariantCulture));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    [Fact]
    public async Task Killed_while_it_deletes_the_next_start_goes_on_and_all_that_went_is_told_once()
    {
        await _program.StartAsync();
        await _program.StopAsync();
        Guid young = await AddVisitsAsync();
        await _program.StartAsync();

        await Eventually.TrueAsync(async () => await CountAsync() <= Old - 100, Patience);
        await _program.KillAsync();
        int left = await CountAsync();
        left.ShouldBeGreaterThan(1, "the run ended before it could be killed: there is too little to delete");
        (await LinesAsync("retention.visits")).ShouldBeEmpty();

        await _program.StartAsync();
        await Eventually.TrueAsync(async () => (await LinesAsync("retention.finished")).Length > 0, Patience);

        await using (SqliteRecords records = Open())
        {
            (await records.Visits.Select(visit => visit.Id).SingleAsync(Cancelled)).ShouldBe(young);
        }

        AuditEntry told = (await LinesAsync("retention.visits")).ShouldHaveSingleItem();
        told.Subject.ShouldStartWith($"{Old} before ");
        string list = Path.Combine(_program.Data, "deletions", told.Subject.Split(' ')[^1]);
        (await File.ReadAllLinesAsync(list, Cancelled)).Distinct().Count().ShouldBe(Old);
        JsonElement verdict =
            await (await _program.Http.GetAsync("/api/admin/audit/verification", Cancelled)).JsonAsync();
        verdict.GetProperty("brokenAt").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private SqliteRecords Open() => new(new DbContextOptionsBuilder<SqliteRecords>()
        .UseSqlite(SqliteDatabase.ConnectionString(Path.Combine(_program.Data, "xunke.db"))).Options);

    private async Task<int> CountAsync()
    {
        await using SqliteRecords records = Open();
        return await records.Visits.CountAsync(Cancelled);
    }

    private async Task<AuditEntry[]> LinesAsync(string action)
    {
        await using SqliteRecords records = Open();
        return await records.Audit.AsNoTracking().Where(line => line.Action == action).ToArrayAsync(Cancelled);
    }

    /// <returns>The one that is not old.</returns>
    private async Task<Guid> AddVisitsAsync()
    {
        await using SqliteRecords records = Open();
        DateTimeOffset old = DateTimeOffset.UtcNow.AddYears(-20), young = DateTimeOffset.UtcNow.AddDays(-1);
        Visit[] visits = [.. Enumerable.Range(0, Old + 1).Select(i => new Visit
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-101",
            SchoolId = "s01",
            UserName = "inspector",
            DisplayName = "李督导",
            Purpose = "常规巡课",
            From = i < Old ? old.AddMinutes(i) : young,
            To = i < Old ? old.AddMinutes(i + 10) : young.AddMinutes(10),
        })];
        records.Visits.AddRange(visits);
        await records.SaveChangesAsync(Cancelled);
        return visits[^1].Id;
    }
}
