using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;
using Xunke.Web.Identity;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web.Identity;

/// <summary>
/// Every way to take access away ends all that hangs on it: the HTTP session, the hub connection, the visit, the picture and a
/// recording that is being played. Within seconds, though a busy machine is given longer here.
/// </summary>
[Collection(WebCollection.Name)]
public sealed class TakenAccessTests(AppFixture fixture)
{
    private const string Room = "s01-501";
    private const long Length = 256L * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("locked")]
    [InlineData("deleted")]
    [InlineData("role")]
    [InlineData("school")]
    [InlineData("password")]
    [InlineData("stamp")]
    public Task Access_taken_away_in_the_server_ends_everything(string way) => EndsEverythingAsync(way, async (_, accounts, account) =>
    {
        IdentityResult result = await (way switch
        {
            "locked" => accounts.SetLockoutEndDateAsync(account, DateTimeOffset.UtcNow.AddYears(1)),
            "deleted" => accounts.DeleteAsync(account),
            "password" => accounts.ChangePasswordAsync(account, RunningApp.Password, "another-horse-battery"),
            "stamp" => accounts.UpdateSecurityStampAsync(account),
            _ => UpdateAsync(),
        });
        result.Succeeded.ShouldBeTrue();

        Task<IdentityResult> UpdateAsync()
        {
            account.Role = way == "role" ? Role.Inspector : account.Role;
            account.SchoolId = way == "school" ? "s02" : account.SchoolId;
            return accounts.UpdateAsync(account);
        }
    });

    [Theory]
    [InlineData("lock", "UPDATE AspNetUsers SET LockoutEnd = '2099-01-01 00:00:00+00:00' WHERE UserName = $user")]
    [InlineData("lock-date", "UPDATE AspNetUsers SET LockoutEnd = '2099-01-01' WHERE UserName = $user")]
    [InlineData("lock-number", "UPDATE AspNetUsers SET LockoutEnd = 4070908800 WHERE UserName = $user")]
    [InlineData("delete", "DELETE FROM AspNetUsers WHERE UserName = $user")]
    [InlineData("role", "UPDATE AspNetUsers SET Role = 'Inspector' WHERE UserName = $user")]
    [InlineData("no-role", "UPDATE AspNetUsers SET Role = 'nothing' WHERE UserName = $user")]
    [InlineData("school", "UPDATE AspNetUsers SET SchoolId = 's02' WHERE UserName = $user")]
    [InlineData("no-school", "UPDATE AspNetUsers SET SchoolId = NULL WHERE UserName = $user")]
    [InlineData("name",
        "UPDATE AspNetUsers SET UserName = UserName || '-x', NormalizedUserName = NormalizedUserName || '-X' WHERE UserName = $user")]
    [InlineData("stamp", "UPDATE AspNetUsers SET SecurityStamp = 'another' WHERE UserName = $user")]
    [InlineData("hash", "UPDATE AspNetUsers SET PasswordHash = NULL WHERE UserName = $user")]
    [InlineData("session", "DELETE FROM LoginSessions WHERE AccountId = (SELECT Id FROM AspNetUsers WHERE UserName = $user)")]
    public Task Access_taken_away_by_hand_in_the_database_ends_everything(string way, string statement) =>
        EndsEverythingAsync($"sql-{way}", async (_, _, account) =>
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(_app.Data, "xunke.db")};Default Timeout=20");
        await database.OpenAsync(Cancellation);
        await using SqliteCommand command = database.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddWithValue("$user", account.UserName);
        (await command.ExecuteNonQueryAsync(Cancellation)).ShouldBe(1);
    });

    [Fact]
    public Task Signing_out_ends_everything() => EndsEverythingAsync(
        "signed-out", async (someone, _, _) =>
            (await someone.DeleteAsync("/api/session", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent));

    [Fact]
    public Task A_session_that_was_not_used_for_too_long_ends_everything() => EndsEverythingAsync("idle", (_, _, account) =>
    {
        foreach (Login login in _app.Services.GetRequiredService<Logins>().All.Where(login => login.UserName == account.UserName))
        {
            login.Touch(DateTimeOffset.UtcNow.AddHours(-13));
        }

        return Task.CompletedTask;
    });

    [Fact]
    public async Task What_is_done_to_one_session_or_account_leaves_others_alone()
    {
        await _app.AddAccountAsync("taken-one", Role.Inspector);
        using SignedIn leaving = await _app.SignInAsync("taken-one");
        using SignedIn staying = await _app.SignInAsync("taken-one");
        await using HubConnection hub = await staying.ConnectAsync();
        Guid visit = await BeginAsync(staying.Http);
        await hub.InvokeAsync("BindVisit", visit, Cancellation);

        await leaving.Http.DeleteAsync("/api/session", Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(3), Cancellation);

        hub.State.ShouldBe(HubConnectionState.Connected);
        (await StoredAsync(visit)).To.ShouldBeNull();
        (await staying.Http.GetAsync("/api/session", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Waits until the session that a client sends is one no more.</summary>
    internal static Task UnauthorisedAsync(HttpClient client) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                return (await client.GetAsync("/api/session", Cancellation)).StatusCode == HttpStatusCode.Unauthorized;
            }
            catch (HttpRequestException)
            {
                // The request was under way when its session ended, and was cut with it.
                return false;
            }
        },
        Patience);

    private async Task EndsEverythingAsync(string way, Func<HttpClient, UserManager<Account>, Account, Task> take)
    {
        string userName = $"taken-{way}";
        await _app.AddAccountAsync(userName, Role.Principal, "s01");
        using SignedIn someone = await _app.SignInAsync(userName);
        using HttpClient copy = _app.Replaying(someone.Cookie);
        await using HubConnection hub = await someone.ConnectAsync();
        Guid visit = await BeginAsync(someone.Http);
        await hub.InvokeAsync("BindVisit", visit, Cancellation);
        await using TestPeer publisher = await PublishAsync();
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(await OfferAsync(someone.Http, $"/whep/{Room}?visitId={visit}", viewer.Offer("recvonly")), Cancellation);
        using HttpResponseMessage playing = await PlayAsync(someone.Http);
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        UserManager<Account> accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();

        await take(someone.Http, accounts, (await accounts.FindByNameAsync(userName))!);

        await Eventually.TrueAsync(() => hub.State == HubConnectionState.Disconnected, () => "the hub is still connected", Patience);
        await viewer.Closed.WaitAsync(Patience, Cancellation);
        await Eventually.TrueAsync(async () => (await StoredAsync(visit)).To is not null, Patience);
        await Should.ThrowAsync<IOException>(() => ReadAllAsync(playing));
        await UnauthorisedAsync(copy);
        (await copy.PostAsJsonAsync("/api/visits", new { roomId = Room, purpose = "再来" }, Cancellation)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized);
        (await copy.PatchAsync($"/whep/{Room}/none", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<TestPeer> PublishAsync()
    {
        using HttpClient camera = await _app.CameraAsync(Room);
        var publisher = new TestPeer();
        await publisher.ConnectAsync(await OfferAsync(camera, $"/whip/{Room}", publisher.Offer("sendonly")), Cancellation);
        return publisher;
    }

    // A recording that is far larger than what sockets buffer, so that its sending lasts.
    private async Task<HttpResponseMessage> PlayAsync(HttpClient someone)
    {
        var id = Guid.NewGuid();
        await using (AsyncServiceScope scope = _app.Services.CreateAsyncScope())
        {
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            DateTimeOffset now = DateTimeOffset.UtcNow;
            var recording = new Recording
            {
                Id = id,
                RoomId = Room,
                SchoolId = "s01",
                UserName = "administrator",
                DisplayName = "李静",
                Reason = "测试",
                Media = MediaKinds.Both,
                From = now.AddMinutes(-10),
                Until = now.AddMinutes(-5),
                To = now.AddMinutes(-5),
                Bytes = Length,
            };
            recording.Parts.Add(new StoredPart
            {
                Number = 1,
                OffsetMilliseconds = 0,
                LengthMilliseconds = 300_000,
                Bytes = Length,
                VideoCodec = VideoCodec.H264,
                Width = 1280,
                Height = 720,
                HasSound = true,
            });
            records.Recordings.Add(recording);
            await records.SaveChangesAsync(Cancellation);
        }

        RecordingFolders folders = _app.Services.GetRequiredService<RecordingFolders>();
        folders.Create(id);
        await using (FileStream file = File.Create(folders.Of(id, 1)))
        {
            file.SetLength(Length);
        }

        (await someone.PostAsync($"/api/recordings/{id}/plays", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        HttpResponseMessage answer =
            await someone.GetAsync($"/api/recordings/{id}/parts/1", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return answer;
    }

    private static async Task<long> ReadAllAsync(HttpResponseMessage answer)
    {
        await using Stream body = await answer.Content.ReadAsStreamAsync(Cancellation);
        byte[] buffer = new byte[1024 * 1024];
        long total = 0;
        for (int read; (read = await body.ReadAsync(buffer, Cancellation)) > 0;)
        {
            total += read;
        }

        return total;
    }

    private static async Task<string> OfferAsync(HttpClient client, string path, string offer)
    {
        using HttpResponseMessage answer =
            await client.PostAsync(path, new StringContent(offer, new MediaTypeHeaderValue("application/sdp")), Cancellation);
        string body = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, body);
        return body;
    }

    private static async Task<Guid> BeginAsync(HttpClient visitor)
    {
        using HttpResponseMessage answer =
            await visitor.PostAsJsonAsync("/api/visits", new { roomId = Room, purpose = "测试权限" }, Cancellation);
        return (await answer.JsonAsync()).GetProperty("visitId").GetGuid();
    }

    private async Task<Visit> StoredAsync(Guid id)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Visits.AsNoTracking()
            .SingleAsync(visit => visit.Id == id, Cancellation);
    }
}
