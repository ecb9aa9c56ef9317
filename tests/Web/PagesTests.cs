using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Xunke.Tests.Web;

[Collection(WebCollection.Name)]
public sealed class PagesTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/schools/s01")]
    [InlineData("/rooms/s01-301")]
    public async Task Every_page_of_the_client_is_its_index_and_is_asked_for_anew(string path)
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await client.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("巡课");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        string policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("script-src 'self'");
        answer.Headers.GetValues("Permissions-Policy").ShouldHaveSingleItem().ShouldContain("camera=()");
    }

    [Fact]
    public async Task Assets_are_kept_for_good()
    {
        using HttpClient client = _app.Anonymous();

        using HttpResponseMessage answer = await client.GetAsync("/assets/page-0123abcd.js");

        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Theory]
    [InlineData("/assets/gone-0123abcd.js")]
    [InlineData("/../xunke.dll")]
    public async Task A_file_that_is_not_there_is_no_page(string path)
    {
        using HttpClient client = _app.Anonymous();

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_server_says_that_it_runs()
    {
        using HttpClient client = _app.Anonymous();

        (await client.GetStringAsync("/health/live")).ShouldBe("Healthy");
    }

    [Fact]
    public async Task The_api_description_has_every_route_with_a_summary()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        JsonElement document = JsonSerializer.Deserialize<JsonElement>(await administrator.Http.GetStringAsync("/openapi/v1.json"));
        JsonElement paths = document.GetProperty("paths");
        int operations = 0;
        foreach (RouteEndpoint route in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string path = "/" + Regex.Replace(route.RoutePattern.RawText!.Trim('/'), ":[a-z]+}", "}");
            bool described = path.StartsWith("/api", StringComparison.Ordinal)
                || path.StartsWith("/whip", StringComparison.Ordinal) || path.StartsWith("/whep", StringComparison.Ordinal);
            foreach (string method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            {
                if (described && method != HttpMethods.Options)
                {
                    paths.TryGetProperty(path, out JsonElement item).ShouldBeTrue(path);
                    item.TryGetProperty(method.ToLowerInvariant(), out JsonElement operation).ShouldBeTrue($"{method} {path}");
                    operation.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
                    operations++;
                }
            }
        }

        operations.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task The_api_page_comes_from_the_server_alone_and_runs_no_other_script()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");

        using HttpResponseMessage answer = await administrator.Http.GetAsync("/openapi/docs/");

        string page = await answer.Content.ReadAsStringAsync();
        string nonce = Regex.Match(page, "nonce=\"([^\"]+)\"").Groups[1].Value;
        nonce.Length.ShouldBeGreaterThan(15);
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain($"script-src 'self' 'nonce-{nonce}';");
        page.ShouldNotContain("//cdn");
        page.ShouldNotContain("https://");
    }
}
