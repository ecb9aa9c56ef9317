using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Xunke.Tests.Support;
using Xunke.Tests.Web.Identity;
using Xunke.Web;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Hosting;

/// <summary>The server with a district's PostgreSQL instead of a file of its own.</summary>
public sealed class PostgreSqlTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-postgresql-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Everything_on_record_is_in_PostgreSql_and_outlives_a_restart()
    {
        string database = await SharedPostgres.MakeDatabaseAsync(migrated: false);
        string cookie;
        await using (RunningApp app = await StartAsync(database))
        {
            using SignedIn inspector = await app.SignInAsync("inspector");
            cookie = inspector.Cookie;
            string visit = await OpenVisitAsync(inspector, "第一次巡课");
            (await inspector.Http.DeleteAsync($"/api/visits/{visit}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            await OpenVisitAsync(inspector, "还没结束");
            using HttpClient anyone = app.Anonymous();
            JsonElement ready = JsonSerializer.Deserialize<JsonElement>(await anyone.GetStringAsync("/health/ready", Cancelled));
            ready.GetProperty("checks").GetProperty("database").GetString().ShouldBe("healthy");
            ready.GetProperty("checks").GetProperty("audit").GetString().ShouldBe("healthy");
        }

        Directory.EnumerateFiles(_data.FullName, "*.db").ShouldBeEmpty();
        await using (RunningApp app = await StartAsync(database))
        {
            using HttpClient before = app.Replaying(cookie);
            JsonElement[] visits = [.. (await (await before.GetAsync("/api/visits", Cancelled)).JsonAsync()).EnumerateArray()];
            visits.Select(visit => visit.GetProperty("purpose").GetString()).ShouldBe(["还没结束", "第一次巡课"]);
            visits.ShouldAllBe(visit => visit.GetProperty("to").ValueKind == JsonValueKind.String);

            (await AccountsAsync(database, "lock", "inspector")).ShouldContain("locked: inspector");
            (await AccountsAsync(database, "list")).Split('\n').ShouldContain(
                line => line.StartsWith("inspector\t", StringComparison.Ordinal) && line.Contains("locked", StringComparison.Ordinal));
            await TakenAccessTests.UnauthorisedAsync(before);
        }

        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["audit", "verify", "--data", _data.FullName, "--database", database], output, output, Cancelled))
            .ShouldBe(0, output.ToString());
        (await CommandLine.RunAsync(["compact", "--data", _data.FullName, "--database", database], output, output, Cancelled)).ShouldBe(0);
        output.ToString().ShouldContain("nothing to compact");
    }

    [Fact]
    public async Task Connections_that_the_database_ends_are_made_anew_and_nothing_is_half_done()
    {
        string database = await SharedPostgres.MakeDatabaseAsync();
        await using RunningApp app = await StartAsync(database);
        using SignedIn inspector = await app.SignInAsync("inspector");
        await using var operators = NpgsqlDataSource.Create($"{database};Pooling=false");
        for (int time = 0; time < 3; time++)
        {
            await using (NpgsqlCommand end = operators.CreateCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
            {
                await end.ExecuteNonQueryAsync(Cancelled);
            }

            using HttpResponseMessage answer =
                await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = "s01-101", purpose = $"第 {time} 次" }, Cancelled);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable);
        }

        await OpenVisitAsync(inspector, "又好了");
        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["audit", "verify", "--data", _data.FullName, "--database", database], output, output, Cancelled))
            .ShouldBe(0, output.ToString());
    }

    [Fact]
    public async Task Start_without_the_database_says_so_and_keeps_the_password_to_itself()
    {
        Exception fault = await Should.ThrowAsync<Exception>(StartAsync("Host=127.0.0.1;Port=1;Username=xunke;Password=not-to-be-seen"));

        fault.Message.ShouldContain("cannot open the database");
        fault.ToString().ShouldNotContain("not-to-be-seen");
        (await Should.ThrowAsync<Exception>(StartAsync("Host=127.0.0.1;Colour=red"))).Message.ShouldContain("not a connection string");
    }

    private Task<RunningApp> StartAsync(string database) => RunningApp.StartAsync(_data.FullName, "--database", database);

    private static async Task<string> OpenVisitAsync(SignedIn inspector, string purpose)
    {
        using HttpResponseMessage answer =
            await inspector.Http.PostAsJsonAsync("/api/visits", new { roomId = "s01-101", purpose }, Cancelled);
        return (await answer.JsonAsync()).GetProperty("visitId").GetString()!;
    }

    private async Task<string> AccountsAsync(string database, params string[] arguments)
    {
        await using var output = new StringWriter();
        (await CommandLine.RunAsync(["accounts", .. arguments, "--data", _data.FullName, "--database", database], output, output,
            Cancelled)).ShouldBe(0, output.ToString());
        return output.ToString();
    }
}
