using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Tests.Web.OwnAccount;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.MachineTokens;

/// <summary>Other programs show a token, reach what its scopes say, and nothing after it has ended.</summary>
[Collection(WebCollection.Name)]
public class MachineTokensTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;
    private readonly string _name = $"排课系统 {Guid.NewGuid():N}"[..20];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("lessons", "/api/lessons")]
    [InlineData("lessons", "/api/timetable/now?schoolId=s01")]
    [InlineData("live", "/api/rooms/s01-101/history")]
    [InlineData("books", "/api/books/rooms?schoolId=s01")]
    [InlineData("operations", "/openapi/v1.json")]
    public async Task A_scope_opens_its_own_and_no_other_does(string scope, string path)
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        string[] others = [.. ((string[])["lessons", "live", "books", "operations"]).Where(one => one != scope)];
        using SignedIn with = _app.Machine((await MakeAsync(administrator, _name, null, scope)).Secret);
        using SignedIn without = _app.Machine((await MakeAsync(administrator, _name + "2", null, others)).Secret);

        (await with.Http.GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage other = await without.Http.GetAsync(path, Cancelled);
        if (path == "/api/lessons")
        {
            (await other.JsonAsync()).GetArrayLength().ShouldBe(0);
        }
        else
        {
            other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_token_of_one_school_reaches_no_other()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        using SignedIn machine = _app.Machine((await MakeAsync(administrator, _name, "s02", "live", "books", "lessons")).Secret);

        JsonElement schools = await (await machine.Http.GetAsync("/api/schools", Cancelled)).JsonAsync();
        schools.EnumerateArray().Select(one => one.GetProperty("schoolId").GetString()).ShouldBe(["s02"]);
        (await machine.Http.GetAsync("/api/rooms/s02-101/history", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await machine.Http.GetAsync("/api/rooms/s01-101/history", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using HttpResponseMessage own = await machine.Http.PostAsJsonAsync(
            "/api/books/teachers", new { schoolId = "s02", name = "机器建的" }, Cancelled);
        own.StatusCode.ShouldBe(HttpStatusCode.Created, await own.Content.ReadAsStringAsync(Cancelled));
        using HttpResponseMessage other = await machine.Http.PostAsJsonAsync(
            "/api/books/teachers", new { schoolId = "s01", name = "机器建的" }, Cancelled);
        other.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Trail.ShouldTellAsync(_app, $"machine:{_name}", "look.room", "s02-101");
    }

    [Fact]
    public async Task A_token_that_was_revoked_or_has_expired_or_is_none_opens_nothing()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        (Guid id, string secret) = await MakeAsync(administrator, _name, null, "live");
        (Guid late, string expired) = await MakeAsync(administrator, _name + "2", null, "live");
        using SignedIn machine = _app.Machine(secret);
        (await machine.Http.GetAsync("/api/schools", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonElement used = await TokenAsync(administrator, id);
        used.GetProperty("usedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1));

        JsonElement revoked = await (await administrator.Http.DeleteAsync($"/api/admin/tokens/{id}", Cancelled)).JsonAsync();
        revoked.GetProperty("revokedAt").ValueKind.ShouldBe(JsonValueKind.String);
        await using (AsyncServiceScope scope = _app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RecordsContext>().MachineTokens.Where(one => one.Id == late)
                .ExecuteUpdateAsync(one => one.SetProperty(row => row.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1)), Cancelled);
        }

        foreach (string shown in (string[])[secret, expired, MachineIdentity.Prefix + "guess"])
        {
            using SignedIn ended = _app.Machine(shown);
            using HttpResponseMessage answer = await ended.Http.GetAsync("/api/schools", Cancelled);
            await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "bad-token");
        }

        await Trail.ShouldTellAsync(_app, "administrator", "machine.revoked", $"machine:{_name}");
    }

    [Fact]
    public async Task What_is_for_people_is_not_for_machines()
    {
        using SignedIn machine = await _app.CallerAsync("machine");
        foreach (string path in (string[])["/api/session", "/api/session/data", "/api/account", "/api/account/sessions", "/api/accounts",
            "/api/visits", "/api/admin/tokens", "/api/admin/rooms?schoolId=s01", "/hubs/live"])
        {
            using HttpResponseMessage answer = await machine.Http.GetAsync(path, Cancelled);
            await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-machines");
        }

        using HttpResponseMessage visit = await machine.Http.PostAsJsonAsync(
            "/api/visits", new { roomId = "s01-101", purpose = "机器巡课" }, Cancelled);
        await visit.ShouldBeProblem(HttpStatusCode.Forbidden, "not-for-machines");
    }

    [Fact]
    public async Task The_secret_is_told_once_and_only_its_digest_is_kept()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        (Guid id, string secret) = await MakeAsync(administrator, _name, null, "live");

        (await TokenAsync(administrator, id)).ToString().ShouldNotContain(secret);
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        MachineToken kept = await scope.ServiceProvider.GetRequiredService<RecordsContext>().MachineTokens
            .SingleAsync(one => one.Id == id, Cancelled);
        kept.Digest.ShouldBe(LinkToken.DigestOf(secret));
        JsonSerializer.Serialize(kept).ShouldNotContain(secret);
        await Trail.ShouldTellAsync(_app, "administrator", "machine.made", $"machine:{_name} Live");
    }

    [Theory]
    [InlineData("", 30, "s01", "bad-name", "live")]
    [InlineData("一个令牌", 30, "s01", "no-scope")]
    [InlineData("一个令牌", 0, "s01", "bad-days", "live")]
    [InlineData("一个令牌", 731, "s01", "bad-days", "live")]
    [InlineData("一个令牌", 30, "nowhere", "unknown-school", "live")]
    [InlineData("一个令牌", 30, "s01", "operations-of-school", "live", "operations")]
    public async Task What_makes_no_sense_is_refused(string name, int days, string schoolId, string code, params string[] scopes)
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage answer = await administrator.Http.PostAsJsonAsync(
            "/api/admin/tokens", new { name, scopes, schoolId, days }, Cancelled);

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task No_two_tokens_have_one_name()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        await MakeAsync(administrator, _name, null, "live");

        using HttpResponseMessage again = await administrator.Http.PostAsJsonAsync(
            "/api/admin/tokens", new { name = _name, scopes = (string[])["live"], days = 1 }, Cancelled);

        await again.ShouldBeProblem(HttpStatusCode.Conflict, "name-taken");
    }

    private static async Task<(Guid Id, string Secret)> MakeAsync(
        SignedIn by, string name, string? schoolId, params string[] scopes)
    {
        using HttpResponseMessage answer = await by.Http.PostAsJsonAsync(
            "/api/admin/tokens", new { name, scopes, schoolId, days = 30 }, Cancelled);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancelled));
        JsonElement made = await answer.JsonAsync();
        return (made.GetProperty("token").GetProperty("tokenId").GetGuid(), made.GetProperty("secret").GetString()!);
    }

    private static async Task<JsonElement> TokenAsync(SignedIn by, Guid id) =>
        (await (await by.Http.GetAsync("/api/admin/tokens", Cancelled)).JsonAsync()).GetProperty("tokens").EnumerateArray()
            .Single(one => one.GetProperty("tokenId").GetGuid() == id);
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlMachineTokensTests(PostgreSqlAppFixture fixture) : MachineTokensTests(fixture);
