using System.Numerics.Tensors;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>A feature map, channels last as TensorFlow keeps it.</summary>
internal sealed record FeatureMap(int Height, int Width, int Channels, float[] Values)
{
    public ReadOnlySpan<float> Cell(int y, int x) => Values.AsSpan(((y * Width) + x) * Channels, Channels);
}

/// <summary>
/// Computes a graph the plain way, straight from TensorFlow's definition of each operation and in its own layout.
/// It shares nothing with the converter but the reader, so that what the converted model computes can be held against it.
/// Only meant for small pictures.
/// </summary>
internal sealed class ReferenceEvaluator(GraphModel model)
{
    private readonly Dictionary<string, FeatureMap> _values = new(StringComparer.Ordinal);

    public void Set(string node, FeatureMap value) => _values[node] = value;

    public FeatureMap Evaluate(string name)
    {
        if (!_values.TryGetValue(name, out FeatureMap? value))
        {
            value = Evaluate(model.Node(name));
            _values.Add(name, value);
        }

        return value;
    }

    private FeatureMap Evaluate(GraphNode node) => node.Op switch
    {
        "_FusedConv2D" or "Conv2D" => Convolution(node, depthwise: false),
        "FusedDepthwiseConv2dNative" or "DepthwiseConv2dNative" => Convolution(node, depthwise: true),
        "AddV2" or "Add" => Elementwise(node, static (a, b) => a + b),
        "Sub" => Elementwise(node, static (a, b) => a - b),
        "Mul" => Elementwise(node, static (a, b) => a * b),
        "Sigmoid" => Map(Evaluate(node.Inputs[0]), static x => 1 / (1 + MathF.Exp(-x))),
        "Cast" or "Identity" => Evaluate(node.Inputs[0]),
        "ResizeBilinear" => Double(Evaluate(node.Inputs[0])),
        _ => throw new ModelImportException($"There is no reference for operation {node.Op} (node '{node.Name}')."),
    };

    private FeatureMap Elementwise(GraphNode node, Func<float, float, float> operation)
    {
        FeatureMap left = Evaluate(node.Inputs[0]);
        float[] right = model.Weights.TryGetValue(node.Inputs[1], out Weight? constant) ? constant.Values : Evaluate(node.Inputs[1]).Values;
        float[] result = new float[left.Values.Length];
        for (int i = 0; i < result.Length; i++)
        {
            // A shorter operand repeats over the last dimension: the channels.
            result[i] = operation(left.Values[i], right[i % right.Length]);
        }

        return left with { Values = result };
    }

    private static FeatureMap Map(FeatureMap input, Func<float, float> function) =>
        input with { Values = Array.ConvertAll(input.Values, value => function(value)) };

    private FeatureMap Convolution(GraphNode node, bool depthwise)
    {
        FeatureMap input = Evaluate(node.Inputs[0]);
        Weight filter = model.Weight(node.Inputs[1]);
        int stride = node.Numbers("strides")[1];
        int channels = depthwise ? filter.Shape[2] * filter.Shape[3] : filter.Shape[3];
        bool padded = node.Text("padding") == "SAME";
        (int height, int top) = Extent(input.Height, filter.Shape[0], stride, padded);
        (int width, int left) = Extent(input.Width, filter.Shape[1], stride, padded);
        string[] fused = node.Texts("fused_ops");
        float[] values = new float[height * width * channels];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Span<float> sum = values.AsSpan(((y * width) + x) * channels, channels);
                if (fused.Contains("BiasAdd"))
                {
                    model.Weight(node.Inputs[2]).Values.CopyTo(sum);
                }

                Accumulate(input, filter, depthwise, (y * stride) - top, (x * stride) - left, sum);
            }
        }

        var result = new FeatureMap(height, width, channels, values);
        return fused switch
        {
            [.., "Relu6"] => Map(result, static value => Math.Clamp(value, 0, 6)),
            [.., "Relu"] => Map(result, static value => Math.Max(value, 0)),
            _ => result,
        };
    }

    /// <summary>Size of the output along one side, and how many cells are added before the input.</summary>
    private static (int Output, int Before) Extent(int input, int kernel, int stride, bool padded)
    {
        if (!padded)
        {
            return (((input - kernel) / stride) + 1, 0);
        }

        int output = (input + stride - 1) / stride;
        return (output, Math.Max(((output - 1) * stride) + kernel - input, 0) / 2);
    }

    private static void Accumulate(FeatureMap input, Weight filter, bool depthwise, int top, int left, Span<float> sum)
    {
        int inputs = filter.Shape[2];
        int outputs = filter.Shape[3];
        for (int row = Math.Max(0, -top); row < filter.Shape[0] && top + row < input.Height; row++)
        {
            for (int column = Math.Max(0, -left); column < filter.Shape[1] && left + column < input.Width; column++)
            {
                ReadOnlySpan<float> cell = input.Cell(top + row, left + column);
                ReadOnlySpan<float> weights = filter.Values.AsSpan(((row * filter.Shape[1]) + column) * inputs * outputs, inputs * outputs);
                for (int channel = 0; channel < inputs; channel++)
                {
                    Span<float> target = depthwise ? sum.Slice(channel * outputs, outputs) : sum;
                    TensorPrimitives.MultiplyAdd(weights.Slice(channel * outputs, outputs), cell[channel], target, target);
                }
            }
        }
    }

    /// <summary>Doubles the size, bilinear with half-pixel centres: output i lies at (i + 0.5) / 2 - 0.5 of the input.</summary>
    private static FeatureMap Double(FeatureMap input)
    {
        var output = new FeatureMap(input.Height * 2, input.Width * 2, input.Channels, new float[input.Values.Length * 4]);
        for (int y = 0; y < output.Height; y++)
        {
            (int above, int below, float down) = Neighbours(y, input.Height);
            for (int x = 0; x < output.Width; x++)
            {
                (int before, int after, float across) = Neighbours(x, input.Width);
                for (int channel = 0; channel < input.Channels; channel++)
                {
                    float upper = float.Lerp(input.Cell(above, before)[channel], input.Cell(above, after)[channel], across);
                    float lower = float.Lerp(input.Cell(below, before)[channel], input.Cell(below, after)[channel], across);
                    output.Values[(((y * output.Width) + x) * output.Channels) + channel] = float.Lerp(upper, lower, down);
                }
            }
        }

        return output;
    }

    private static (int Before, int After, float Share) Neighbours(int index, int size)
    {
        float position = Math.Max(((index + 0.5f) / 2) - 0.5f, 0);
        int before = (int)position;
        return (before, Math.Min(before + 1, size - 1), position - before);
    }
}
