using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web;
using Xunke.Web.Audit;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Identity;

/// <summary>The console's way back in, while the server runs.</summary>
[Collection(WebCollection.Name)]
public class AccountsCommandTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task A_new_password_is_printed_opens_the_account_and_ends_its_sessions()
    {
        await _app.AddAccountAsync("forgot", Role.Principal, "s01");
        using SignedIn someone = await _app.SignInAsync("forgot");
        using HttpClient copy = _app.Replaying(someone.Cookie);

        string password = (await RunAsync(0, "password", "forgot")).Split(' ')[^1].Trim();

        await TakenAccessTests.UnauthorisedAsync(copy);
        (await SignInAsync("forgot", password)).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("forgot", RunningApp.Password)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_account_is_locked_and_unlocked()
    {
        await _app.AddAccountAsync("suspended", Role.Inspector);
        using SignedIn someone = await _app.SignInAsync("suspended");
        using HttpClient copy = _app.Replaying(someone.Cookie);

        await RunAsync(0, "lock", "suspended");
        await TakenAccessTests.UnauthorisedAsync(copy);
        (await SignInAsync("suspended", RunningApp.Password)).ShouldBe(HttpStatusCode.Unauthorized);
        (await RunAsync(0, "list")).Split('\n').ShouldContain(
            line => line.StartsWith("suspended\t", StringComparison.Ordinal) && line.Contains("locked", StringComparison.Ordinal));
        await RunAsync(0, "unlock", "suspended");

        (await SignInAsync("suspended", RunningApp.Password)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_done_at_the_console_is_in_the_audit_trail_which_holds()
    {
        await _app.AddAccountAsync("told-of", Role.Inspector);
        AuditTrail trail = _app.Services.GetRequiredService<AuditTrail>();
        await trail.RecordAsync("system", "test", "before told-of");

        await RunAsync(0, "lock", "told-of");
        await trail.RecordAsync("system", "test", "between told-of");
        await RunAsync(0, "unlock", "told-of");
        string password = (await RunAsync(0, "password", "told-of")).Split(' ')[^1].Trim();
        await RunAsync(2, "lock", "nobody-told-of");

        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        List<AuditEntry> lines = await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit.AsNoTracking()
            .Where(line => line.Subject.EndsWith("told-of") && line.Action != "account.made")
            .OrderBy(line => line.Id)
            .ToListAsync(TestContext.Current.CancellationToken);
        lines.Select(line => (line.UserName, line.Action, line.Subject)).ShouldBe(
        [
            ("system", "test", "before told-of"), ("console", "account.locked", "told-of"), ("system", "test", "between told-of"),
            ("console", "account.unlocked", "told-of"), ("console", "account.password-set", "told-of"),
        ]);
        lines.ShouldAllBe(line => !line.Subject.Contains(password, StringComparison.Ordinal));
        (await trail.VerifyAsync(TestContext.Current.CancellationToken)).BrokenAt.ShouldBeNull();
    }

    [Fact]
    public async Task Who_does_not_exist_and_what_is_no_command_are_told_in_words()
    {
        (await RunAsync(2, "unlock", "not-there")).ShouldContain("there is no account not-there");
        (await RunAsync(2, "unlock")).ShouldContain("xunke accounts unlock <USER>");
        (await RunAsync(2, "forget", "inspector")).ShouldContain("unlock <USER>");
    }

    [Fact]
    public async Task An_account_that_somebody_made_unreadable_by_hand_is_told_in_words()
    {
        await _app.AddAccountAsync("scribbled-on", Role.Inspector);
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecordsContext>().Database.ExecuteSqlAsync(
            $"""UPDATE "AspNetUsers" SET "LockoutEnd" = 'for ever' WHERE "UserName" = 'scribbled-on'""",
            TestContext.Current.CancellationToken);

        (await RunAsync(2, "unlock", "scribbled-on")).ShouldContain("the row of scribbled-on in the database cannot be read");
    }

    private async Task<HttpStatusCode> SignInAsync(string userName, string password)
    {
        using HttpClient client = _app.Anonymous();
        using HttpResponseMessage answer = await client.PostAsJsonAsync("/api/session", new { userName, password });
        return answer.StatusCode;
    }

    private async Task<string> RunAsync(int code, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        (await CommandLine.RunAsync(["accounts", .. arguments, .. _app.ConsoleArguments], output, errors,
            TestContext.Current.CancellationToken)).ShouldBe(code, errors.ToString());
        return output.ToString() + errors;
    }
}

[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlAccountsCommandTests(PostgreSqlAppFixture fixture) : AccountsCommandTests(fixture);
