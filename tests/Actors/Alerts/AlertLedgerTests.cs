using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Alerts;
using Xunke.Actors.Records;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Alerts;

/// <summary>Alerts on record: none lost and none doubled, in each database.</summary>
public abstract class AlertLedgerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Reopen = TimeSpan.FromMinutes(10);
    private static readonly AlertPlace Place = new("s01", "s01-101", AlertKind.RoomEmpty);

    private TestRecords _records = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _records = await MakeAsync();
        await using var records = _records.CreateDbContext();
        await records.Database.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _records.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestRecords> MakeAsync();

    [Fact]
    public async Task What_comes_back_soon_is_the_same_alert_and_later_another()
    {
        await WriteAsync(Raised(0), Cleared(5), Raised(14));
        var alert = (await AllAsync()).ShouldHaveSingleItem();
        (alert.State, alert.Reopened, alert.ClearedAt, alert.OpenKey).ShouldBe((AlertState.Firing, 1, null, Place.Key));
        alert.Events.OrderBy(one => one.At).Select(one => one.Step)
            .ShouldBe([AlertStep.Raised, AlertStep.Cleared, AlertStep.Reopened]);
        await WriteAsync(Cleared(15), Raised(26));
        (await AllAsync()).Select(one => one.State).ShouldBe([AlertState.Resolved, AlertState.Firing], ignoreOrder: true);
    }

    [Fact]
    public async Task What_somebody_has_closed_is_not_opened_again_but_clears()
    {
        await WriteAsync(Raised(0));
        await ChangeAsync(alert => (alert.State, alert.Verdict) = (AlertState.Closed, AlertVerdict.False));
        (await OpenAsync()).ShouldBe([Place], "what it is about lasts, so it is not raised again");
        await WriteAsync(Cleared(5));
        (await AllAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.Closed);
        await WriteAsync(Raised(6));
        (await AllAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_change_that_is_written_twice_counts_once()
    {
        AlertChange[] changes = [Raised(0), Cleared(5), Raised(7)];
        await WriteAsync(changes);
        await WriteAsync(changes);
        var alert = (await AllAsync()).ShouldHaveSingleItem();
        (alert.Reopened, alert.Events.Count, alert.OpenKey).ShouldBe((1, 3, Place.Key));
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_open_alert_of_a_place()
    {
        await WriteAsync(Raised(0));
        await using var records = _records.CreateDbContext();
        records.Alerts.Add(new Alert
        {
            Id = Guid.NewGuid(),
            SchoolId = "s01",
            Kind = Place.Kind,
            Severity = AlertSeverity.Low,
            RuleVersion = 0,
            RaisedAt = Start,
            OpenKey = Place.Key,
            State = AlertState.Firing,
            Evidence = "{}",
        });
        await Should.ThrowAsync<DbUpdateException>(() => records.SaveChangesAsync(Cancelled));
    }

    /// <summary>
    /// Any order of what is seen, with crashes before and after writes, writes that are repeated and people who act in between: what the
    /// records say is open is what the watch says is raised, and each place has one open alert at most.
    /// </summary>
    [Fact]
    public async Task Whatever_happens_with_restarts_between_no_alert_is_lost_and_none_is_doubled()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            AlertPlace[] places =
                [.. Enumerable.Range(0, 3).Select(room => new AlertPlace($"x{seed}", $"x{seed}-{room}", AlertKind.CameraLost))];
            var watches = new RuleWatch[places.Length];
            var waiting = new Queue<AlertChange>();
            var now = Start;
            for (var step = 0; step < 60; step++)
            {
                now = now.AddSeconds(random.Next(1, 400));
                for (var i = 0; i < places.Length; i++)
                {
                    var reading = random.Next(2) == 0 ? Reading.Raise : Reading.Clear;
                    var turn = watches[i].Look(now, reading, TimeSpan.Zero, TimeSpan.Zero, endsWithHours: false);
                    if (turn != WatchStep.None)
                    {
                        waiting.Enqueue(Change(places[i], now, turn == WatchStep.Raise));
                    }
                }

                switch (random.Next(6))
                {
                    case 0:
                        // The database is out: all of it waits.
                        break;
                    case 1:
                        // A crash before the write: what waited is lost with the watch, which is made anew from the records.
                        waiting.Clear();
                        await ResumeAsync(places, watches);
                        break;
                    case 2:
                        // It was written, and the answer was lost: it is written again.
                        await WriteAsync([.. waiting]);
                        await WriteAsync([.. waiting]);
                        waiting.Clear();
                        break;
                    case 3:
                        await WriteAsync([.. waiting]);
                        waiting.Clear();
                        await ResumeAsync(places, watches);
                        break;
                    case 4:
                        await ChangeAsync(alert => alert.State = (AlertState)random.Next(4), places[0].SchoolId);
                        break;
                    default:
                        await WriteAsync([.. waiting]);
                        waiting.Clear();
                        break;
                }
            }

            await WriteAsync([.. waiting]);
            var raised = places.Where((_, i) => watches[i].IsRaised).ToArray();
            (await OpenAsync(places[0].SchoolId)).ShouldBe(raised, ignoreOrder: true, $"seed {seed}");
            foreach (var alert in (await AllAsync()).Where(alert => alert.SchoolId == places[0].SchoolId))
            {
                var own = alert.Events.Where(one => one.Step is AlertStep.Raised or AlertStep.Reopened or AlertStep.Cleared)
                    .OrderBy(one => one.At).ThenBy(one => one.Id).Select(one => one.Step == AlertStep.Cleared).ToList();
                own.ShouldBe([.. own.Select((_, i) => i % 2 == 1)], $"seed {seed}: raised and cleared in turns");
                (own.Count % 2 == 1).ShouldBe(alert.OpenKey is not null, $"seed {seed}");
            }
        }
    }

    protected virtual int Seeds => 25;

    private static AlertChange Raised(int minute) => Change(Place, Start.AddMinutes(minute), isRaised: true);

    private static AlertChange Cleared(int minute) => Change(Place, Start.AddMinutes(minute), isRaised: false);

    private static AlertChange Change(AlertPlace place, DateTimeOffset at, bool isRaised) => new(
        Guid.CreateVersion7(at), place, at,
        isRaised
            ? new AlertEvidence(
                AlertRules.Usual(place.Kind), at, null, null, null, 2, 40, null, null, null, null, null, null, null, null, null,
                ImmutableArray<AlertMoment>.Empty)
            : null,
        AlertEnd.Cleared);

    private async Task ResumeAsync(AlertPlace[] places, RuleWatch[] watches)
    {
        var open = await OpenAsync(places[0].SchoolId);
        for (var i = 0; i < places.Length; i++)
        {
            watches[i] = open.Contains(places[i]) ? RuleWatch.Raised() : default;
        }
    }

    private async Task WriteAsync(params AlertChange[] changes)
    {
        await using var records = _records.CreateDbContext();
        await using var transaction = await records.BeginDeedAsync(Cancelled);
        await AlertLedger.ApplyAsync(records, changes, Reopen, Cancelled);
        await transaction.CommitAsync(Cancelled);
    }

    private async Task ChangeAsync(Action<Alert> change, string schoolId = "s01")
    {
        await using var records = _records.CreateDbContext();
        foreach (var alert in await records.Alerts.Where(one => one.SchoolId == schoolId && one.OpenKey != null).ToListAsync(Cancelled))
        {
            change(alert);
        }

        await records.SaveChangesAsync(Cancelled);
    }

    private async Task<IReadOnlyList<AlertPlace>> OpenAsync(string schoolId = "s01")
    {
        await using var records = _records.CreateDbContext();
        return await AlertLedger.OpenAsync(records, schoolId, Cancelled);
    }

    private async Task<List<Alert>> AllAsync()
    {
        await using var records = _records.CreateDbContext();
        return await records.Alerts.AsNoTracking().Include(alert => alert.Events).ToListAsync(Cancelled);
    }
}

public sealed class SqliteAlertLedgerTests : AlertLedgerTests
{
    protected override Task<TestRecords> MakeAsync() => TestRecords.SqliteAsync();
}

public sealed class PostgreSqlAlertLedgerTests : AlertLedgerTests
{
    protected override int Seeds => 5;

    protected override Task<TestRecords> MakeAsync() => TestRecords.PostgreSqlAsync();
}
