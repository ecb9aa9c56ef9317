using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Web;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Audit;

/// <summary>The trail as administrators read, export and verify it.</summary>
[Collection(WebCollection.Name)]
public class AuditRoutesTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task Lines_are_found_by_time_account_kind_and_target_and_read_page_by_page()
    {
        string target = $"t-{Guid.NewGuid():N}";
        AuditTrail audit = _app.Services.GetRequiredService<AuditTrail>();
        for (int i = 1; i <= 5; i++)
        {
            await audit.RecordAsync(i % 2 == 0 ? "amy" : "bob", i < 5 ? "test.looked" : "test.left", $"{target} {i}", "听课, \"看\"");
        }

        using SignedIn administrator = await _app.SignInAsync("administrator");
        (await SubjectsAsync(administrator, $"target={target}"))
            .ShouldBe([$"{target} 5", $"{target} 4", $"{target} 3", $"{target} 2", $"{target} 1"]);
        (await SubjectsAsync(administrator, $"target={target}&user=amy")).ShouldBe([$"{target} 4", $"{target} 2"]);
        (await SubjectsAsync(administrator, $"target={target}&action=test.le")).ShouldBe([$"{target} 5"]);
        (await SubjectsAsync(administrator, $"target={target}&to={Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-1).ToString("O"))}"))
            .ShouldBeEmpty();

        JsonElement first = await PageAsync(administrator, $"target={target}&take=2");
        first.GetProperty("lines")[0].GetProperty("purpose").GetString().ShouldBe("听课, \"看\"");
        JsonElement next = await PageAsync(administrator, $"target={target}&take=2&before={first.GetProperty("next").GetInt64()}");
        next.GetProperty("lines")[0].GetProperty("subject").GetString().ShouldBe($"{target} 3");
        await (await administrator.Http.GetAsync("/api/admin/audit?take=501")).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-take");
    }

    [Fact]
    public async Task The_export_is_a_table_that_no_spreadsheet_takes_for_formulas_and_is_itself_in_the_trail()
    {
        string target = $"t-{Guid.NewGuid():N}";
        await _app.Services.GetRequiredService<AuditTrail>().RecordAsync("=cmd", "test.looked", $"{target}, \"a\"", "看看");
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage answer = await administrator.Http.GetAsync($"/api/admin/audit/export?target={target}&action=test");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        byte[] file = await answer.Content.ReadAsByteArrayAsync();
        file[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        string[] rows = (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBe(2);
        rows[1].ShouldContain($",'=cmd,test.looked,\"{target}, \"\"a\"\"\",看看,");
        (await _app.LinesAsync("audit.exported")).ShouldContain(line => line.UserName == "administrator" && line.Subject.Contains(target));
    }

    [Fact]
    public async Task An_exported_head_verifies_later_over_http_and_by_the_command_beside_the_running_server()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        JsonElement head = await (await administrator.Http.GetAsync("/api/admin/audit/head")).JsonAsync();
        await _app.Services.GetRequiredService<AuditTrail>().RecordAsync("system", "test", "later");

        JsonElement verdict = await (await administrator.Http.PostAsJsonAsync("/api/admin/audit/verification", head)).JsonAsync();

        verdict.GetProperty("brokenAt").ValueKind.ShouldBe(JsonValueKind.Null, verdict.ToString());
        AuditHead beyond = JsonSerializer.Deserialize<AuditHead>(head, Json.Options)!;
        JsonElement forged = await (await administrator.Http.PostAsJsonAsync(
            "/api/admin/audit/verification", beyond with { Line = 1_000_000 }, Json.Options)).JsonAsync();
        forged.GetProperty("reason").GetString().ShouldBe("foreign-head");
        await (await administrator.Http.PostAsJsonAsync("/api/admin/audit/verification", new { line = 1 }))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "bad-head");

        string file = Path.Combine(_app.Data, "head.json");
        (int code, string printed) = await RunAsync(["head", .. _app.ConsoleArguments]);
        code.ShouldBe(0, printed);
        await File.WriteAllTextAsync(file, printed);
        (code, printed) = await RunAsync(["verify", .. _app.ConsoleArguments, "--head", file]);
        code.ShouldBe(0, printed);
        (await RunAsync("verify", "--data", Path.GetTempPath())).Code.ShouldBe(2);
        (await RunAsync("verify", "--nonsense", "1")).Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("/api/admin/audit")]
    [InlineData("/api/admin/audit/export")]
    [InlineData("/api/admin/audit/head")]
    public async Task Only_administrators_read_the_trail(string path)
    {
        foreach (string userName in new[] { "inspector", "principal" })
        {
            using SignedIn someone = await _app.SignInAsync(userName);
            await (await someone.Http.GetAsync(path)).ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private static async Task<(int Code, string Printed)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        int code = await CommandLine.RunAsync(["audit", .. arguments], output, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private static async Task<JsonElement> PageAsync(SignedIn administrator, string query) =>
        await (await administrator.Http.GetAsync($"/api/admin/audit?{query}")).JsonAsync();

    private static async Task<string[]> SubjectsAsync(SignedIn administrator, string query) =>
        [.. (await PageAsync(administrator, query))
            .GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("subject").GetString()!)];
}

[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlAuditRoutesTests(PostgreSqlAppFixture fixture) : AuditRoutesTests(fixture);
