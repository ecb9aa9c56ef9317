namespace Xunke.Analytics.Models.TensorFlowJs;

/// <summary>A TensorFlow.js graph model in memory: what is computed, and with which numbers.</summary>
internal sealed record GraphModel(
    string Name,
    IReadOnlyDictionary<string, GraphNode> Nodes,
    IReadOnlyDictionary<string, Weight> Weights)
{
    /// <exception cref="ModelImportException">There is none.</exception>
    public GraphNode Node(string name) =>
        Nodes.TryGetValue(name, out GraphNode? node) ? node : throw new ModelImportException(
            $"{Name}: the graph has no node '{name}'. It is not the version of the model that this importer knows.");

    /// <exception cref="ModelImportException">There is none, or it is not made of floating-point numbers.</exception>
    public Weight Weight(string name) =>
        Weights.TryGetValue(name, out Weight? weight)
            ? weight
            : throw new ModelImportException($"{Name}: '{name}' is not a floating-point constant.");
}
