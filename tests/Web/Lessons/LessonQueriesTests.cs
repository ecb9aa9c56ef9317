using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Tests.Support;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Lessons;

/// <summary>What the district keeps grows for years: no list, start or deletion may look at all of it.</summary>
public sealed class LessonQueriesTests : IDisposable
{
    private const int Many = 20_000;

    /// <summary>A hundred rows take some thousands, all rows some hundreds of thousands.</summary>
    private const int FewSteps = 40_000;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-queries-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_data.FullName, "xunke.db");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Lists_starts_and_deletions_look_at_few_rows_of_many()
    {
        await using (await RunningApp.StartAsync(_data.FullName))
        {
            // Makes the tables.
        }

        Fill();
        using var queries = new ObservedQueries(Database);
        await using (RunningApp app = await RunningApp.StartAsync(_data.FullName))
        {
            await app.AddAccountAsync("inspector2", Role.Inspector);
            foreach (string user in (string[])["administrator", "inspector2", "principal"])
            {
                using SignedIn one = await app.SignInAsync(user);
                foreach (string query in Queries())
                {
                    using HttpResponseMessage lessons = await one.Http.GetAsync($"/api/lessons?{query}", Cancelled);
                    lessons.StatusCode.ShouldBe(HttpStatusCode.OK, query);
                    using HttpResponseMessage visits = await one.Http.GetAsync($"/api/visits?{query.Replace("schoolId=", "x=", StringComparison.Ordinal)}", Cancelled);
                    visits.StatusCode.ShouldBe(HttpStatusCode.OK, query);
                }

                using HttpResponseMessage recordings = await one.Http.GetAsync("/api/recordings", Cancelled);
                using HttpResponseMessage snapshot = await one.Http.GetAsync($"/api/lessons/{new Guid(1, 0, 0, new byte[8])}", Cancelled);
            }

            await app.Services.GetRequiredService<NightlyRun>().DeleteAsync(Cancelled);
            Count("SELECT count(*) FROM Lessons WHERE RoomId = 'old'").ShouldBe(0);
        }

        using var connection = new SqliteConnection($"Data Source={Database}");
        await connection.OpenAsync(Cancelled);
        ObservedQueries.Statement[] growing =
        [
            .. queries.Statements.Where(statement => ((string[])["\"Lessons\"", "\"Visits\"", "\"Audit\""]).Any(table => statement.Text.Contains(table, StringComparison.Ordinal)))
                .Where(statement => !statement.Text.StartsWith("INSERT", StringComparison.Ordinal)),
        ];
        growing.Length.ShouldBeGreaterThan(20);
        foreach (ObservedQueries.Statement statement in growing)
        {
            IReadOnlyList<string> plan = statement.Plan(connection);
            string told = statement.Text + "\n" + string.Join('\n', plan);
            bool firstOnly = statement.Text.Contains("LIMIT", StringComparison.Ordinal);
            plan.Where(line => line.StartsWith("SCAN", StringComparison.Ordinal) && !(firstOnly && (line.Contains("INDEX", StringComparison.Ordinal) || line == "SCAN a")) && line != "SCAN CONSTANT ROW")
                .ShouldBeEmpty(told);
            plan.Where(line => line.Contains("TEMP B-TREE", StringComparison.Ordinal)).ShouldBeEmpty(told);
            if (statement.Text.StartsWith("SELECT", StringComparison.Ordinal))
            {
                statement.Steps(connection).ShouldBeLessThan(FewSteps, told);
            }
        }

        growing.ShouldContain(
            statement => statement.Text.StartsWith("DELETE", StringComparison.Ordinal) && statement.Text.Contains(" IN (", StringComparison.Ordinal),
            "it is deleted in portions");
        growing.Where(statement => statement.Text.Contains("ORDER BY \"l\".\"From\" DESC", StringComparison.Ordinal)).ShouldAllBe(
            statement => !statement.Text.Contains("Samples", StringComparison.Ordinal), "lists do not read what was seen");
    }

    private static IEnumerable<string> Queries()
    {
        string[] times = ["", "&from=2030-01-01T00:00:00Z", "&from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z", "&to=2020-01-01T00:00:00Z"];
        string[] places = ["take=100", "schoolId=s01", "schoolId=s99", "roomId=s01-101", "roomId=s77-777", "schoolId=s02&roomId=s01-101", "schoolId=s01&roomId=s01-199"];
        return places.SelectMany(place => times.Select(time => place + time));
    }

    private long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database}");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Lessons and visits of the newest days, most of them of one school, and more than one portion of expired ones.</summary>
    private void Fill() => Count($"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
        INSERT INTO Lessons (Id, RoomId, SchoolId, "From", "To", Ended, Enrolled, Samples, Sound)
        SELECT printf('%08X-0000-0000-0000-000000000000', i), CASE WHEN i % 97 = 0 THEN 's01-102' ELSE 's01-101' END, 's01',
               (unixepoch() - i * 600) * 1000, (unixepoch() - i * 600 + 500) * 1000, 1, 40, x'0200000000', NULL FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
        INSERT INTO Lessons (Id, RoomId, SchoolId, "From", "To", Ended, Enrolled, Samples, Sound)
        SELECT printf('%08X-0000-0000-0000-000000000001', i), 'old', 's01', (unixepoch() - 500 * 86400) * 1000, (unixepoch() - 499 * 86400) * 1000, i % 2, 40, x'0200000000', NULL FROM n;
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Many})
        INSERT INTO Visits (Id, RoomId, SchoolId, UserName, DisplayName, Purpose, Media, "From", "To")
        SELECT printf('%08X-0000-0000-0000-000000000002', i), 's01-101', 's01', 'inspector', 'x', 'purpose', 3, (unixepoch() - i * 600) * 1000, (unixepoch() - i * 600 + 500) * 1000 FROM n;
        SELECT 1;
        """);
}
