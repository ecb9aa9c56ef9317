using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using Xunke.Web.Identity;

namespace Xunke.Web.Hosting;

/// <summary>
/// The API's own description, for administrators and for the client's types: <c>/openapi/v1.json</c>; to read and try at
/// <c>/openapi/docs</c>.
/// </summary>
internal static class OpenApiFeature
{
    private const string Document = "v1";

    public static void AddApiDescription(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi(Document, options => options
            .AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Xunke 巡课";
                document.Info.Description = "The HTTP API of Xunke. Live views come over the SignalR hub /hubs/live.";
                // Addresses are relative to wherever this was read.
                document.Servers?.Clear();
                return Task.CompletedTask;
            })
            .AddSchemaTransformer((schema, context, _) =>
            {
                Type kind = context.JsonTypeInfo.Type;
                if (kind.IsEnum && kind.IsDefined(typeof(FlagsAttribute), inherit: false))
                {
                    // One of these words is what is sent and taken, never several.
                    schema.Type = null;
                    schema.Enum = [.. Enum.GetNames(kind).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))];
                }

                // Numbers in quotes are taken, but none are sent, and nobody should begin to send them.
                if (schema.Type is { } type && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
                {
                    schema.Type = type & ~JsonSchemaType.String;
                    schema.Pattern = null;
                }

                return Task.CompletedTask;
            }));

    /// <summary>Describes what the hub sends, which no route answers.</summary>
    public static void DescribePushed(this WebApplicationBuilder builder, params Type[] pushed) =>
        builder.Services.Configure<OpenApiOptions>(
            Document, options => options.AddDocumentTransformer(async (document, context, cancellationToken) =>
        {
            foreach (Type type in pushed)
            {
                OpenApiSchema schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellationToken);
                document.AddComponent(type.Name, schema);
            }
        }));

    public static void MapApiDescription(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi().Require(Permission.ReadOperations).OpenToMachines();
        // Schools' networks may have no way out: nothing of the page comes from elsewhere.
        app.MapScalarApiReference("/openapi/docs", page => page
                .WithTitle("Xunke 巡课 API")
                .WithNonce()
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideDeveloperTools()
                .HideClientButton())
            .Require(Permission.ReadOperations);
    }
}
