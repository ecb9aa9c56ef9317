using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Identity;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>What is not a whole sign-in at the service opens nothing, leads nowhere else and leaves nothing secret in the log.</summary>
public sealed class ServiceSignInTests : IAsyncLifetime
{
    private readonly MemoryLog _log = new();
    private OpenIdProvider _provider = null!;
    private OddService _odd = null!;
    private RunningApp _app = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_provider, _odd) = (await OpenIdProvider.StartAsync(), await OddService.StartAsync());
        _app = await RunningApp.StartAsync(
            null, services => services.AddLogging(logging => logging.AddProvider(_log)),
            [.. _provider.Arguments(0, "district"), .. _odd.DingTalk(1), "--Identity:AdministratorsNeedSecondFactor", "true"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _provider.DisposeAsync();
        await _odd.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task What_the_provider_does_wrong_is_refused()
    {
        foreach (ProviderFault fault in Enum.GetValues<ProviderFault>().Except([ProviderFault.None]))
        {
            using var somebody = new Traveller(_app);
            _provider.Next = ("inspector", fault);

            (await somebody.TravelAsync("district")).ShouldBe(
                $"/login?service=district&fault={(fault is ProviderFault.Cancelled ? "cancelled" : "failed")}", fault.ToString());

            await NobodyWaitsAsync(somebody);
        }

        using var right = new Traveller(_app);
        _provider.Next = ("inspector", ProviderFault.None);
        (await right.TravelAsync("district")).ShouldBe("/login?service=district");
        ShouldBeSilent(_provider.Secrets);
    }

    [Fact]
    public async Task Somebody_elses_or_a_made_up_state_is_refused()
    {
        foreach (string service in (string[])["district", "dingtalk"])
        {
            using var attacker = new Traveller(_app);
            using var victim = new Traveller(_app);
            _provider.Next = ("attacker", ProviderFault.None);
            Uri back = await attacker.GoAsync(service);
            await victim.GoAsync(service);

            (await victim.ReturnAsync(back)).ShouldBe($"/login?service={service}&fault=failed", "the attacker's link");
            await NobodyWaitsAsync(victim);
            string state = back.Query.Split("state=")[1].Split('&')[0];
            var madeUp = new Uri(back.AbsoluteUri.Replace(state, new string('A', 43), StringComparison.Ordinal));
            (await victim.ReturnAsync(madeUp)).ShouldBe($"/login?service={service}&fault=failed", "a made up state");
            await NobodyWaitsAsync(victim);
        }
    }

    [Fact]
    public async Task A_way_back_is_good_once()
    {
        foreach (string service in (string[])["district", "dingtalk"])
        {
            using var somebody = new Traveller(_app);
            _provider.Next = ("inspector", ProviderFault.None);
            Uri back = await somebody.GoAsync(service);
            (await somebody.ReturnAsync(back)).ShouldBe($"/login?service={service}");

            (await somebody.ReturnAsync(back)).ShouldBe($"/login?service={service}&fault=failed");
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/\t/evil.example/")]
    [InlineData("evil.example")]
    [InlineData("")]
    public async Task Nothing_leads_to_another_site(string returnTo)
    {
        using var somebody = new Traveller(_app);
        using HttpResponseMessage refused = await somebody.BeginAsync("district", returnTo);
        await refused.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-return");
    }

    [Fact]
    public async Task Only_a_page_of_this_server_begins_and_the_cookies_are_as_narrow_as_can_be()
    {
        using var somebody = new Traveller(_app);
        using (var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri(_app.Address, "/api/session/services/district")))
        {
            foreign.Headers.Add("Origin", "http://evil.example");
            foreign.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using HttpClient anyone = _app.Anonymous();
            using HttpResponseMessage refused = await anyone.SendAsync(foreign, Cancelled);
            await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "cross-origin");
        }

        _provider.Next = ("inspector", ProviderFault.None);
        using HttpResponseMessage begun = await somebody.BeginAsync("district");
        foreach (string cookie in begun.Headers.GetValues("Set-Cookie"))
        {
            cookie.ShouldContain("samesite=lax");
            cookie.ShouldContain("httponly");
            cookie.ShouldContain("path=/signed-in/district");
        }

        using HttpResponseMessage back = await somebody.FollowAsync(await somebody.GoAsync("district"));
        string waiting = back.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("xunke-service=", StringComparison.Ordinal));
        waiting.ShouldContain("samesite=strict");
        waiting.ShouldContain("httponly");
        waiting.ShouldContain("path=/api");
        back.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
    }

    [Fact]
    public async Task An_administrator_under_the_rule_sets_up_a_second_factor_first()
    {
        using (var first = new Traveller(_app))
        {
            _provider.Next = ("administrator at the district", ProviderFault.None);
            await first.TravelAsync("district");
            await first.SignInByPasswordAsync("administrator");
            (await first.LinkAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        using var later = new Traveller(_app);
        await later.TravelAsync("district");
        JsonElement user = await (await later.SignInAsync()).JsonAsync();
        user.GetProperty("mustSetUpSecondFactor").GetBoolean().ShouldBeTrue();
        using HttpResponseMessage refused = await later.Pages.Http.GetAsync("/api/accounts", Cancelled);
        await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "second-factor-required");
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_told_and_the_password_works()
    {
        using var somebody = new Traveller(_app);
        string address = _provider.Address;
        await _provider.DisposeAsync();
        using (HttpResponseMessage down = await somebody.BeginAsync("district"))
        {
            (await down.ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "service-down"))
                .GetProperty("labelEn").GetString().ShouldBe("District sign-in");
        }

        await somebody.SignInByPasswordAsync("inspector");
        _provider = await OpenIdProvider.StartAsync(address);
        _provider.Next = ("inspector", ProviderFault.None);
        (await somebody.TravelAsync("district", "/account")).ShouldBe("/account?service=district");

        Uri back = await somebody.GoAsync("dingtalk", "/account");
        await _odd.DisposeAsync();
        (await somebody.ReturnAsync(back)).ShouldBe("/account?service=dingtalk&fault=down", "it went down in between");
        ShouldBeSilent([OddService.Secret, back.Query.Split("authCode=")[1].Split('&')[0]]);
    }

    [Fact]
    public async Task A_link_with_a_service_that_is_offered_no_more_opens_nothing()
    {
        string data = Directory.CreateTempSubdirectory("xunke-services-").FullName;
        string[] district = _provider.Arguments(0, "district");
        string cookie;
        await using (RunningApp app = await RunningApp.StartAsync(data, district))
        {
            using var somebody = new Traveller(app);
            _provider.Next = ("inspector", ProviderFault.None);
            await somebody.TravelAsync("district");
            await somebody.SignInByPasswordAsync("inspector");
            (await somebody.LinkAsync()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            await somebody.TravelAsync("district");
            cookie = somebody.Pages.Cookies.GetCookies(new Uri(app.Address, "/api/"))["xunke-service"]!.Value;
        }

        await using (RunningApp app = await RunningApp.StartAsync(data))
        {
            using var somebody = new Traveller(app);
            somebody.Pages.Cookies.Add(app.Address, new Cookie("xunke-service", cookie));
            using HttpResponseMessage refused = await somebody.SignInAsync();
            await refused.ShouldBeProblem(HttpStatusCode.BadRequest, "no-service-sign-in");
            await somebody.SignInByPasswordAsync("inspector");
            JsonElement own = await (await somebody.Pages.Http.GetAsync("/api/account/services", Cancelled)).JsonAsync();
            own.GetProperty("services").EnumerateArray().ShouldHaveSingleItem().GetProperty("isOffered").GetBoolean().ShouldBeFalse();
        }

        Directory.Delete(data, recursive: true);
    }

    private static async Task NobodyWaitsAsync(Traveller somebody)
    {
        using HttpResponseMessage refused = await somebody.SignInAsync();
        await refused.ShouldBeProblem(HttpStatusCode.BadRequest, "no-service-sign-in");
        using HttpResponseMessage nobody = await somebody.Pages.Http.GetAsync("/api/session/service", Cancelled);
        nobody.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await somebody.SessionAsync()).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private void ShouldBeSilent(IEnumerable<string> secrets)
    {
        string all = string.Join('\n', _log.Lines);
        all.ShouldContain("A sign-in by");
        foreach (string secret in secrets)
        {
            all.ShouldNotContain(secret);
        }
    }

    private sealed class MemoryLog : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Writer(Lines);

        public void Dispose() => Lines.Clear();

        private sealed class Writer(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }
}
