using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Actors.Identity;
using Xunke.Tests.Web.Identity;
using Xunke.Tests.Web.OwnAccount;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>People link their account with a service, sign in by it, and the link is taken away.</summary>
public abstract class ServiceLinks(ServicesFixture fixture)
{
    private readonly RunningApp _app = fixture.App;
    private readonly string _user = $"svc{Guid.NewGuid():N}"[..14];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_not_linked_is_told_so_and_links_the_account_by_the_password()
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using Traveller somebody = Arriving(_user);
        (await somebody.TravelAsync("district", "/login?back=/visits")).ShouldBe("/login?back=/visits&service=district");
        using (HttpResponseMessage told = await somebody.SignInAsync())
        {
            (await told.ShouldBeProblem(HttpStatusCode.Forbidden, "not-linked")).GetProperty("label").GetString().ShouldBe("区统一登录");
        }

        JsonElement waiting = await (await somebody.Pages.Http.GetAsync("/api/session/service", Cancelled)).JsonAsync();
        waiting.GetProperty("name").GetString().ShouldBe($"{_user} 的姓名");
        waiting.GetProperty("isLinked").GetBoolean().ShouldBeFalse();
        (await somebody.LinkAsync()).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "nobody is signed in");
        await somebody.SignInByPasswordAsync(_user);
        using (HttpResponseMessage wrong = await somebody.LinkAsync("not-the-password"))
        {
            await wrong.ShouldBeProblem(HttpStatusCode.BadRequest, "wrong-password");
        }

        (await somebody.LinkAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Trail.ShouldTellAsync(_app, _user, "account.service-linked", $"{_user} district");
        using (HttpResponseMessage again = await somebody.LinkAsync())
        {
            await again.ShouldBeProblem(HttpStatusCode.BadRequest, "no-service-sign-in");
        }

        JsonElement own = await ServiceAsync(somebody, "district");
        own.GetProperty("linkedAt").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        own.GetProperty("isOffered").GetBoolean().ShouldBeTrue();
        string data = await somebody.Pages.Http.GetStringAsync("/api/session/data", Cancelled);
        data.ShouldContain("\"service\":\"district\"");
    }

    [Fact]
    public async Task Who_is_linked_gets_in_and_the_trail_names_the_service()
    {
        await LinkAsync(_user);
        using Traveller later = Arriving(_user);
        await later.TravelAsync("district");

        using HttpResponseMessage signedIn = await later.SignInAsync();

        (await signedIn.JsonAsync()).GetProperty("userName").GetString().ShouldBe(_user);
        (await later.SessionAsync()).ShouldBe(HttpStatusCode.OK);
        await Trail.ShouldTellAsync(_app, _user, "session.opened", $"{_user} by district");
        using HttpResponseMessage again = await later.SignInAsync();
        await again.ShouldBeProblem(HttpStatusCode.BadRequest, "no-service-sign-in");
    }

    [Theory]
    [InlineData("wecom", "zhangsan")]
    [InlineData("dingtalk", "union-7")]
    public async Task A_service_with_names_of_its_own_signs_in_as_well(string service, string subject)
    {
        await _app.AddAccountAsync(_user, Role.Inspector);
        using Traveller somebody = new(_app);
        (await somebody.TravelAsync(service)).ShouldBe($"/login?service={service}", subject);
        // What WeCom takes.
        fixture.Odd.State.ShouldMatch("^[A-Za-z0-9_-]{1,128}$");
        await somebody.SignInByPasswordAsync(_user);
        (await somebody.LinkAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        using Traveller later = new(_app);
        await later.TravelAsync(service);
        (await later.SignInAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await later.Pages.Http.DeleteAsync($"/api/account/services/{service}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_locked_account_and_one_out_of_office_do_not_get_in()
    {
        await LinkAsync(_user);
        using SignedIn administrator = await _app.SignInAsync("administrator");
        (await administrator.Http.PutAsJsonAsync($"/api/accounts/{_user}/lock", new { locked = true }, Cancelled))
            .EnsureSuccessStatusCode();
        using Traveller later = Arriving(_user);
        await later.TravelAsync("district");
        using (HttpResponseMessage locked = await later.SignInAsync())
        {
            await locked.ShouldBeProblem(HttpStatusCode.Forbidden, "account-closed");
        }

        (await administrator.Http.PutAsJsonAsync($"/api/accounts/{_user}/lock", new { locked = false }, Cancelled))
            .EnsureSuccessStatusCode();
        (await administrator.Http.PutAsJsonAsync($"/api/accounts/{_user}", new
        {
            userName = _user,
            displayName = _user,
            role = "inspector",
            officeUntil = DateTime.Now.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        }, Cancelled)).EnsureSuccessStatusCode();
        using HttpResponseMessage over = await later.SignInAsync();
        await over.ShouldBeProblem(HttpStatusCode.Forbidden, "office-over");
        (await later.SessionAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_second_factor_is_asked_for_all_the_same_and_wrong_codes_are_throttled()
    {
        await LinkAsync(_user);
        using SignedIn here = await _app.SignInAsync(_user);
        (byte[] secret, _) = await SecondFactorTests.SetUpAsync(here);
        using Traveller later = Arriving(_user);
        await later.TravelAsync("district");
        using (HttpResponseMessage without = await later.SignInAsync())
        {
            await without.ShouldBeProblem(HttpStatusCode.Unauthorized, "code-needed");
        }

        using (HttpResponseMessage wrong = await later.SignInAsync("000000"))
        {
            await wrong.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-code");
        }

        (await later.SessionAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        (await later.SignInAsync(SecondFactorTests.CodeOf(secret, 1))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using Traveller guesser = Arriving(_user);
        await guesser.TravelAsync("district");
        for (int guess = 0; guess < 4; guess++)
        {
            (await guesser.SignInAsync($"11111{guess}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using HttpResponseMessage fifth = await guesser.SignInAsync("111119");
        await fifth.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
    }

    [Fact]
    public async Task One_person_at_a_service_is_one_account_and_one_account_is_one_person_there()
    {
        string other = $"{_user}x";
        await LinkAsync(_user);
        await _app.AddAccountAsync(other, Role.Inspector);
        using Traveller somebody = Arriving(_user);
        await somebody.TravelAsync("district");
        await somebody.SignInByPasswordAsync(other);
        using (HttpResponseMessage taken = await somebody.LinkAsync())
        {
            await taken.ShouldBeProblem(HttpStatusCode.Conflict, "linked-elsewhere");
        }

        fixture.Provider.Next = ("somebody else", ProviderFault.None);
        await somebody.TravelAsync("district");
        await somebody.SignInByPasswordAsync(_user);
        using HttpResponseMessage second = await somebody.LinkAsync();
        await second.ShouldBeProblem(HttpStatusCode.Conflict, "has-another-link");
    }

    [Fact]
    public async Task The_own_link_is_taken_away_and_opens_nothing_more()
    {
        await LinkAsync(_user);
        using Traveller somebody = Arriving(_user);
        await somebody.TravelAsync("district");
        (await somebody.SignInAsync()).StatusCode.ShouldBe(HttpStatusCode.OK);
        using Traveller waiting = Arriving(_user);
        await waiting.TravelAsync("district");

        (await somebody.Pages.Http.DeleteAsync("/api/account/services/district", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await ServiceAsync(somebody, "district")).GetProperty("linkedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await somebody.SessionAsync()).ShouldBe(HttpStatusCode.OK);
        await Trail.ShouldTellAsync(_app, _user, "account.service-unlinked", $"{_user} district");
        using HttpResponseMessage refused = await waiting.SignInAsync();
        await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "not-linked");
        using HttpResponseMessage again = await somebody.Pages.Http.DeleteAsync("/api/account/services/district", Cancelled);
        await again.ShouldBeProblem(HttpStatusCode.NotFound, "no-link");
    }

    [Fact]
    public async Task An_administrator_sees_a_link_and_takes_it_away_which_ends_the_sessions()
    {
        await LinkAsync(_user);
        using Traveller somebody = Arriving(_user);
        await somebody.TravelAsync("district");
        await somebody.SignInAsync();
        using SignedIn administrator = await _app.SignInAsync("administrator");
        JsonElement seen = await (await administrator.Http.GetAsync($"/api/accounts/{_user}/services", Cancelled)).JsonAsync();
        seen.GetProperty("services").EnumerateArray().ShouldHaveSingleItem().GetProperty("label").GetString().ShouldBe("区统一登录");

        JsonElement listed = await (await administrator.Http.GetAsync("/api/accounts", Cancelled)).JsonAsync();
        listed.GetProperty("accounts").EnumerateArray().Single(one => one.GetProperty("userName").GetString() == _user)
            .GetProperty("services").EnumerateArray().Select(one => one.GetString()).ShouldBe(["district"]);

        (await administrator.Http.DeleteAsync($"/api/accounts/{_user}/services/district", Cancelled)).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);

        await TakenAccessTests.UnauthorisedAsync(somebody.Pages.Http);
        await Trail.ShouldTellAsync(_app, "administrator", "account.service-unlinked", $"{_user} district");
        using SignedIn elsewhere = await _app.SignInAsync("schoolAdministrator");
        using HttpResponseMessage hidden = await elsewhere.Http.GetAsync($"/api/accounts/{_user}/services", Cancelled);
        await hidden.ShouldBeProblem(HttpStatusCode.NotFound, "unknown-account");
    }

    private async Task LinkAsync(string userName)
    {
        await _app.AddAccountAsync(userName, Role.Inspector);
        using Traveller somebody = Arriving(userName);
        await somebody.TravelAsync("district");
        await somebody.SignInByPasswordAsync(userName);
        (await somebody.LinkAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private Traveller Arriving(string subject)
    {
        fixture.Provider.Next = (subject, ProviderFault.None);
        return new Traveller(_app);
    }

    private static async Task<JsonElement> ServiceAsync(Traveller by, string name) =>
        (await (await by.Pages.Http.GetAsync("/api/account/services", Cancelled)).JsonAsync())
            .GetProperty("services").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
}

/// <summary>With the records in SQLite.</summary>
public sealed class ServiceLinksTests(ServicesFixture fixture) : ServiceLinks(fixture), IClassFixture<ServicesFixture>;

/// <summary>The same with the records in PostgreSQL.</summary>
public sealed class PostgreSqlServiceLinksTests(PostgreSqlServicesFixture fixture)
    : ServiceLinks(fixture), IClassFixture<PostgreSqlServicesFixture>;
