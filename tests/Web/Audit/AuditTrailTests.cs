using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Audit;

/// <summary>The trail's chain, in each database: sealed with a key, over all fields, from the first line to an exported head.</summary>
public abstract class AuditTrailTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-audit-");
    private TestRecords _records = null!;
    private DataDirectory _data = null!;
    private AuditTrail _audit = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _records = await MakeAsync();
        _data = DataDirectory.Open(_folder.FullName);
        _audit = new AuditTrail(_records, new AuditKeyFile(_data), new ManualTime());
        await _audit.OpenAsync();
        for (int i = 2; i <= 6; i++)
        {
            await _audit.RecordAsync("inspector", "visit.opened", $"room {i}", "教学督导");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _audit.Dispose();
        _data.Dispose();
        await _records.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected abstract Task<TestRecords> MakeAsync();

    [Fact]
    public async Task An_untouched_trail_verifies()
    {
        AuditVerdict verdict = await _audit.VerifyAsync(Cancelled);

        verdict.ShouldBe(new AuditVerdict(6, null, (await _audit.HeadAsync(Cancelled)).Hash, null));
    }

    [Theory]
    [InlineData("UPDATE \"Audit\" SET \"Subject\" = 'room 9' WHERE \"Id\" = 3", 3, "changed")]
    [InlineData("UPDATE \"Audit\" SET \"UserName\" = 'another' WHERE \"Id\" = 1", 1, "changed")]
    [InlineData("UPDATE \"Audit\" SET \"At\" = \"At\" + 1 WHERE \"Id\" = 5", 5, "changed")]
    [InlineData("UPDATE \"Audit\" SET \"Purpose\" = '看看' WHERE \"Id\" = 4", 4, "changed")]
    [InlineData("UPDATE \"Audit\" SET \"Purpose\" = NULL WHERE \"Id\" = 4", 4, "changed")]
    [InlineData("UPDATE \"Audit\" SET \"UserName\" = 'inspectorv', \"Action\" = 'isit.opened' WHERE \"Id\" = 2", 2, "changed")]
    [InlineData("UPDATE \"Audit\" SET \"KeyId\" = NULL WHERE \"Id\" = 2", 2, "unsealed")]
    [InlineData("UPDATE \"Audit\" SET \"KeyId\" = '0123456789abcdef' WHERE \"Id\" = 6", 6, "unknown-key")]
    [InlineData("DELETE FROM \"Audit\" WHERE \"Id\" = 2", 2, "missing")]
    [InlineData("DELETE FROM \"Audit\" WHERE \"Id\" = 1", 1, "missing")]
    [InlineData("UPDATE \"Audit\" SET \"Id\" = 40 WHERE \"Id\" = 4", 4, "missing")]
    public async Task Tampering_is_seen_and_where(string sql, long brokenAt, string reason)
    {
        await ExecuteAsync(sql);

        AuditVerdict verdict = await _audit.VerifyAsync(Cancelled);

        (verdict.BrokenAt, verdict.Reason).ShouldBe((brokenAt, reason));
    }

    [Fact]
    public async Task A_chain_made_anew_without_the_key_is_seen()
    {
        await RewriteAsync(keep: line => line.Id != 3);

        (await _audit.VerifyAsync(Cancelled)).BrokenAt.ShouldBe(6, "the sealed part is missing");
        await _audit.RecordAsync("system", "test", "the server goes on");
        AuditVerdict later = await _audit.VerifyAsync(Cancelled);
        (later.BrokenAt, later.Reason).ShouldBe((6, "unsealed"));

        await ReopenAsync();
        await _audit.OpenAsync();
        (await _audit.VerifyAsync(Cancelled)).BrokenAt.ShouldBe(6, "a start does not seal what somebody else wrote");
    }

    [Fact]
    public async Task Lines_from_before_there_was_a_key_are_sealed_once_and_covered()
    {
        File.Delete(Path.Combine(_folder.FullName, AuditKey.FileName));
        await RewriteAsync(keep: line => line.Action != AuditChain.Sealed);
        await ReopenAsync();

        await _audit.OpenAsync();
        await _audit.RecordAsync("inspector", "visit.closed", "room 2");

        AuditVerdict verdict = await _audit.VerifyAsync(Cancelled);
        (verdict.Lines, verdict.BrokenAt).ShouldBe((7, null));
        File.GetUnixFileMode(Path.Combine(_folder.FullName, AuditKey.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await ExecuteAsync("UPDATE \"Audit\" SET \"Subject\" = 'room 9' WHERE \"Id\" = 2");
        (await _audit.VerifyAsync(Cancelled)).BrokenAt.ShouldBe(2);
    }

    [Fact]
    public async Task Lines_cut_off_the_end_or_replaced_are_seen_by_an_exported_head()
    {
        AuditHead head = await _audit.HeadAsync(Cancelled);
        await ExecuteAsync("DELETE FROM \"Audit\" WHERE \"Id\" = 6");

        (await _audit.VerifyAsync(Cancelled)).BrokenAt.ShouldBeNull();
        AuditVerdict cut = await _audit.VerifyAsync(Cancelled, head);
        (cut.BrokenAt, cut.Reason).ShouldBe((6, "cut-off"));

        await _audit.RecordAsync("inspector", "visit.opened", "another room");
        AuditVerdict replaced = await _audit.VerifyAsync(Cancelled, head);
        (replaced.BrokenAt, replaced.Reason).ShouldBe((6, "replaced"));
        (await _audit.VerifyAsync(Cancelled, head with { Line = 5 })).Reason.ShouldBe("foreign-head", "a head cannot be made up");
    }

    [Fact]
    public async Task Lines_added_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _audit.RecordAsync("system", "test", $"{i}")));

        AuditVerdict verdict = await _audit.VerifyAsync(Cancelled);

        verdict.Lines.ShouldBe(26);
        verdict.BrokenAt.ShouldBeNull();
    }

    [Fact]
    public async Task Two_processes_write_one_chain()
    {
        using var other = new AuditTrail(_records, new AuditKeyFile(DataDirectory.Beside(_folder.FullName)), new ManualTime());

        await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(i => Task.Run(() => (i % 2 == 0 ? _audit : other).RecordAsync("system", "test", $"{i}"), Cancelled)));

        AuditVerdict verdict = await _audit.VerifyAsync(Cancelled);
        verdict.Lines.ShouldBe(46);
        verdict.BrokenAt.ShouldBeNull();
    }

    /// <summary>What somebody does who can write the database and nothing else: takes lines out and makes a chain without a key.</summary>
    private async Task RewriteAsync(Func<AuditEntry, bool> keep)
    {
        await using RecordsContext context = _records.CreateDbContext();
        List<AuditEntry> lines = [.. (await context.Audit.AsNoTracking().OrderBy(line => line.Id).ToListAsync(Cancelled)).Where(keep)];
        await context.Audit.ExecuteDeleteAsync(Cancelled);
        string previous = AuditChain.Genesis;
        for (int i = 0; i < lines.Count; i++)
        {
            var line = new AuditEntry
            {
                Id = i + 1,
                At = lines[i].At,
                UserName = lines[i].UserName,
                Action = lines[i].Action,
                Subject = lines[i].Subject
            };
            line.Hash = previous = AuditChain.HashOf(null, previous, line);
            context.Audit.Add(line);
        }

        await context.SaveChangesAsync(Cancelled);
    }

    private ValueTask ReopenAsync()
    {
        _audit.Dispose();
        _data.Dispose();
        _data = DataDirectory.Open(_folder.FullName);
        _audit = new AuditTrail(_records, new AuditKeyFile(_data), new ManualTime());
        return ValueTask.CompletedTask;
    }

    private async Task ExecuteAsync(string sql) => (await _records.ExecuteAsync(sql)).ShouldBe(1);
}

public sealed class SqliteAuditTrailTests : AuditTrailTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.SqliteAsync();
}

public sealed class PostgreSqlAuditTrailTests : AuditTrailTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.PostgreSqlAsync();
}
