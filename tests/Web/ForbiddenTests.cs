using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Xunke.Tests.Web;

/// <summary>What each role must not reach.</summary>
[Collection(WebCollection.Name)]
public sealed class ForbiddenTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    [Fact]
    public async Task Every_route_of_the_api_refuses_who_is_not_signed_in()
    {
        using HttpClient client = _app.Anonymous();
        int tried = 0;
        foreach (RouteEndpoint route in _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string path = Fill(route.RoutePattern);
            if (!path.StartsWith("/api", StringComparison.Ordinal)
                && !path.StartsWith("/whep", StringComparison.Ordinal) && !path.StartsWith("/hubs", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (string method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                // Signing in, with a service too, and choosing a password with a link, is for those who are not.
                if ((path.TrimEnd('/') == "/api/session" && method != "GET")
                    || path.StartsWith("/api/session/service", StringComparison.Ordinal)
                    || path.StartsWith("/api/invitations", StringComparison.Ordinal))
                {
                    continue;
                }

                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                string type = !path.StartsWith("/whep", StringComparison.Ordinal)
                    ? route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes[0] ?? "application/json"
                    : method == "PATCH" ? "application/trickle-ice-sdpfrag" : "application/sdp";
                request.Content = method is "POST" or "PATCH" ? new StringContent("{}", new MediaTypeHeaderValue(type)) : null;
                using HttpResponseMessage answer = await client.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(12);
    }

    [Theory]
    [InlineData("/api/schools/s02/rooms")]
    [InlineData("/api/rooms/s02-501")]
    [InlineData("/api/rooms/s02-501/history")]
    [InlineData("/api/admin/rooms?schoolId=s01")]
    [InlineData("/api/admin/audit/verification")]
    public async Task A_principal_reads_no_other_school_and_nothing_of_the_administration(string path)
    {
        using SignedIn principal = await _app.SignInAsync("principal");

        using HttpResponseMessage answer = await principal.Http.GetAsync(path);

        await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_principal_is_shown_the_own_school_only()
    {
        using SignedIn principal = await _app.SignInAsync("principal2");

        var schools = await (await principal.Http.GetAsync("/api/schools")).JsonAsync();

        schools.EnumerateArray().ShouldHaveSingleItem().GetProperty("schoolId").GetString().ShouldBe("s02");
    }

    [Fact]
    public async Task A_principal_cannot_visit_a_room_of_another_school()
    {
        using SignedIn principal = await _app.SignInAsync("principal");

        using HttpResponseMessage answer = await principal.Http.PostAsJsonAsync("/api/visits", new { roomId = "s02-501", purpose = "看看" });

        await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("inspector")]
    [InlineData("principal")]
    public async Task Only_administrators_read_or_rotate_keys(string userName)
    {
        using SignedIn someone = await _app.SignInAsync(userName);

        using HttpResponseMessage read = await someone.Http.GetAsync("/api/admin/rooms?schoolId=s01");
        using HttpResponseMessage rotate = await someone.Http.PostAsync("/api/admin/rooms/s01-101/key", null);

        await read.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        await rotate.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("GET", "/api/rooms/{0}")]
    [InlineData("GET", "/api/rooms/{0}/history")]
    [InlineData("GET", "/api/rooms/{0}/media")]
    [InlineData("GET", "/api/rooms/{0}/speech")]
    [InlineData("GET", "/api/rooms/{0}/recording")]
    [InlineData("POST", "/whep/{0}")]
    [InlineData("POST", "/api/visits")]
    public async Task A_principal_is_not_told_which_rooms_other_schools_have(string method, string path)
    {
        using SignedIn principal = await _app.SignInAsync("principal");

        foreach (string roomId in (string[])["s02-501", "nowhere"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), string.Format(null, path, roomId));
            request.Content = path == "/api/visits" ? JsonContent.Create(new { roomId, purpose = "看看" }) : null;
            using HttpResponseMessage answer = await principal.Http.SendAsync(request);
            await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Theory]
    [InlineData("/api/rooms/nowhere")]
    [InlineData("/api/rooms/nowhere/history")]
    [InlineData("/api/schools/nowhere/rooms")]
    [InlineData("/api/no-such-route")]
    public async Task What_does_not_exist_is_answered_404_as_a_problem(string path)
    {
        using SignedIn inspector = await _app.SignInAsync("inspector");

        using HttpResponseMessage answer = await inspector.Http.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    private static string Fill(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart id when id.ParameterPolicies.Any(policy => policy.Content == "guid") => Guid.Empty.ToString(),
            RoutePatternParameterPart { Name: "number" } => "1",
            RoutePatternParameterPart { Name: "schoolId" } => "s01",
            RoutePatternParameterPart { Name: "roomId" } => "s01-101",
            _ => "x",
        }))));
}
