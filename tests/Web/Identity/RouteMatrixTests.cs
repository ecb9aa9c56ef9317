using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Web.Changes;
using Xunke.Web.Live;

namespace Xunke.Tests.Web.Identity;

/// <summary>Every route, every hub method and every group of the hub, for every kind of caller: routes.txt.</summary>
[Collection(WebCollection.Name)]
public sealed class RouteMatrixTests(AppFixture fixture)
{
    private readonly RunningApp _app = fixture.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_route_hub_method_and_group_has_one_row()
    {
        IEnumerable<string> routes = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(RouteRow.KeysOf);
        IEnumerable<string> methods = typeof(LiveHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method && method.Name != nameof(LiveHub.Dispose))
            .Select(method => $"{RouteRow.Hub} {method.Name}");

        IEnumerable<string> groups = Enum.GetNames<Topic>()
            .Select(topic => $"{RouteRow.Group} {JsonNamingPolicy.CamelCase.ConvertName(topic)}");

        RouteRow.ReadAll().Select(row => row.Key)
            .Order().ShouldBe(routes.Concat(methods).Concat(groups).Distinct().Order(), "add a row to routes.txt");
    }

    [Fact]
    public async Task Every_caller_gets_what_the_matrix_says()
    {
        List<SignedIn> callers = [];
        foreach (string? userName in RouteRow.Callers)
        {
            callers.Add(await _app.CallerAsync(userName));
        }

        var wrong = new List<string>();
        // Signing out last, for it ends the callers.
        foreach (RouteRow row in RouteRow.ReadAll().Where(row => !row.IsOfHub).OrderBy(row => row.Key == "DELETE /api/session"))
        {
            string[] found = await Task.WhenAll(callers.Select(caller => AskAsync(caller.Http, row, RouteRow.Room, RouteRow.School)));
            if (!found.SequenceEqual(row.Expected))
            {
                wrong.Add($"{row.Key}: {string.Join(' ', found)}, not {string.Join(' ', row.Expected)}");
            }
        }

        wrong.ShouldBeEmpty();
        callers.ForEach(caller => caller.Dispose());
    }

    [Fact]
    public async Task Every_caller_gets_from_the_hub_what_the_matrix_says()
    {
        var wrong = new List<string>();
        for (int i = 1; i < RouteRow.Callers.Length; i++)
        {
            using SignedIn caller = await _app.CallerAsync(RouteRow.Callers[i]!);
            await using HubConnection hub = caller.Build();
            bool connected = await TryStartAsync(hub);
            foreach (RouteRow row in RouteRow.ReadAll().Where(row => row.IsOfHub))
            {
                string found = connected ? await InvokeAsync(hub, row) : "none";
                if (found != row.Expected[i])
                {
                    wrong.Add($"{row.Pattern} {RouteRow.Callers[i]}: {found}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_room_of_another_school_and_one_that_does_not_exist_are_told_the_same()
    {
        using SignedIn principal = await _app.SignInAsync("principal2");
        foreach (RouteRow row in RouteRow.ReadAll().Where(row => row.Pattern.Contains("{roomId}", StringComparison.Ordinal)
            || row.Pattern.Contains("{schoolId}", StringComparison.Ordinal)))
        {
            string others = await TellAsync(principal.Http, row, RouteRow.Room, RouteRow.School);
            string nowhere = await TellAsync(principal.Http, row, "nowhere", "nowhere");

            nowhere.Replace("nowhere", RouteRow.Room, StringComparison.Ordinal)
                .ShouldBe(others.Replace(RouteRow.School + "/", RouteRow.Room + "/", StringComparison.Ordinal), row.Key);
        }
    }

    [Fact]
    public async Task Bodies_that_a_form_can_send_are_not_taken()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        foreach (RouteRow row in RouteRow.ReadAll().Where(row => row.Body is not null))
        {
            foreach (string type in (string[])["text/plain", "application/x-www-form-urlencoded"])
            {
                using HttpRequestMessage request = Request(row, RouteRow.Room, RouteRow.School, type);
                using HttpResponseMessage answer = await administrator.Http.SendAsync(request, Cancellation);
                ((int)answer.StatusCode).ShouldBeOneOf([401, 403, 404, 415], $"{row.Key} {type}");
            }
        }
    }

    private static async Task<string> AskAsync(HttpClient client, RouteRow row, string room, string school)
    {
        using HttpRequestMessage request = Request(row, room, school);
        using HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
        return ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> TellAsync(HttpClient client, RouteRow row, string room, string school)
    {
        using HttpRequestMessage request = Request(row, room, school);
        using HttpResponseMessage answer = await client.SendAsync(request, Cancellation);
        string body = await answer.Content.ReadAsStringAsync(Cancellation);
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            JsonObject problem = JsonNode.Parse(body)!.AsObject();
            problem.Remove("traceId");
            body = problem.ToJsonString();
        }

        return $"{(int)answer.StatusCode} {answer.Headers.WwwAuthenticate} {body}";
    }

    private static HttpRequestMessage Request(RouteRow row, string room, string school, string? type = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(row.Method), row.PathFor(room, school));
        if (row.Body is not null)
        {
            type ??= row.Body[0] is '{' or '['
                ? "application/json" : row.Body == "bytes" ? "application/octet-stream"
                : row.Body == "form" ? "multipart/form-data; boundary=none" : row.Method == "PATCH" ? "application/trickle-ice-sdpfrag"
                : "application/sdp";
            request.Content = new StringContent(row.Body, MediaTypeHeaderValue.Parse(type));
        }

        return request;
    }

    // A machine is let into no hub at all.
    private static async Task<bool> TryStartAsync(HubConnection hub)
    {
        try
        {
            await hub.StartAsync(Cancellation);
            return true;
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            return false;
        }
    }

    private static async Task<string> InvokeAsync(HubConnection hub, RouteRow row)
    {
        (string method, string[] arguments) = row.Call;
        try
        {
            await hub.InvokeCoreAsync(method, arguments, Cancellation);
            return "ok";
        }
        catch (HubException refused)
        {
            return refused.Message.Split(' ')[^1];
        }
    }
}
