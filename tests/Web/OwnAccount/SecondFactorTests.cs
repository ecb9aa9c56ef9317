using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Tests.Web.Identity;

namespace Xunke.Tests.Web.OwnAccount;

/// <summary>Codes besides the password: set up, asked for, good once, and taken away for whoever has lost them.</summary>
[Collection(WebCollection.Name)]
public class SecondFactorTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;
    private readonly string _user = $"two{Guid.NewGuid():N}"[..14];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_is_asked_for_once_it_is_set_up_and_each_is_good_once()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        (byte[] secret, string[] codes) = await SetUpAsync(here);
        codes.Distinct().Count().ShouldBe(10);
        using SignedIn browser = _app.Browser();

        using (HttpResponseMessage without = await SignInAsync(browser, null))
        {
            await without.ShouldBeProblem(HttpStatusCode.Unauthorized, "code-needed");
        }

        using (HttpResponseMessage wrong = await SignInAsync(browser, "000000"))
        {
            await wrong.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
        }

        // The set-up has used the code of this half minute up; that of the next is within the window.
        string next = CodeOf(secret, 1);
        HttpResponseMessage[] both = await Task.WhenAll(SignInAsync(_app.Browser(), next), SignInAsync(_app.Browser(), next));
        both.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1, "two at once");
        using (HttpResponseMessage again = await SignInAsync(_app.Browser(), next))
        {
            await again.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
        }

        (await here.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK, "the session that set it up");
        await Trail.ShouldTellAsync(_app, _user, "account.second-factor-set", _user);
    }

    [Fact]
    public async Task A_recovery_code_lets_in_once_however_it_is_typed()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        (_, string[] codes) = await SetUpAsync(here);

        string typed = $" {codes[3].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant()} ";
        (await SignInAsync(_app.Browser(), typed)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using (HttpResponseMessage again = await SignInAsync(_app.Browser(), codes[3]))
        {
            await again.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
        }

        (await LeftAsync(here)).ShouldBe(9);
        await Trail.ShouldTellAsync(_app, _user, "account.recovery-code-used", _user);
        using HttpResponseMessage renewed = await here.Http.PostAsJsonAsync(
            "/api/account/second-factor/codes", new { password = RunningApp.Password }, Cancelled);
        renewed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LeftAsync(here)).ShouldBe(10);
        using HttpResponseMessage former = await SignInAsync(_app.Browser(), codes[4]);
        await former.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
    }

    [Fact]
    public async Task Wrong_codes_are_throttled_as_passwords_are_and_asking_without_one_clears_nothing()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        (byte[] secret, _) = await SetUpAsync(here);
        using SignedIn guesser = _app.Browser();

        for (int guess = 1; guess <= 4; guess++)
        {
            using HttpResponseMessage without = await SignInAsync(guesser, null);
            await without.ShouldBeProblem(HttpStatusCode.Unauthorized, "code-needed");
            using HttpResponseMessage wrong = await SignInAsync(guesser, $"00000{guess}");
            await wrong.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
        }

        using HttpResponseMessage fifth = await SignInAsync(guesser, "000005");
        await fifth.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        using HttpResponseMessage right = await SignInAsync(guesser, CodeOf(secret, 1));
        await right.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
    }

    [Fact]
    public async Task Whoever_reads_the_database_has_neither_secret_nor_codes()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        (byte[] secret, string[] codes) = await SetUpAsync(here);

        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        Account kept = await records.Users.SingleAsync(one => one.UserName == _user, Cancelled);
        string[] digests = await records.RecoveryCodes.Where(one => one.AccountId == kept.Id).Select(one => one.Digest)
            .ToArrayAsync(Cancelled);

        kept.SecondFactor!.ShouldNotContain(Base32Encoding.ToString(secret));
        kept.SecondFactor!.ShouldNotContain(Convert.ToBase64String(secret));
        digests.Length.ShouldBe(10);
        digests.ShouldAllBe(digest => digest.Length == 64);
        codes.ShouldAllBe(code => !digests.Contains(code));
        string other = $"{_user}x"[..12] + "y";
        await _app.AddAccountAsync(other, Role.Inspector);
        await records.Users.Where(one => one.UserName == other)
            .ExecuteUpdateAsync(one => one.SetProperty(row => row.SecondFactor, kept.SecondFactor), Cancelled);
        using HttpResponseMessage copied = await _app.Browser().Http.PostAsJsonAsync(
            "/api/session", new { userName = other, password = RunningApp.Password, code = CodeOf(secret, 1) }, Cancelled);
        await copied.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
    }

    [Fact]
    public async Task Nothing_is_set_up_without_the_password_or_with_a_ticket_of_somebody_else()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        using SignedIn other = await _app.SignInAsync("inspector2");
        using (HttpResponseMessage refused = await PrepareAsync(here, "not-the-password"))
        {
            await refused.ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-password");
        }

        JsonElement setup = await (await PrepareAsync(here, RunningApp.Password)).JsonAsync();
        byte[] secret = Base32Encoding.ToBytes(setup.GetProperty("secret").GetString()!);
        setup.GetProperty("qr").GetString()!.ShouldStartWith("<svg");
        setup.GetProperty("address").GetString()!.ShouldStartWith("otpauth://totp/Xunke:");
        string ticket = setup.GetProperty("ticket").GetString()!;

        foreach ((SignedIn by, string shown, string code) in ((SignedIn, string, string)[])[
            (other, ticket, CodeOf(secret, 0)), (here, ticket, "000000"), (here, "rubbish", CodeOf(secret, 0))])
        {
            using HttpResponseMessage answer = await by.Http.PutAsJsonAsync(
                "/api/account/second-factor", new { ticket = shown, code }, Cancelled);
            await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-code");
        }

        (await SignInAsync(_app.Browser(), null)).StatusCode.ShouldBe(HttpStatusCode.OK, "nothing was set up");
    }

    [Fact]
    public async Task An_administrator_takes_it_away_from_whoever_has_lost_it_which_ends_the_sessions()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        await SetUpAsync(here);
        using SignedIn administrator = await _app.SignInAsync("administrator");

        JsonElement view = await (await administrator.Http.DeleteAsync($"/api/accounts/{_user}/second-factor", Cancelled)).JsonAsync();

        view.GetProperty("hasSecondFactor").GetBoolean().ShouldBeFalse();
        await TakenAccessTests.UnauthorisedAsync(here.Http);
        (await SignInAsync(_app.Browser(), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Trail.ShouldTellAsync(_app, "administrator", "account.second-factor-removed", _user);
        using HttpResponseMessage own = await administrator.Http.DeleteAsync("/api/accounts/administrator/second-factor", Cancelled);
        await own.ShouldBeProblem(HttpStatusCode.BadRequest, "own-second-factor");
    }

    [Fact]
    public async Task A_link_for_a_forgotten_password_does_not_stand_for_the_code()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        (byte[] secret, _) = await SetUpAsync(here);
        using SignedIn administrator = await _app.SignInAsync("administrator");
        string token = (await (await administrator.Http.PostAsync($"/api/accounts/{_user}/invitation", null, Cancelled)).JsonAsync())
            .GetProperty("url").GetString()!.Split('#')[1];

        using SignedIn browser = _app.Browser();
        using HttpResponseMessage used = await browser.Http.PostAsJsonAsync(
            "/api/invitations/use", new { value = token, password = "a password of my own" }, Cancelled);

        used.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await browser.Http.GetAsync("/api/session", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using HttpResponseMessage signedIn = await browser.Http.PostAsJsonAsync(
            "/api/session", new { userName = _user, password = "a password of my own", code = CodeOf(secret, 1) }, Cancelled);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_own_second_factor_is_removed_with_the_password()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using SignedIn here = await _app.SignInAsync(_user);
        await SetUpAsync(here);
        using (HttpResponseMessage refused = await RemoveAsync(here, "not-the-password"))
        {
            await refused.ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-password");
        }

        (await RemoveAsync(here, RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await SignInAsync(_app.Browser(), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await LeftAsync(here)).ShouldBe(0);
    }

    /// <summary>Sets a second factor up; the code of this half minute is used up by it.</summary>
    internal static async Task<(byte[] Secret, string[] Codes)> SetUpAsync(SignedIn by)
    {
        JsonElement setup = await (await PrepareAsync(by, RunningApp.Password)).JsonAsync();
        byte[] secret = Base32Encoding.ToBytes(setup.GetProperty("secret").GetString()!);
        using HttpResponseMessage begun = await by.Http.PutAsJsonAsync(
            "/api/account/second-factor", new { ticket = setup.GetProperty("ticket").GetString(), code = CodeOf(secret, 0) }, Cancelled);
        return (secret, [.. (await begun.JsonAsync()).GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    /// <summary>The code of some half minutes from now.</summary>
    internal static string CodeOf(byte[] secret, int steps) => new Totp(secret).ComputeTotp(DateTime.UtcNow.AddSeconds(30 * steps));

    internal static Task<HttpResponseMessage> RemoveAsync(SignedIn by, string password) =>
        by.Http.PostAsJsonAsync("/api/account/second-factor/removal", new { password }, Cancelled);

    private static Task<HttpResponseMessage> PrepareAsync(SignedIn by, string password) =>
        by.Http.PostAsJsonAsync("/api/account/second-factor", new { password }, Cancelled);

    private static async Task<int> LeftAsync(SignedIn by) =>
        (await (await by.Http.GetAsync("/api/account", Cancelled)).JsonAsync())
            .GetProperty("secondFactor").GetProperty("recoveryCodes").GetInt32();

    private Task<HttpResponseMessage> SignInAsync(SignedIn browser, string? code) =>
        browser.Http.PostAsJsonAsync("/api/session", new { userName = _user, password = RunningApp.Password, code }, Cancelled);
}

/// <summary>The same with the records in PostgreSQL.</summary>
[Collection(PostgreSqlWebCollection.Name)]
public sealed class PostgreSqlSecondFactorTests(PostgreSqlAppFixture fixture) : SecondFactorTests(fixture);
