using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>
/// Measures how far the values of a model's layers go over pictures; <see cref="ActivationRanges"/> are made of that.
/// The layers are those from which one that ends in Relu6 follows, unless they end so themselves: the body of a MobileNet.
/// </summary>
internal sealed class RangeMeter : IDisposable
{
    private readonly List<string> _nodes = [];
    private readonly string[] _outputs;
    private readonly ValueRange[] _ranges;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    public RangeMeter(GraphModel model, ModelRecipe recipe)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ModelHead head in recipe.Heads)
        {
            Visit(model, recipe, head.Node, leads: false, seen);
        }

        _outputs = [.. _nodes.Select((_, i) => $"layer{i}")];
        _ranges = new ValueRange[_nodes.Count];
        ModelRecipe layers =
            recipe with { Heads = [.. _nodes.Select((node, i) => new ModelHead(_outputs[i], node, ChannelsOf(model, node)))] };
        using var options =
            new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(GraphConverter.Convert(model, layers).ToByteArray(), options);
    }

    public IEnumerable<(string Node, ValueRange Range)> Ranges => _nodes.Zip(_ranges);

    /// <param name="pixels">RGB, rows packed.</param>
    /// <param name="width">A multiple of 32.</param>
    /// <param name="height">A multiple of 32.</param>
    public void Add(byte[] pixels, int width, int height)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(pixels, [1, height, width, 3]);
        using IDisposableReadOnlyCollection<OrtValue> values = _session.Run(_run, [GraphConverter.InputName], [input], _outputs);
        for (int i = 0; i < _ranges.Length; i++)
        {
            (float least, float greatest) = (_ranges[i].Least, _ranges[i].Greatest);
            foreach (float value in values[i].GetTensorDataAsSpan<float>())
            {
                least = Math.Min(least, value);
                greatest = Math.Max(greatest, value);
            }

            _ranges[i] = new ValueRange(least, greatest);
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    /// <summary>Nodes in order of computation; a node is visited again if only a later path leads to a Relu6.</summary>
    private void Visit(GraphModel model, ModelRecipe recipe, string name, bool leads, HashSet<string> seen)
    {
        if (name == recipe.InputNode || !seen.Add(leads ? name : name + "?"))
        {
            return;
        }

        GraphNode node = model.Node(name);
        bool cut = node.Texts("fused_ops") is [.., "Relu6"];
        foreach (string input in node.Inputs.Where(
            input => !model.Weights.ContainsKey(input) && model.Nodes.ContainsKey(input) && model.Node(input).Op != "Const"))
        {
            Visit(model, recipe, input, leads || cut, seen);
        }

        if (leads && !cut && (node.Op.EndsWith("Conv2D", StringComparison.Ordinal) || node.Op.StartsWith("Add", StringComparison.Ordinal)))
        {
            _nodes.Add(name);
        }
    }

    private static int ChannelsOf(GraphModel model, string name)
    {
        GraphNode node = model.Node(name);
        return node.Op.EndsWith("Conv2D", StringComparison.Ordinal)
            ? model.Weight(node.Inputs[1]).Shape[3]
            : ChannelsOf(model, node.Inputs[0]);
    }
}
