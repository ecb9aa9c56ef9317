using System.Text.Json;
using System.Text.Json.Nodes;
using Xunke.Tests.Docs;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Hosting;

/// <summary>The description of the API that the client's types are made of.</summary>
[Collection(WebCollection.Name)]
public sealed class ApiDescriptionTests(AppFixture fixture)
{
    private const string Update = "UPDATE_DOCS=1 ./test csharp Web/Hosting/ApiDescription, then npm run api-types in web/client";

    private static readonly JsonSerializerOptions Layout = new(Json.Options) { WriteIndented = true };

    [Fact]
    public async Task Client_has_the_description_that_the_server_gives()
    {
        using SignedIn administrator = await fixture.App.SignInAsync("administrator");
        string text = await administrator.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        text = JsonNode.Parse(text)!.ToJsonString(Layout) + '\n';
        string file = Path.Combine(Repository.Root, "web", "client", "src", "api", "openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))
            .ShouldBe(text, $"web/client/src/api/openapi.json is out of date; write it anew: {Update}");
    }
}
