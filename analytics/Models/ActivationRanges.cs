using System.Text.Json;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>From where to where a value goes; zero is always inside.</summary>
/// <param name="Least">At most 0.</param>
/// <param name="Greatest">At least 0.</param>
internal readonly record struct ValueRange(float Least, float Greatest);

/// <summary>
/// How far the values of a model's layers go, so that they can be computed in 8-bit numbers. The tables in Models/Ranges hold what was
/// measured over the demo's two clips (docs/benchmarks.md, "rooms"), widened by a tenth; layers that end in Relu6 need none.
/// </summary>
/// <param name="PictureNode">The node that gives the normalised picture; null where nothing is computed in 8-bit numbers.</param>
internal sealed record ActivationRanges(string? PictureNode, IReadOnlyDictionary<string, float[]> Layers)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static ActivationRanges None { get; } = new(null, new Dictionary<string, float[]>());

    /// <summary>Nothing is computed in 8-bit numbers.</summary>
    public bool IsEmpty => PictureNode is null;

    /// <summary>The table of a model; <see cref="None"/> if it has none.</summary>
    public static ActivationRanges Of(ModelRecipe recipe)
    {
        using Stream? table = typeof(ActivationRanges).Assembly.GetManifestResourceStream($"Ranges/{recipe.Name}.json");
        return table is null ? None : JsonSerializer.Deserialize<ActivationRanges>(table, Format)!;
    }

    /// <summary>The range of a node's values; null where it is not known, and the node is to be computed in floating point.</summary>
    public ValueRange? Of(GraphNode node) =>
        PictureNode is null ? null
        : node.Texts("fused_ops") is [.., "Relu6"] ? new ValueRange(0, 6)
        : Layers.TryGetValue(node.Name, out float[]? range) ? new ValueRange(range[0], range[1])
        : null;
}
