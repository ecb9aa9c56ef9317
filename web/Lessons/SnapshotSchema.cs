using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Xunke.Web.Analysis;

namespace Xunke.Web.Lessons;

/// <summary>
/// A snapshot in the API's description. Reports have a dialect of their own, so ASP.NET cannot describe them from the API's.
/// </summary>
internal static class SnapshotSchema
{
    /// <summary>Describes the answer of a route that sends a snapshot.</summary>
    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        OpenApiDocument document = context.Document!;
        var parts = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        ReportJson.ForBrowsers.LessonSnapshot.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (node, schema) => Shape(node, schema, parts),
        });
        foreach ((string name, JsonNode part) in parts)
        {
            document.AddComponent(
                name, OpenApiModelFactory.Parse<OpenApiSchema>(
                    part.ToJsonString(), OpenApiSpecVersion.OpenApi3_1, document, out _, OpenApiConstants.Json)!);
        }

        operation.Responses!["200"] = new OpenApiResponse
        {
            Description = "OK",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = new OpenApiSchemaReference(nameof(LessonSnapshot), document) },
            },
        };
        return Task.CompletedTask;
    }

    /// <summary>Says of a number that it is one, and gives every kind of object a part of its own.</summary>
    private static JsonNode Shape(JsonSchemaExporterContext context, JsonNode schema, SortedDictionary<string, JsonNode> parts)
    {
        Type type = context.TypeInfo.Type;
        bool isOptional = context.PropertyInfo?.ShouldSerialize is not null;
        bool isNull = !isOptional && (context.PropertyInfo?.IsGetNullable ?? Nullable.GetUnderlyingType(type) is not null);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(double) || type == typeof(float) || type == typeof(TimeSpan))
        {
            return new JsonObject { ["type"] = isNull ? new JsonArray("number", "null") : "number" };
        }

        if (context.TypeInfo.Kind is not JsonTypeInfoKind.Object)
        {
            if (!isNull && schema["type"] is JsonArray types)
            {
                schema["type"] = types[0]!.DeepClone();
            }

            return schema;
        }

        string name = type == typeof(LessonSnapshot) ? type.Name : $"Report{type.Name.Replace("Report", null, StringComparison.Ordinal)}";
        // Where a kind of object comes again, the exporter refers to its first place.
        if (!parts.ContainsKey(name))
        {
            schema["type"] = "object";
            schema["required"] = new JsonArray(
            [
                .. context.TypeInfo.Properties.Where(property => property.ShouldSerialize is null)
                    .Select(property => JsonValue.Create(property.Name)),
            ]);
            parts[name] = schema;
        }

        var reference = new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
        return isNull ? new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "null" }, reference) } : reference;
    }
}
