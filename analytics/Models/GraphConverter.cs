using System.Globalization;
using Xunke.Analytics.Models.Onnx;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>
/// Turns the part of a TensorFlow.js graph that leads from the picture to the heads into ONNX (opset 13).
/// TensorFlow keeps channels last, ONNX first: the picture is transposed once, the weights while they are written,
/// and the heads stay channels-first, so that each joint's heat map is one plane.
/// The picture may have any size whose sides are multiples of 32. Layers whose ranges are known are computed in whole numbers.
/// </summary>
internal sealed class GraphConverter
{
    private readonly GraphModel _model;
    private readonly OnnxGraphBuilder _onnx;
    private readonly ActivationRanges _ranges;
    private readonly QuantisedLayers _layers;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QuantisedValue> _quantised = new(StringComparer.Ordinal);

    private GraphConverter(GraphModel model, ActivationRanges ranges)
    {
        _model = model;
        _ranges = ranges;
        _onnx = new OnnxGraphBuilder(model.Name);
        _layers = new QuantisedLayers(_onnx);
    }

    /// <summary>Name of the input: uint8 [1, height, width, 3], RGB.</summary>
    public const string InputName = "image";

    /// <param name="ranges">What is computed in 8-bit numbers; nothing if null.</param>
    /// <exception cref="ModelImportException">The graph holds an operation, or a use of one, that is not known here.</exception>
    public static ModelProto Convert(GraphModel model, ModelRecipe recipe, ActivationRanges? ranges = null)
    {
        var converter = new GraphConverter(model, ranges ?? ActivationRanges.None);
        return converter.Convert(recipe);
    }

    private ModelProto Convert(ModelRecipe recipe)
    {
        string image = _onnx.Input(InputName, TensorProto.Types.DataType.Uint8, "1", "height", "width", "3");
        string real = _onnx.Node("Cast", [image], OnnxGraphBuilder.Number("to", (long)TensorProto.Types.DataType.Float));
        _values[recipe.InputNode] = _onnx.Node("Transpose", [real], OnnxGraphBuilder.Numbers("perm", 0, 3, 1, 2));
        if (_ranges.PictureNode is { } normalised)
        {
            (float gain, float shift) = Normalisation(_model.Node(normalised), recipe);
            _quantised[normalised] = _layers.Picture(image, gain, shift);
        }

        foreach (ModelHead head in recipe.Heads)
        {
            _onnx.Output(head.Name, Value(head.Node), "1", head.Channels.ToString(CultureInfo.InvariantCulture), "rows", "columns");
        }

        return _onnx.Build();
    }

    private string Value(string name)
    {
        if (!_values.TryGetValue(name, out string? value))
        {
            value = Quantised(name) is { } quantised ? _layers.Dequantise(quantised) : Convert(_model.Node(name));
            _values.Add(name, value);
        }

        return value;
    }

    /// <summary>The value in 8-bit numbers; null where it is computed in floating point.</summary>
    private QuantisedValue? Quantised(string name)
    {
        if (_quantised.TryGetValue(name, out QuantisedValue? value))
        {
            return value;
        }

        GraphNode node = _model.Node(name);
        value = _ranges.Of(node) is not { } range ? null : node.Op switch
        {
            "Conv2D" or "_FusedConv2D" => QuantisedConvolution(node, range, depthwise: false),
            "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative" => QuantisedConvolution(node, range, depthwise: true),
            "Add" or "AddV2" when Quantised(node.Inputs[0]) is { } a && Quantised(node.Inputs[1]) is { } b => _layers.Add(a, b, range),
            _ => null,
        };
        if (value is not null)
        {
            _quantised.Add(name, value);
        }

        return value;
    }

    private QuantisedValue? QuantisedConvolution(GraphNode node, ValueRange range, bool depthwise) =>
        Quantised(node.Inputs[0]) is { } input ? _layers.Convolution(input, Read(node, depthwise), range) : null;

    /// <summary>What becomes of a pixel on its way to the first layer: gain * pixel + shift, the same for all colours.</summary>
    private (float Gain, float Shift) Normalisation(GraphNode node, ModelRecipe recipe)
    {
        if (node.Name == recipe.InputNode)
        {
            return (1, 0);
        }

        (float gain, float shift) = Normalisation(_model.Node(node.Inputs[0]), recipe);
        float[] operand = node.Op is "Cast" or "Identity" ? [0] : _model.Weight(node.Inputs[1]).Values;
        return node.Op switch
        {
            "Cast" or "Identity" => (gain, shift),
            _ when operand.Any(value => value != operand[0]) => throw Unknown(node, "a normalisation that differs between colours"),
            "Add" or "AddV2" => (gain, shift + operand[0]),
            "Sub" => (gain, shift - operand[0]),
            "Mul" => (gain * operand[0], shift * operand[0]),
            _ => throw Unknown(node, $"normalisation by {node.Op}"),
        };
    }

    private string Convert(GraphNode node) => node.Op switch
    {
        "Const" => Operand(_model.Weight(node.Name)),
        "Conv2D" or "_FusedConv2D" => Convolution(node, depthwise: false),
        "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative" => Convolution(node, depthwise: true),
        "Add" or "AddV2" => _onnx.Node("Add", [Value(node.Inputs[0]), Value(node.Inputs[1])]),
        "Sub" => _onnx.Node("Sub", [Value(node.Inputs[0]), Value(node.Inputs[1])]),
        "Mul" => _onnx.Node("Mul", [Value(node.Inputs[0]), Value(node.Inputs[1])]),
        "Sigmoid" => _onnx.Node("Sigmoid", [Value(node.Inputs[0])]),
        // The picture is made of floats from the start here; in the cut part of the graph nothing else is cast.
        "Cast" or "Identity" => Value(node.Inputs[0]),
        "ResizeBilinear" => Resize(node),
        _ => throw Unknown(node, $"operation {node.Op}"),
    };

    private string Operand(Weight weight) => weight.Shape switch
    {
        [] => _onnx.Constant(weight.Values),
        [_] or [1, 1, 1, _] => _onnx.Constant(weight.Values, 1, weight.Values.Length, 1, 1),
        _ => throw new ModelImportException(
            $"{_model.Name}: a constant of shape [{string.Join(", ", weight.Shape)}] is not known as an operand."),
    };

    private string Convolution(GraphNode node, bool depthwise)
    {
        ConvolutionLayer layer = Read(node, depthwise);
        string input = Value(node.Inputs[0]);
        string filter = _onnx.Constant(layer.Filter, layer.Shape);
        string sum = _onnx.Node(
            "Conv", layer.Bias is { } bias ? [input, filter, _onnx.Constant(bias, bias.Length)] : [input, filter], layer.Attributes);
        return layer.Activation switch
        {
            null => sum,
            "Relu" => _onnx.Node("Relu", [sum]),
            "Relu6" => _onnx.Node("Clip", [sum, _onnx.Constant([0f]), _onnx.Constant([6f])]),
            string other => throw Unknown(node, $"activation {other}"),
        };
    }

    private ConvolutionLayer Read(GraphNode node, bool depthwise)
    {
        Weight filter = _model.Weight(node.Inputs[1]);
        if (filter.Shape is not [int height, int width, int inputs, int outputs])
        {
            throw Unknown(node, "a filter that is not 4-dimensional");
        }

        int stride = Stride(node);
        (int top, int bottom) = Padding(node, height, stride);
        (int left, int right) = Padding(node, width, stride);
        ReadOnlySpan<string> fused = node.Texts("fused_ops");
        bool biased = fused is ["BiasAdd", ..];
        fused = biased ? fused[1..] : fused;
        return new ConvolutionLayer(
            ChannelsFirst(filter, depthwise),
            depthwise ? [inputs * outputs, 1, height, width] : [outputs, inputs, height, width],
            biased ? _model.Weight(node.Inputs[2]).Values : null,
            fused switch { [] => null, [string one] => one, _ => throw Unknown(node, $"activation {string.Join('+', fused.ToArray())}") },
            [
                OnnxGraphBuilder.Numbers("kernel_shape", height, width),
                OnnxGraphBuilder.Numbers("strides", stride, stride),
                OnnxGraphBuilder.Numbers("pads", top, left, bottom, right),
                OnnxGraphBuilder.Number("group", depthwise ? inputs : 1),
            ]);
    }

    private static int Stride(GraphNode node)
    {
        if (node.Numbers("strides") is not [1, int down, int across, 1] || down != across || down is not (1 or 2))
        {
            throw Unknown(node, "strides other than 1 or 2");
        }

        if (node.Numbers("dilations").Any(dilation => dilation != 1) || node.Text("data_format") is not (null or "NHWC"))
        {
            throw Unknown(node, "dilation or channels first");
        }

        return down;
    }

    /// <summary>TensorFlow's padding. SAME assumes a side that the stride divides; the odd pixel goes to the end.</summary>
    private static (int Begin, int End) Padding(GraphNode node, int kernel, int stride)
    {
        int total = node.Text("padding") switch
        {
            "VALID" => 0,
            "SAME" => Math.Max(kernel - stride, 0),
            string other => throw Unknown(node, $"padding {other}"),
            null => throw Unknown(node, "a convolution without padding"),
        };
        return (total / 2, total - (total / 2));
    }

    /// <summary>From [height, width, in, out] to ONNX's [out, in, height, width]; depthwise: [in * multiplier, 1, height, width].</summary>
    private static float[] ChannelsFirst(Weight filter, bool depthwise)
    {
        int[] shape = filter.Shape;
        int plane = shape[0] * shape[1];
        int inputs = shape[2];
        int outputs = shape[3];
        float[] values = new float[filter.Values.Length];
        for (int cell = 0; cell < plane; cell++)
        {
            for (int input = 0; input < inputs; input++)
            {
                for (int output = 0; output < outputs; output++)
                {
                    int row = depthwise ? (input * outputs) + output : (output * inputs) + input;
                    values[(row * plane) + cell] = filter.Values[(((cell * inputs) + input) * outputs) + output];
                }
            }
        }

        return values;
    }

    /// <summary>MoveNet only ever doubles; its computed target size is what ties the published graph to one input size.</summary>
    private string Resize(GraphNode node)
    {
        if (!node.Flag("half_pixel_centers"))
        {
            throw Unknown(node, "resizing without half-pixel centres");
        }

        return _onnx.Node("Resize", [Value(node.Inputs[0]), "", _onnx.Constant([1f, 1f, 2f, 2f], 4)],
            OnnxGraphBuilder.Text("mode", "linear"),
            OnnxGraphBuilder.Text("coordinate_transformation_mode", "half_pixel"));
    }

    private static ModelImportException Unknown(GraphNode node, string what) =>
        new($"The importer does not know {what} (node '{node.Name}').");
}
