using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Analytics.Models;
using Xunke.Tests.Support;
using Xunke.Web;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web;

/// <summary>The real server in this process: real Kestrel, real SQLite in a directory of its own, real media socket, no cameras.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";

    private readonly WebApplication _app;
    private readonly bool _ownsData;

    private RunningApp(WebApplication app, string data, bool ownsData, string? database)
    {
        (_app, Data, _ownsData) = (app, data, ownsData);
        ConsoleArguments = database is null ? ["--data", data] : ["--data", data, "--database", database];
    }

    /// <summary>What a command at the console is told, so that it finds this server's records.</summary>
    public string[] ConsoleArguments { get; }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    public Uri Address => new(_app.Urls.First());

    public IServiceProvider Services => _app.Services;

    public static Task<RunningApp> StartAsync(string? data = null, params string[] more) => StartAsync(data, null, more);

    /// <summary>Starts the server with some of its services replaced.</summary>
    public static async Task<RunningApp> StartAsync(string? data, Action<IServiceCollection>? replace, params string[] more)
    {
        bool ownsData = data is null;
        data ??= Path.Combine(Path.GetTempPath(), $"xunke-web-{Guid.NewGuid():N}");
        WebApplication app = Server.Build(StartArguments.Parse(
        [
            "--urls", "http://127.0.0.1:0",
            "--data", data,
            "--Media:UdpPort", "0",
            "--Decoding:Workers", "1",
            "--Analysis:Workers", "1",
            // Converting the models takes seconds; they are the same for every test.
            "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
            "--Identity:LoginsPerMinute", "10000",
            "--Demo:Password", Password,
            "--Demo:Cameras", "false",
            // With a timetable, when a lesson begins would depend on the time of day.
            "--Demo:Timetable", "false",
            // How full the machine's disk is must not decide about tests.
            "--Recording:AlertFreeGigabytes", "0",
            "--Recording:StopFreeGigabytes", "0",
            .. more,
        ]), replace);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new RunningApp(app, data, ownsData, more.SkipWhile(word => word != "--database").Skip(1).FirstOrDefault());
    }

    /// <summary>A client without a session.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>A browser without a session, as its pages send.</summary>
    public SignedIn Browser()
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return new SignedIn(client, cookies);
    }

    /// <summary>A browser that is signed in.</summary>
    public async Task<SignedIn> SignInAsync(string userName)
    {
        SignedIn browser = Browser();
        using HttpResponseMessage answer = await browser.Http.PostAsJsonAsync("/api/session", new { userName, password = Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return browser;
    }

    /// <summary>Who asks for a row of the matrix: a person's browser, a machine with its token, or nobody.</summary>
    public async Task<SignedIn> CallerAsync(string? name) =>
        name is null ? Browser() : name.StartsWith("machine", StringComparison.Ordinal) ? Machine(SecretOf(name)) : await SignInAsync(name);

    /// <summary>Another program that shows a token.</summary>
    public SignedIn Machine(string secret)
    {
        SignedIn machine = Browser();
        machine.Http.DefaultRequestHeaders.Remove("Origin");
        machine.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return machine;
    }

    /// <summary>Adds a token with a secret made of its name.</summary>
    public async Task AddMachineAsync(string name, string scopes, string? schoolId = null)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.MachineTokens.Add(new MachineToken
        {
            Id = Guid.NewGuid(),
            Name = name,
            Digest = LinkToken.DigestOf(SecretOf(name)),
            Scopes = scopes,
            SchoolId = schoolId,
            MadeBy = "administrator",
            MadeAt = DateTimeOffset.UtcNow,
            ExpiresAt = DateTimeOffset.UtcNow.AddDays(1),
        });
        await records.SaveChangesAsync();
    }

    private static string SecretOf(string name) => $"{MachineIdentity.Prefix}{name}";

    /// <summary>A client that sends this session's cookie, and keeps it whatever it is told.</summary>
    public HttpClient Replaying(string cookie)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        client.DefaultRequestHeaders.Add("Cookie", $"xunke={cookie}");
        return client;
    }

    /// <summary>A client with a room's key, as its camera has.</summary>
    public async Task<HttpClient> CameraAsync(string roomId)
    {
        using SignedIn administrator = await SignInAsync("administrator");
        JsonElement rooms = await (await administrator.Http.GetAsync($"/api/admin/rooms?schoolId={roomId[..3]}")).JsonAsync();
        string key = rooms.EnumerateArray()
            .Single(room => room.GetProperty("roomId").GetString() == roomId).GetProperty("key").GetString()!;
        HttpClient camera = Anonymous();
        camera.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return camera;
    }

    /// <summary>Adds an account with the usual password.</summary>
    public async Task AddAccountAsync(string userName, Role role, string? schoolId = null, string? schools = null)
    {
        await using AsyncServiceScope scope = Services.CreateAsyncScope();
        UserManager<Account> accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        IdentityResult result = await accounts.CreateAsync(
            new Account { UserName = userName, DisplayName = userName, Role = role, SchoolId = schoolId, ScopeSchools = schools },
            Password);
        result.Succeeded.ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}

/// <summary>Someone's browser.</summary>
internal sealed record SignedIn(HttpClient Http, CookieContainer Cookies) : IDisposable
{
    /// <summary>The session's cookie.</summary>
    public string Cookie => Cookies.GetCookies(Http.BaseAddress!)["xunke"]!.Value;

    /// <summary>A started connection to the live hub.</summary>
    public async Task<HubConnection> ConnectAsync()
    {
        HubConnection hub = Build();
        await hub.StartAsync();
        return hub;
    }

    /// <summary>A connection to the live hub that is yet to be started.</summary>
    public HubConnection Build() => new HubConnectionBuilder()
        .WithUrl(new Uri(Http.BaseAddress!, "/hubs/live"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.Cookies = Cookies;
            if (Http.DefaultRequestHeaders.Authorization is { } token)
            {
                options.Headers["Authorization"] = token.ToString();
            }

            options.Headers["Origin"] = Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        })
        .AddJsonProtocol(options => Xunke.Web.Hosting.Json.Apply(options.PayloadSerializerOptions))
        .Build();

    public void Dispose() => Http.Dispose();
}

internal static class HttpAnswers
{
    public static Uri ToWebSocket(this Uri address) => new UriBuilder(address) { Scheme = "ws" }.Uri;

    /// <summary>Checks the status and the code of a problem+json answer.</summary>
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(body);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer)
    {
        string body = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.StatusCode} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
