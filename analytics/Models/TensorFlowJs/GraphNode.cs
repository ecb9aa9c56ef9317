using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Xunke.Analytics.Models.TensorFlowJs;

/// <param name="Inputs">Names of the nodes it reads, without output numbers; control inputs are left out.</param>
internal sealed record GraphNode(string Name, string Op, IReadOnlyList<string> Inputs, JsonElement Attributes)
{
    /// <summary>A list of whole numbers, such as strides; empty when absent. 64-bit numbers are strings in this form.</summary>
    public int[] Numbers(string attribute) =>
        [.. List(attribute, "i").Select(item => item.ValueKind == JsonValueKind.String
            ? int.Parse(item.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : item.GetInt32())];

    /// <summary>A list of texts, such as fused operations; empty when absent. Texts are base64 in this form.</summary>
    public string[] Texts(string attribute) => [.. List(attribute, "s").Select(item => FromBase64(item.GetString()!))];

    /// <summary>One text, or null when absent.</summary>
    public string? Text(string attribute) =>
        TryAttribute(attribute, "s", out JsonElement text) ? FromBase64(text.GetString()!) : null;

    /// <summary>One truth value; false when absent.</summary>
    public bool Flag(string attribute) => TryAttribute(attribute, "b", out JsonElement flag) && flag.GetBoolean();

    private IEnumerable<JsonElement> List(string attribute, string kind) =>
        TryAttribute(attribute, "list", out JsonElement list) && list.TryGetProperty(kind, out JsonElement items)
            ? items.EnumerateArray()
            : [];

    private bool TryAttribute(string attribute, string kind, out JsonElement value)
    {
        value = default;
        return Attributes.ValueKind == JsonValueKind.Object
            && Attributes.TryGetProperty(attribute, out JsonElement wrapper)
            && wrapper.TryGetProperty(kind, out value);
    }

    private static string FromBase64(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
