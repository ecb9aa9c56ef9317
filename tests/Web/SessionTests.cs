using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Xunke.Tests.Support;

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

    [Theory]
    [InlineData("inspector", "watchDistrict", "district")]
    [InlineData("inspector", "seeVisits", "own")]
    [InlineData("inspector", "manageRooms", null)]
    [InlineData("principal", "seeVisits", "school")]
    [InlineData("principal", "watchDistrict", null)]
    [InlineData("administrator", "manageRooms", "district")]
    public async Task Whoever_signs_in_is_told_what_they_may_do_and_how_far_it_reaches(string userName, string permission, string? reach)
    {
        using SignedIn someone = await _app.SignInAsync(userName);

        JsonElement user = await (await someone.Http.GetAsync("/api/session")).JsonAsync();

        user.GetProperty("permissions").EnumerateArray()
            .Where(grant => grant.GetProperty("permission").GetString() == permission)
            .Select(grant => grant.GetProperty("reach").GetString())
            .ShouldBe(reach is null ? [] : [reach]);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await SignInAsync(client, "inspector", RunningApp.Password);

        foreach (string cookie in answer.Headers.GetValues("Set-Cookie"))
        {
            cookie.ShouldContain("httponly");
            cookie.ShouldContain("samesite=strict");
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(null, null)]
    [InlineData("inspector", "")]
    public async Task What_are_no_credentials_gets_the_answer_of_wrong_ones(string? userName, string? password)
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await SignInAsync(client, userName, password);

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "wrong-credentials");
    }

    [Fact]
    public async Task Nobody_is_signed_in_without_a_cookie()
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await client.GetAsync("/api/session");

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copy_of_the_cookie_too()
    {
        using SignedIn someone = await _app.SignInAsync("inspector");
        using HttpClient copy = _app.Replaying(someone.Cookie);

        (await someone.Http.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await someone.Http.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await copy.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await copy.PostAsJsonAsync("/api/visits", new { roomId = "s03-106", purpose = "测试" })).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Signing_in_anew_in_the_same_browser_ends_the_session_of_before()
    {
        using SignedIn someone = await _app.SignInAsync("inspector");
        using HttpClient before = _app.Replaying(someone.Cookie);

        (await SignInAsync(someone.Http, "inspector2", RunningApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await before.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await someone.Http.GetAsync("/api/session")).JsonAsync()).GetProperty("userName").GetString().ShouldBe("inspector2");
    }

    [Fact]
    public async Task A_session_ends_after_its_longest_time_however_much_it_is_used()
    {
        // 7 seconds.
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Identity:SessionLongestHours", "0.002"]);
        using SignedIn someone = await app.SignInAsync("inspector");
        using HttpClient copy = app.Replaying(someone.Cookie);
        await using HubConnection hub = await someone.ConnectAsync();

        await Eventually.TrueAsync(
            async () => (await copy.GetAsync("/api/session")).StatusCode == HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));

        await Eventually.TrueAsync(() => hub.State == HubConnectionState.Disconnected);
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
