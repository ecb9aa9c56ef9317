using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Tests.Streaming.Sdp;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Identity;

/// <summary>A cookie that no session stands behind is nobody's: every address answers as it does without one, and takes it back.</summary>
[Collection(WebCollection.Name)]
public sealed class RevokedSessionTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Theory]
    [InlineData("deleted")]
    [InlineData("stamp")]
    [InlineData("signed-out")]
    public async Task The_cookie_of_a_session_that_was_revoked_is_nobodys(string way)
    {
        string userName = $"revoked-{way}";
        await _app.AddAccountAsync(userName, Role.Inspector);
        using SignedIn someone = await _app.SignInAsync(userName);
        string cookie = someone.Cookie;
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        UserManager<Account> accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        Account account = (await accounts.FindByNameAsync(userName))!;
        await (way switch
        {
            "deleted" => accounts.DeleteAsync(account),
            "stamp" => accounts.UpdateSecurityStampAsync(account),
            _ => (Task)someone.Http.DeleteAsync("/api/session"),
        });
        using HttpClient replayed = _app.Replaying(cookie);
        await TakenAccessTests.UnauthorisedAsync(replayed);

        await ShouldBeNobodyAsync(_app, cookie);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("chunks-3")]
    [InlineData("%00%ff")]
    public Task A_cookie_that_cannot_be_read_is_nobodys(string cookie) => ShouldBeNobodyAsync(_app, cookie);

    [Fact]
    public async Task A_session_outlives_a_restart_unless_its_account_was_changed_or_the_keys_or_the_database_are_others()
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("xunke-revoked-");
        try
        {
            string kept, changed;
            await using (RunningApp first = await RunningApp.StartAsync(data.FullName))
            {
                await first.AddAccountAsync("changed", Role.Inspector);
                using SignedIn one = await first.SignInAsync("inspector");
                using SignedIn other = await first.SignInAsync("changed");
                (kept, changed) = (one.Cookie, other.Cookie);
            }

            await using (var database = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "xunke.db")}"))
            {
                await database.OpenAsync();
                await using SqliteCommand change = database.CreateCommand();
                change.CommandText = "UPDATE AspNetUsers SET Role = 'Administrator' WHERE UserName = 'changed'";
                (await change.ExecuteNonQueryAsync()).ShouldBe(1);
            }

            await using (RunningApp second = await RunningApp.StartAsync(data.FullName))
            {
                using HttpClient one = second.Replaying(kept);
                (await one.GetAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.OK);
                await ShouldBeNobodyAsync(second, changed);
            }

            Directory.Delete(Path.Combine(data.FullName, "keys"), recursive: true);
            await using (RunningApp third = await RunningApp.StartAsync(data.FullName))
            {
                await ShouldBeNobodyAsync(third, kept);
            }

            SqliteConnection.ClearAllPools();
            Array.ForEach(data.GetFiles("xunke.db*"), file => file.Delete());
            await using (RunningApp fourth = await RunningApp.StartAsync(data.FullName))
            {
                await ShouldBeNobodyAsync(fourth, kept);
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task ShouldBeNobodyAsync(RunningApp app, string cookie)
    {
        using HttpClient client = app.Replaying(cookie);
        await CheckAsync(HttpMethod.Get, "/api/session", HttpStatusCode.Unauthorized);
        await CheckAsync(HttpMethod.Get, "/api/schools", HttpStatusCode.Unauthorized);
        await CheckAsync(HttpMethod.Get, "/", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/rooms/s01-101", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/assets/gone.js", HttpStatusCode.NotFound);
        await CheckAsync(HttpMethod.Get, "/health/live", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/metrics", HttpStatusCode.OK);
        await CheckAsync(HttpMethod.Get, "/openapi/v1.json", HttpStatusCode.Unauthorized);
        await CheckAsync(HttpMethod.Post, "/hubs/live/negotiate?negotiateVersion=1", HttpStatusCode.Unauthorized);
        await CheckAsync(HttpMethod.Post, "/whep/s01-101", HttpStatusCode.Unauthorized,
            new StringContent(Offers.FirefoxViewer, new MediaTypeHeaderValue("application/sdp")));
        await CheckAsync(HttpMethod.Post, "/whip/s01-101", HttpStatusCode.Unauthorized,
            new StringContent(Offers.ChromiumPublisher, new MediaTypeHeaderValue("application/sdp")));
        await CheckAsync(HttpMethod.Delete, "/api/session", HttpStatusCode.NoContent);
        using HttpResponseMessage asset = await client.GetAsync("/assets/page-0123abcd.js");
        asset.StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage signedIn =
            await client.PostAsJsonAsync("/api/session", new { userName = "principal", password = RunningApp.Password });
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
        signedIn.Headers.GetValues("Set-Cookie").Count(set => set.StartsWith("xunke=", StringComparison.Ordinal)).ShouldBe(1);

        async Task CheckAsync(HttpMethod method, string path, HttpStatusCode status, HttpContent? content = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using HttpResponseMessage answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(status, path);
            answer.Headers.GetValues("Set-Cookie").ShouldContain(set => set.StartsWith("xunke=;", StringComparison.Ordinal), path);
            answer.ShouldBeGuarded(path);
        }
    }
}
