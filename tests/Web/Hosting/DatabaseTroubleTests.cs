using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Tests.Support;
using Xunke.Web.Clock;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Hosting;

/// <summary>A database that is locked, full or damaged costs what needs it and nothing else.</summary>
public sealed class DatabaseTroubleTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-trouble-");

    private string DatabaseFile => Path.Combine(_data.FullName, DatabaseFeature.FileName);

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task A_write_lock_over_the_nightly_run_is_told_and_passes()
    {
        var time = new JumpingTime();
        await using RunningApp app = await RunningApp.StartAsync(_data.FullName, services => services.AddSingleton<TimeProvider>(time));
        using HttpClient anyone = app.Anonymous();
        WorkGuard guard = app.Services.GetRequiredService<WorkGuard>();
        NightlyRun night = app.Services.GetRequiredService<NightlyRun>();
        // Something must be due, or nothing is written.
        await AddOldLessonAsync(app);
        time.Jump(TimeSpan.FromHours(24));
        app.Services.GetRequiredService<ClockWatch>().Confirm();
        await using (await LockAsync())
        {
            await night.WorkAsync(TestContext.Current.CancellationToken);
            guard.Failing.ShouldContain(state => state.Work == "retention.run");
            (await anyone.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await night.WorkAsync(TestContext.Current.CancellationToken);
        guard.Failing.ShouldAllBe(state => !state.Work.StartsWith("retention", StringComparison.Ordinal));
        await HostedLoopsTests.ShouldShowRoomsAsync(app);
    }

    [Theory]
    [InlineData("Lessons", "/api/lessons")]
    [InlineData("Audit", "/api/admin/audit/verification")]
    [InlineData("Visits", "/api/visits")]
    [InlineData("Recordings", "/api/recordings")]
    public async Task A_damaged_history_table_costs_its_own_pages_only(string table, string address)
    {
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName))
        {
            await FillAsync(first);
        }

        await DamageAsync(table);

        await using RunningApp app = await RunningApp.StartAsync(_data.FullName);
        await HostedLoopsTests.ShouldShowRoomsAsync(app);
        using SignedIn administrator = await app.SignInAsync("administrator");
        using HttpResponseMessage damaged = await administrator.Http.GetAsync(address);
        ((int)damaged.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
        damaged.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await administrator.Http.GetAsync("/api/schools")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpClient anyone = app.Anonymous();
        (await anyone.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await HostedLoopsTests.FailingAsync(anyone)).ShouldNotBeEmpty();
    }

    private static async Task AddOldLessonAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var at = DateTimeOffset.UtcNow.AddDays(-500);
        records.Lessons.Add(new Lesson
        {
            Id = Guid.NewGuid(),
            RoomId = "s01-101",
            SchoolId = "s01",
            From = at,
            To = at.AddMinutes(40),
            Ended = true,
            Enrolled = 40,
            Samples = [],
        });
        await records.SaveChangesAsync();
    }

    private static async Task FillAsync(RunningApp app)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        var at = DateTimeOffset.UtcNow.AddDays(-1);
        long line = await records.Audit.MaxAsync(entry => (long?)entry.Id) ?? 0;
        for (int i = 0; i < 200; i++)
        {
            records.Lessons.Add(new Lesson
            {
                Id = Guid.NewGuid(),
                RoomId = "s01-101",
                SchoolId = "s01",
                From = at,
                To = at.AddMinutes(40),
                Ended = i > 0,
                Enrolled = 40,
                Samples = new byte[3000],
            });
            records.Visits.Add(new Visit
            {
                Id = Guid.NewGuid(),
                RoomId = "s01-101",
                SchoolId = "s01",
                UserName = "inspector",
                DisplayName = "王敏",
                Purpose = "测试",
                From = at,
                To = i > 0 ? at.AddMinutes(1) : null,
            });
            records.Recordings.Add(new Recording
            {
                Id = Guid.NewGuid(),
                RoomId = "s01-101",
                SchoolId = "s01",
                UserName = "inspector",
                DisplayName = "王敏",
                Reason = "测试",
                Media = Xunke.Streaming.MediaKinds.Both,
                From = at,
                Until = at.AddMinutes(40),
                To = i > 0 ? at.AddMinutes(40) : null,
            });
            records.Audit.Add(
                new AuditEntry
                {
                    Id = line + 1 + i,
                    At = at,
                    UserName = "system",
                    Action = "test",
                    Subject = new string('x', 200),
                    Hash = new string('0', 64)
                });
        }

        await records.SaveChangesAsync();
    }

    /// <summary>Overwrites the first page of a table and of each of its indices, through which everything in it is found.</summary>
    private async Task DamageAsync(string table)
    {
        SqliteConnection.ClearAllPools();
        List<long> pages = [];
        long size;
        await using (var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
            command.CommandText = "PRAGMA page_size";
            size = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
            command.CommandText = $"SELECT rootpage FROM sqlite_schema WHERE tbl_name = '{table}' AND rootpage > 0";
            await using SqliteDataReader rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                pages.Add(rows.GetInt64(0));
            }
        }

        byte[] garbage = new byte[size];
        new Random(1).NextBytes(garbage);
        await using FileStream file = File.OpenWrite(DatabaseFile);
        foreach (long page in pages)
        {
            file.Position = (page - 1) * size;
            await file.WriteAsync(garbage);
        }
    }

    private async Task<SqliteTransactionLock> LockAsync()
    {
        var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return new SqliteTransactionLock(connection);
    }

    /// <summary>Holds the writers' lock, as a copy tool or VACUUM does.</summary>
    private sealed record SqliteTransactionLock(SqliteConnection Connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
