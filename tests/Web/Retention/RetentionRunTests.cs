using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Retention;

/// <summary>What a run deletes and what it says of that, in each database, and after a crash in the middle.</summary>
public abstract class RetentionRunTests : IAsyncLifetime
{
    private const int Days = 30;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-retention-");
    private readonly StoppedClock _time = new();
    private TestRecords _records = null!;
    private DataDirectory _data = null!;
    private AuditTrail _audit = null!;
    private RetentionRun _run = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Lists => Path.Combine(_folder.FullName, "deletions");

    public async ValueTask InitializeAsync()
    {
        _records = await MakeAsync();
        _data = DataDirectory.Open(_folder.FullName);
        _audit = new AuditTrail(_records, new AuditKeyFile(_data), _time);
        _run = new RetentionRun(_records, _audit, _data, _time);
        await _audit.OpenAsync();
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
    public async Task Exactly_what_is_over_goes_and_the_trails_line_can_be_recomputed_from_the_list()
    {
        Guid[] old = await AddVisitsAsync(250, _time.GetUtcNow().AddDays(-Days).AddMilliseconds(-1));
        Guid[] young = await AddVisitsAsync(2, _time.GetUtcNow().AddDays(-Days));
        Guid lasting = await AddVisitAsync(_time.GetUtcNow().AddDays(-90), to: null);

        (await _run.RunAsync(new KeptVisits(_records, _audit), Days, Cancelled)).ShouldBe(250);

        (await VisitsAsync()).ShouldBe([.. young, lasting], ignoreOrder: true);
        AuditEntry line = (await LinesAsync("retention.visits")).ShouldHaveSingleItem();
        line.UserName.ShouldBe("system");
        await ShouldTellAsync(line, old);
        line.Subject.ShouldStartWith($"250 before {_time.GetUtcNow().AddDays(-Days):O} sha256 ");
        (await _audit.VerifyAsync(Cancelled)).BrokenAt.ShouldBeNull();
    }

    [Fact]
    public async Task Where_nothing_is_over_or_all_is_kept_for_ever_nothing_is_said()
    {
        await AddVisitsAsync(2, _time.GetUtcNow().AddDays(-Days - 1));

        (await _run.RunAsync(new KeptVisits(_records, _audit), 0, Cancelled)).ShouldBe(0);
        (await _run.RunAsync(new KeptVisits(_records, _audit), Days + 2, Cancelled)).ShouldBe(0);

        (await VisitsAsync()).Count.ShouldBe(2);
        (await LinesAsync("retention.visits")).ShouldBeEmpty();
        Directory.EnumerateFiles(Lists).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task After_a_crash_in_the_middle_the_next_run_goes_on_and_tells_everything_once(int portions, bool isTorn)
    {
        Guid[] old = await AddVisitsAsync(450, _time.GetUtcNow().AddDays(-Days - 1));
        await Should.ThrowAsync<OperationCanceledException>(
            _run.RunAsync(new Crashing(new KeptVisits(_records, _audit), portions), Days, Cancelled));
        string left = Directory.EnumerateFiles(Lists).ShouldHaveSingleItem();
        (await LinesAsync("retention.visits")).ShouldBeEmpty("the run has not ended");
        // As when the process is killed between the list and the database, or while it writes the list.
        List<Guid> still = await VisitsAsync();
        still.Count.ShouldBe(450 - (portions * 100));
        await File.AppendAllTextAsync(left, string.Concat(still.Take(100).Select(id => $"{id} {new string('0', 64)}\n")), Cancelled);
        await File.AppendAllTextAsync(left, isTorn ? $"{still[100]} 0123" : "", Cancelled);

        _time.Advance(TimeSpan.FromMinutes(5));
        (await _run.RunAsync(new KeptVisits(_records, _audit), Days, Cancelled)).ShouldBe(450);

        (await VisitsAsync()).ShouldBeEmpty();
        await ShouldTellAsync((await LinesAsync("retention.visits")).ShouldHaveSingleItem(), old);
        Directory.EnumerateFiles(Lists).ShouldHaveSingleItem().ShouldEndWith(".txt");
    }

    [Fact]
    public async Task After_a_crash_between_the_trails_line_and_the_end_of_the_list_nothing_is_told_twice()
    {
        await AddVisitsAsync(3, _time.GetUtcNow().AddDays(-Days - 1));
        await _run.RunAsync(new KeptVisits(_records, _audit), Days, Cancelled);
        string list = Directory.EnumerateFiles(Lists).ShouldHaveSingleItem();
        File.Move(list, Path.ChangeExtension(list, ".part"));

        _time.Advance(TimeSpan.FromMinutes(5));
        (await _run.RunAsync(new KeptVisits(_records, _audit), Days, Cancelled)).ShouldBe(0);

        (await LinesAsync("retention.visits")).ShouldHaveSingleItem();
        Directory.EnumerateFiles(Lists).ShouldBe([list]);
    }

    [Fact]
    public async Task Days_that_became_more_after_a_crash_count_and_what_was_deleted_is_told()
    {
        Guid[] old = await AddVisitsAsync(150, _time.GetUtcNow().AddDays(-Days - 1));
        await Should.ThrowAsync<OperationCanceledException>(
            _run.RunAsync(new Crashing(new KeptVisits(_records, _audit), 1), Days, Cancelled));

        (await _run.RunAsync(new KeptVisits(_records, _audit), 0, Cancelled)).ShouldBe(100);

        List<Guid> kept = await VisitsAsync();
        kept.Count.ShouldBe(50);
        await ShouldTellAsync((await LinesAsync("retention.visits")).ShouldHaveSingleItem(), [.. old.Except(kept)]);
    }

    [Fact]
    public async Task A_trail_whose_oldest_lines_went_verifies_and_still_shows_what_is_done_to_it()
    {
        AuditHead before = await _audit.HeadAsync(Cancelled);
        for (int i = 2; i <= 6; i++)
        {
            await _audit.RecordAsync("inspector", "visit.opened", $"room {i}");
        }

        _time.Advance(TimeSpan.FromDays(Days + 1));
        await _audit.RecordAsync("inspector", "visit.opened", "room 7");
        (await _run.RunAsync(new KeptAuditLines(_records, _audit), Days, Cancelled)).ShouldBe(6);

        AuditVerdict verdict = await _audit.VerifyAsync(Cancelled);
        (verdict.First, verdict.Lines, verdict.BrokenAt).ShouldBe((7, 9, null));
        (await LinesAsync("audit.shortened")).ShouldHaveSingleItem().Subject.ShouldStartWith("6 ");
        (await LinesAsync("retention.audit")).ShouldHaveSingleItem();
        AuditHead head = await _audit.HeadAsync(Cancelled);
        (await _audit.VerifyAsync(Cancelled, head)).BrokenAt.ShouldBeNull();
        (await _audit.VerifyAsync(Cancelled, before)).BrokenAt.ShouldBeNull("a head from before can no longer be compared");

        _time.Advance(TimeSpan.FromDays(Days + 1));
        await _audit.RecordAsync("inspector", "visit.opened", "room 8");
        await _run.RunAsync(new KeptAuditLines(_records, _audit), Days, Cancelled);
        (await _audit.VerifyAsync(Cancelled)).First.ShouldBe(10, "it is shortened again and again");

        await ExecuteAsync("DELETE FROM \"Audit\" WHERE \"Id\" = 10");
        (await _audit.VerifyAsync(Cancelled)).Reason.ShouldBe("missing", "nobody else can shorten it");
    }

    [Fact]
    public async Task Who_only_writes_the_database_cannot_shorten_the_trail_by_a_line_of_his_own()
    {
        await _audit.RecordAsync("inspector", "visit.opened", "room 2");
        await _audit.RecordAsync("inspector", "visit.opened", "room 3");
        string hash = (await LinesAsync("visit.opened"))[0].Hash;
        await ExecuteAsync("DELETE FROM \"Audit\" WHERE \"Id\" <= 2");
        await ExecuteAsync($"UPDATE \"Audit\" SET \"Action\" = 'audit.shortened', \"Subject\" = '2 {hash}' WHERE \"Id\" = 3");

        (await _audit.VerifyAsync(Cancelled)).Reason.ShouldBe("changed");
    }

    private async Task<Guid[]> AddVisitsAsync(int count, DateTimeOffset to)
    {
        var ids = new Guid[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = await AddVisitAsync(to.AddMinutes(-10), to);
        }

        return ids;
    }

    private async Task<Guid> AddVisitAsync(DateTimeOffset from, DateTimeOffset? to)
    {
        await using RecordsContext context = _records.CreateDbContext();
        var visit = new Visit
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-101",
            SchoolId = "s01",
            UserName = "inspector",
            DisplayName = "李督导",
            Purpose = "常规巡课",
            From = from,
            To = to,
        };
        context.Visits.Add(visit);
        await context.SaveChangesAsync(Cancelled);
        return visit.Id;
    }

    private async Task<List<Guid>> VisitsAsync()
    {
        await using RecordsContext context = _records.CreateDbContext();
        return await context.Visits.OrderBy(visit => visit.To).Select(visit => visit.Id).ToListAsync(Cancelled);
    }

    private async Task<List<AuditEntry>> LinesAsync(string action)
    {
        await using RecordsContext context = _records.CreateDbContext();
        return await context.Audit.AsNoTracking().Where(line => line.Action == action).OrderBy(line => line.Id).ToListAsync(Cancelled);
    }

    private async Task ExecuteAsync(string sql) => (await _records.ExecuteAsync(sql)).ShouldBeGreaterThan(0);

    /// <summary>The line's count and hash are those of the list, and the list has just these.</summary>
    private async Task ShouldTellAsync(AuditEntry line, IReadOnlyCollection<Guid> ids)
    {
        string[] words = line.Subject.Split(' ');
        byte[] list = await File.ReadAllBytesAsync(Path.Combine(Lists, words[^1]), Cancelled);
        words[^3].ShouldBe(Convert.ToHexStringLower(SHA256.HashData(list)));
        string[] rows = System.Text.Encoding.ASCII.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int.Parse(words[0], CultureInfo.InvariantCulture).ShouldBe(rows.Length);
        rows.Select(row => Guid.Parse(row.Split(' ')[0])).ShouldBe(ids, ignoreOrder: true);
        rows.ShouldAllBe(row => row.Split(' ')[1].Length == 64);
    }

    /// <summary>A time of day that only the test moves; timers go on.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 30, 2, 30, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }

    /// <summary>Ends after some portions, as a process does that is killed.</summary>
    private sealed class Crashing(IKeptKind kind, int portions) : IKeptKind
    {
        public string Name => kind.Name;

        public async IAsyncEnumerable<int> DeleteAsync(
            DateTimeOffset limit, DeletionList list, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            int done = 0;
            await foreach (int count in kind.DeleteAsync(limit, list, cancellationToken))
            {
                if (++done == portions)
                {
                    throw new OperationCanceledException();
                }

                yield return count;
            }
        }

        public Task<IReadOnlySet<string>> FindLeftAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
            kind.FindLeftAsync(ids, cancellationToken);
    }
}

public sealed class SqliteRetentionRunTests : RetentionRunTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.SqliteAsync();
}

public sealed class PostgreSqlRetentionRunTests : RetentionRunTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.PostgreSqlAsync();
}
