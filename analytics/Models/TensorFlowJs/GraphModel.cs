namespace Xunke.Analytics.Models.TensorFlowJs;

/// <summary>A TensorFlow.js graph model in memory: what is computed, and with which numbers.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Nodes">The operations by name.</param>
/// <param name="Weights">The floating-point constants by the name of their node. Integer constants belong to post-processing that the importer cuts off and are not kept.</param>
internal sealed record GraphModel(
    string Name,
    IReadOnlyDictionary<string, GraphNode> Nodes,
    IReadOnlyDictionary<string, Weight> Weights)
{
    /// <summary>The node of that name.</summary>
    /// <exception cref="ModelImportException">There is none.</exception>
    public GraphNode Node(string name) =>
        Nodes.TryGetValue(name, out GraphNode? node) ? node : throw new ModelImportException($"{Name}: the graph has no node '{name}'. It is not the version of the model that this importer knows.");

    /// <summary>The constant of that name.</summary>
    /// <exception cref="ModelImportException">There is none, or it is not made of floating-point numbers.</exception>
    public Weight Weight(string name) =>
        Weights.TryGetValue(name, out Weight? weight) ? weight : throw new ModelImportException($"{Name}: '{name}' is not a floating-point constant.");
}
