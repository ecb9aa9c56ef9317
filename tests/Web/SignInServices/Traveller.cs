using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>A browser that goes to a service and comes back, step by step, as browsers do: by links of another site.</summary>
internal sealed class Traveller : IDisposable
{
    private readonly RunningApp _app;
    private readonly HttpClient _links;

    public Traveller(RunningApp app)
    {
        (_app, Pages) = (app, app.Browser());
        _links = new HttpClient(new SocketsHttpHandler { CookieContainer = Pages.Cookies, AllowAutoRedirect = false });
        _links.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
    }

    /// <summary>What its pages ask.</summary>
    public SignedIn Pages { get; }

    public void Dispose()
    {
        _links.Dispose();
        Pages.Dispose();
    }

    /// <summary>Asks where to go.</summary>
    public Task<HttpResponseMessage> BeginAsync(string service, string? returnTo = null) =>
        Pages.Http.PostAsJsonAsync($"/api/session/services/{service}", new { returnTo }, TestContext.Current.CancellationToken);

    /// <summary>Goes to the service; it sends the browser back.</summary>
    public async Task<Uri> GoAsync(string service, string? returnTo = null)
    {
        JsonElement begun = await (await BeginAsync(service, returnTo)).JsonAsync();
        using HttpResponseMessage there = await FollowAsync(new Uri(begun.GetProperty("address").GetString()!));
        there.StatusCode.ShouldBe(HttpStatusCode.Redirect, await there.Content.ReadAsStringAsync());
        return there.Headers.Location!;
    }

    /// <summary>Follows a link from another site.</summary>
    public Task<HttpResponseMessage> FollowAsync(Uri address) => _links.GetAsync(address, TestContext.Current.CancellationToken);

    /// <summary>Comes back.</summary>
    /// <returns>The page that it is led to.</returns>
    public async Task<string> ReturnAsync(Uri address)
    {
        using HttpResponseMessage back = await FollowAsync(address);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        return back.Headers.Location!.ToString();
    }

    /// <summary>There and back.</summary>
    public async Task<string> TravelAsync(string service, string? returnTo = null) => await ReturnAsync(await GoAsync(service, returnTo));

    /// <summary>Signs in as whom the service has named.</summary>
    public Task<HttpResponseMessage> SignInAsync(string? code = null) =>
        Pages.Http.PostAsJsonAsync("/api/session/service", new { code }, TestContext.Current.CancellationToken);

    /// <summary>Signs in with the usual password.</summary>
    public async Task SignInByPasswordAsync(string userName)
    {
        using HttpResponseMessage answer = await Pages.Http.PostAsJsonAsync(
            "/api/session", new { userName, password = RunningApp.Password }, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Links the account that is signed in.</summary>
    public Task<HttpResponseMessage> LinkAsync(string password = RunningApp.Password) =>
        Pages.Http.PostAsJsonAsync("/api/account/services", new { password }, TestContext.Current.CancellationToken);

    /// <summary>Whether anybody is signed in.</summary>
    public async Task<HttpStatusCode> SessionAsync() =>
        (await Pages.Http.GetAsync("/api/session", TestContext.Current.CancellationToken)).StatusCode;
}
