using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunke.Web.Configuration;

namespace Xunke.Tests.Docs;

/// <summary>docs/configuration.md, made of the settings' classes, their documentation and the defaults in web/appsettings.json.</summary>
internal static class SettingsDocument
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };

    // Before Sections, whose initializer reads it.
    private static readonly Lazy<Dictionary<string, string>> Documentation = new(() =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, "xunke.xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")!.Value));

    /// <summary>The classes that sections are bound to, by the section's name.</summary>
    public static IReadOnlyDictionary<string, Type> Sections { get; } = typeof(DataSettings).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(DataSettings).Namespace && type.Name.EndsWith("Settings", StringComparison.Ordinal))
        .ToDictionary(type => Summary($"T:{type.FullName}").Split(':')[0].Replace("Section ", "", StringComparison.Ordinal));

    /// <summary>The document's text.</summary>
    public static string Render()
    {
        var text = new StringBuilder("""
            # Settings

            Change a setting in [`web/appsettings.json`](../web/appsettings.json), in the environment (`Media__UdpPort=8190`), or on the command line (`./run --Media:UdpPort 8190`).
            The command line overrides the environment, which overrides the file. An invalid value refuses the start and is named.

            `Port` (`--port`) is the port of the web pages, 8080. `Urls` (`--urls`) replaces it. `Kestrel:Certificates` holds a [certificate](tls.md), and `Logging` what is logged, as in any ASP.NET Core program.

            """);
        JsonObject defaults = Defaults();
        foreach ((string section, Type type) in Sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            string about = Summary($"T:{type.FullName}").Split(": ", 2)[1];
            text.Append(CultureInfo.InvariantCulture, $"\n## {section}\n\n{char.ToUpperInvariant(about[0])}{about[1..]}\n\n");
            text.Append("| setting | default | allowed | meaning |\n|---|---|---|---|\n");
            foreach (PropertyInfo property in type.GetProperties())
            {
                // Of a list there are as many as somebody writes; what is left out has the class's own default.
                string value = defaults[section] is JsonArray
                    ? JsonSerializer.Serialize(property.GetValue(Activator.CreateInstance(type)))
                    : (defaults[section]?[property.Name])?.ToJsonString() ?? "null";
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{property.Name}` | `{value}` | {Allowed(property)} | {Summary($"P:{type.FullName}.{property.Name}")} |\n");
            }
        }

        return text.ToString();
    }

    /// <summary>web/appsettings.json.</summary>
    public static JsonObject Defaults() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "web", "appsettings.json")),
            documentOptions: WithComments)!.AsObject();

    private static string Allowed(PropertyInfo property) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range ? $"{Number(range.Minimum)} to {Number(range.Maximum)}"
        : property.GetCustomAttribute<MinLengthAttribute>() is { } least ? $"{least.Length} characters or more"
        : property.GetCustomAttribute<AllowedValuesAttribute>() is { } words ? string.Join(", ", words.Values.Select(word => $"`{word}`"))
        : property.PropertyType == typeof(bool) ? "true, false"
        : property.PropertyType.IsArray ? "a list"
        : "text";

    private static string Number(object number) => Convert.ToString(number, CultureInfo.InvariantCulture)!;

    private static string Summary(string member) =>
        string.Join(' ', Documentation.Value[member].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
