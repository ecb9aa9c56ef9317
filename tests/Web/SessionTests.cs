using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web;

[Collection(WebCollection.Name)]
public sealed class SessionTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Theory]
    [InlineData("inspector", "inspector", null)]
    [InlineData("principal", "principal", "s01")]
    [InlineData("administrator", "administrator", null)]
    public async Task Each_role_signs_in_and_is_told_who_it_is(string userName, string role, string? school)
    {
        using SignedIn someone = await _app.SignInAsync(userName);

        JsonElement user = await (await someone.Http.GetAsync("/api/session")).JsonAsync();

        user.GetProperty("userName").GetString().ShouldBe(userName);
        user.GetProperty("role").GetString().ShouldBe(role);
        user.GetProperty("schoolId").GetString().ShouldBe(school);
        (user.GetProperty("schoolName").GetString() is not null).ShouldBe(school is not null);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await SignInAsync(client, "inspector", RunningApp.Password);

        string cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
    }

    [Theory]
    [InlineData("inspector", "not-the-password")]
    [InlineData("nobody", RunningApp.Password)]
    [InlineData("", "")]
    [InlineData(null, null)]
    public async Task Wrong_credentials_get_the_same_answer_whether_the_account_exists_or_not(string? userName, string? password)
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await SignInAsync(client, userName, password);

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-credentials");
    }

    [Fact]
    public async Task Five_wrong_guesses_lock_the_account_even_against_the_right_password()
    {
        await _app.AddAccountAsync("guessed", Role.Inspector);
        using HttpClient client = _app.Anonymous();
        for (int guess = 1; guess <= 4; guess++)
        {
            using HttpResponseMessage wrong = await SignInAsync(client, "guessed", $"guess number {guess}");
            await wrong.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-credentials");
        }

        using HttpResponseMessage fifth = await SignInAsync(client, "guessed", "guess number 5");
        using HttpResponseMessage right = await SignInAsync(client, "guessed", RunningApp.Password);

        await fifth.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        JsonElement problem = await right.ShouldBeProblem(HttpStatusCode.Locked, "locked-out");
        problem.GetProperty("retryAfterSeconds").GetInt32().ShouldBeInRange(1, 300);
    }

    [Fact]
    public async Task Nobody_is_signed_in_without_a_cookie()
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await client.GetAsync("/api/session");

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        using SignedIn someone = await _app.SignInAsync("inspector");

        (await someone.Http.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await someone.Http.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Malformed_json_is_answered_400_as_a_problem()
    {
        using HttpClient client = _app.Anonymous();
        using var broken = new StringContent("{\"userName\":", System.Text.Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await client.PostAsync("/api/session", broken);

        await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_page_of_another_origin_cannot_use_the_cookie(string site)
    {
        using SignedIn someone = await _app.SignInAsync("inspector");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        request.Headers.Add("Sec-Fetch-Site", site);

        using HttpResponseMessage answer = await someone.Http.SendAsync(request);

        await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "cross-origin");
    }

    private static Task<HttpResponseMessage> SignInAsync(HttpClient client, string? userName, string? password) =>
        client.PostAsJsonAsync("/api/session", new { userName, password });
}
