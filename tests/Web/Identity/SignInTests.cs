using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Identity;

/// <summary>Guessing is slow, tells nothing, and shuts nobody else out. Every test has addresses of its own, by the known proxy of this
/// host.</summary>
[Collection(WebCollection.Name)]
public sealed class SignInTests(AppFixture fixture)
{
    private const string Wrong = "not-the-password";

    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task What_is_answered_does_not_tell_whether_the_account_exists_or_is_locked()
    {
        await _app.AddAccountAsync("exists", Role.Inspector);
        await _app.AddAccountAsync("is-locked", Role.Inspector);
        await ChangeAsync("is-locked", (accounts, account) => accounts.SetLockoutEndDateAsync(account, DateTimeOffset.UtcNow.AddYears(1)));

        string[] existing = await GuessAsync("203.0.113.1", "exists", Wrong);
        string[] unknown = await GuessAsync("203.0.113.2", "does-not-exist", Wrong);
        string[] locked = await GuessAsync("203.0.113.3", "is-locked", RunningApp.Password);

        existing.Take(4).ShouldAllBe(answer => answer.StartsWith("401 wrong-credentials", StringComparison.Ordinal));
        existing.Skip(4).ShouldAllBe(answer => answer.StartsWith("423 locked-out", StringComparison.Ordinal));
        unknown.ShouldBe(existing);
        locked.ShouldBe(existing);
    }

    [Theory]
    [InlineData("lock-out-number", "LockoutEnd", "4070908800")]
    [InlineData("lock-out-word", "LockoutEnd", "for ever")]
    [InlineData("role-word", "Role", "nothing")]
    public async Task An_account_that_somebody_made_unreadable_by_hand_lets_nobody_in(string userName, string column, string value)
    {
        await _app.AddAccountAsync(userName, Role.Inspector);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(_app.Data, "xunke.db")};Default Timeout=20"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using SqliteCommand command = database.CreateCommand();
            command.CommandText = $"UPDATE AspNetUsers SET {column} = $value WHERE UserName = $user";
            command.Parameters.AddWithValue("$value", value);
            command.Parameters.AddWithValue("$user", userName);
            (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        }

        using HttpClient someone = From("203.0.113.90");
        using HttpResponseMessage answer = await SignInAsync(someone, userName, RunningApp.Password);

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-credentials");
    }

    [Fact]
    public async Task After_five_wrong_guesses_the_guesser_waits_even_with_the_right_password_and_nobody_else_does()
    {
        await _app.AddAccountAsync("guessed", Role.Inspector);
        using SignedIn owner = await _app.SignInAsync("guessed");
        using HttpClient stranger = From("203.0.113.10");
        for (int guess = 1; guess <= 5; guess++)
        {
            (await SignInAsync(stranger, "GUESSED", Wrong)).Dispose();
        }

        using HttpResponseMessage right = await SignInAsync(stranger, "guessed", RunningApp.Password);
        using HttpClient elsewhere = From("203.0.113.11");
        using HttpResponseMessage other = await SignInAsync(elsewhere, "guessed", RunningApp.Password);

        JsonElement problem = await right.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        problem.GetProperty("retryAfterSeconds").GetInt32().ShouldBeInRange(1, 300);
        right.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 300);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.Http.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_from_the_same_address_or_from_everywhere_do_not_keep_a_known_browser_out()
    {
        await _app.AddAccountAsync("hunted", Role.Administrator);
        using SignedIn browser = _app.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.20");
        using (HttpResponseMessage first = await SignInAsync(browser.Http, "hunted", RunningApp.Password))
        {
            first.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await browser.Http.DeleteAsync("/api/session");
        for (int address = 20; address < 50; address++)
        {
            using HttpClient stranger = From($"203.0.113.{address}");
            await GuessAsync(stranger, "hunted", Wrong, 5);
        }

        using HttpClient unknown = From("203.0.113.60");
        using HttpResponseMessage newBrowser = await SignInAsync(unknown, "hunted", RunningApp.Password);
        using HttpResponseMessage known = await SignInAsync(browser.Http, "hunted", RunningApp.Password);

        await newBrowser.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        known.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_known_browser_has_no_more_guesses_than_any_other()
    {
        await _app.AddAccountAsync("own-browser", Role.Inspector);
        using SignedIn browser = _app.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.70");
        (await SignInAsync(browser.Http, "own-browser", RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);

        string[] answers = await GuessAsync(browser.Http, "own-browser", Wrong, 7);

        answers[^1].ShouldStartWith("423");
        answers.Count(answer => answer.StartsWith("401", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_one_after_another()
    {
        await _app.AddAccountAsync("at-once", Role.Inspector);
        using HttpClient stranger = From("203.0.113.80");

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => SignInAsync(stranger, "at-once", Wrong)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBeLessThanOrEqualTo(4);
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Unauthorized || answer.StatusCode == HttpStatusCode.Locked);
    }

    [Fact]
    public async Task Addresses_count_by_failures_and_a_slash_64_is_one_address()
    {
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Identity:LoginsPerMinute", "10"]);
        for (int teacher = 0; teacher < 25; teacher++)
        {
            using HttpClient school = From("2001:db8:0:1::1", app);
            (await SignInAsync(school, "inspector", RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, $"{teacher}");
        }

        HttpStatusCode last = default;
        for (int address = 1; address <= 12; address++)
        {
            using HttpClient one = From($"2001:db8:0:2::{address:x}", app);
            using HttpResponseMessage answer = await SignInAsync(one, $"guess-{address}", Wrong);
            last = answer.StatusCode;
        }

        using HttpClient neighbour = From("2001:db8:0:2:ffff::1", app);
        using HttpClient otherNetwork = From("2001:db8:0:3::1", app);
        last.ShouldBe(HttpStatusCode.TooManyRequests);
        await (await SignInAsync(neighbour, "inspector", RunningApp.Password))
            .ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
        (await SignInAsync(otherNetwork, "inspector", RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private HttpClient From(string address, RunningApp? app = null)
    {
        HttpClient client = (app ?? _app).Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    private async Task<string[]> GuessAsync(string address, string userName, string password)
    {
        using HttpClient client = From(address);
        return await GuessAsync(client, userName, password, 7);
    }

    private static async Task<string[]> GuessAsync(HttpClient client, string userName, string password, int times)
    {
        var answers = new List<string>();
        for (int guess = 0; guess < times; guess++)
        {
            using HttpResponseMessage answer = await SignInAsync(client, userName, password);
            JsonElement problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
            answers.Add($"{(int)answer.StatusCode} {problem.GetProperty("code")} {problem.GetProperty("detail")} {problem.TryGetProperty("retryAfterSeconds", out _)}");
        }

        return [.. answers];
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string userName, string password) =>
        client.PostAsJsonAsync("/api/session", new { userName, password });

    private async Task ChangeAsync(string userName, Func<UserManager<Account>, Account, Task<IdentityResult>> change)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        UserManager<Account> accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        (await change(accounts, (await accounts.FindByNameAsync(userName))!)).Succeeded.ShouldBeTrue();
    }
}
