using Xunke.Web.Identity;

namespace Xunke.Web.Hosting;

/// <summary>The API's own description, for administrators: <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiFeature
{
    public static void AddApiDescription(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Xunke 巡课";
            document.Info.Description = "The HTTP API of Xunke. Live views come over the SignalR hub /hubs/live.";
            return Task.CompletedTask;
        }));

    public static void MapApiDescription(this IEndpointRouteBuilder app) => app.MapOpenApi().Require(Permission.ReadOperations);
}
