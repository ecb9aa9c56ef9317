using System.Text.Json;
using System.Text.Json.Serialization;

namespace Xunke.Web.Hosting;

/// <summary>The one JSON dialect of the API and the hub: camelCase names, enums as camelCase words.</summary>
internal static class Json
{
    /// <summary>The options for what is written outside ASP.NET's own serialisers.</summary>
    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>Sets the dialect on a serialiser's options.</summary>
    public static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        return options;
    }

    public static void AddJson(this WebApplicationBuilder builder) =>
        builder.Services.ConfigureHttpJsonOptions(options => Apply(options.SerializerOptions));
}
