using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Actors.Identity;
using Xunke.Tests.Web.Identity;

namespace Xunke.Tests.Web.OwnAccount;

/// <summary>People change their own password and end their own sessions.</summary>
[Collection(WebCollection.Name)]
public class OwnPasswordTests(AppFixture fixture)
{
    private const string Wanted = "一句新的好记的话 2026";

    private readonly RunningApp _app = fixture.App;
    private readonly string _user = $"own{Guid.NewGuid():N}"[..14];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_password_keeps_this_session_and_ends_the_others_where_that_is_wished(bool endOthers)
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        using SignedIn elsewhere = await _app.SignInAsync(_user);

        using HttpResponseMessage changed = await ChangeAsync(here, RunningApp.Password, Wanted, endOthers);
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent, await changed.Content.ReadAsStringAsync(Cancelled));

        if (endOthers)
        {
            await TakenAccessTests.UnauthorisedAsync(elsewhere.Http);
        }

        // Longer than the sessions are compared with the accounts.
        await Task.Delay(TimeSpan.FromSeconds(3), Cancelled);
        (await here.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await elsewhere.Http.GetAsync("/api/session", Cancelled)).StatusCode
            .ShouldBe(endOthers ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        using SignedIn again = _app.Browser();
        (await SignInAsync(again, RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "the old password");
        (await SignInAsync(again, Wanted)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Trail.ShouldTellAsync(_app, _user, "account.password-changed", _user);
    }

    [Fact]
    public async Task The_old_password_is_asked_for_as_patiently_as_at_the_sign_in()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);

        for (int guess = 1; guess <= 4; guess++)
        {
            using HttpResponseMessage wrong = await ChangeAsync(here, "not-the-password", Wanted, false);
            await wrong.ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-password");
        }

        using HttpResponseMessage last = await ChangeAsync(here, "not-the-password", Wanted, false);
        await last.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        using HttpResponseMessage right = await ChangeAsync(here, RunningApp.Password, Wanted, false);
        await right.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        using SignedIn elsewhere = await _app.SignInAsync(_user);
        using HttpResponseMessage other = await ChangeAsync(elsewhere, RunningApp.Password, Wanted, false);
        other.StatusCode.ShouldBe(HttpStatusCode.NoContent, "guesses in one session keep no other waiting");
    }

    [Theory]
    [InlineData("short", "weak-password")]
    [InlineData(RunningApp.Password, "same-password")]
    public async Task A_new_password_that_is_none_is_refused(string wanted, string code)
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);

        using HttpResponseMessage refused = await ChangeAsync(here, RunningApp.Password, wanted, false);

        await refused.ShouldBeProblem(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Own_sessions_are_listed_and_ended_and_nobody_elses()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        using SignedIn elsewhere = await _app.SignInAsync(_user);
        using SignedIn stranger = await _app.SignInAsync("inspector2");

        JsonElement sessions = (await (await here.Http.GetAsync("/api/account/sessions", Cancelled)).JsonAsync()).GetProperty("sessions");
        sessions.GetArrayLength().ShouldBe(2);
        sessions.ToString().ShouldNotContain(elsewhere.Cookie);
        string other = sessions.EnumerateArray().Single(one => !one.GetProperty("isThis").GetBoolean())
            .GetProperty("sessionId").GetString()!;
        (await stranger.Http.DeleteAsync($"/api/account/sessions/{other}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await elsewhere.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await here.Http.DeleteAsync($"/api/account/sessions/{other}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await elsewhere.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> ChangeAsync(SignedIn by, string password, string wanted, bool endOthers) =>
        by.Http.PutAsJsonAsync("/api/account/password", new { password, wanted, endOthers }, Cancelled);

    private Task<HttpResponseMessage> SignInAsync(SignedIn browser, string password) =>
        browser.Http.PostAsJsonAsync("/api/session", new { userName = _user, password }, Cancelled);
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlOwnPasswordTests(PostgreSqlAppFixture fixture) : OwnPasswordTests(fixture);
