using System.Globalization;
using Xunke.Analytics.Models.Onnx;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>
/// Turns the part of a TensorFlow.js graph that leads from the picture to the heads into ONNX (opset 13).
/// TensorFlow keeps channels last, ONNX first: the picture is transposed once, the weights while they are written,
/// and the heads stay channels-first, so that each joint's heat map is one plane.
/// The picture may have any size whose sides are multiples of 32.
/// </summary>
internal sealed class GraphConverter
{
    private readonly GraphModel _model;
    private readonly OnnxGraphBuilder _onnx;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private GraphConverter(GraphModel model)
    {
        _model = model;
        _onnx = new OnnxGraphBuilder(model.Name);
    }

    /// <summary>Name of the input: uint8 [1, height, width, 3], RGB.</summary>
    public const string InputName = "image";

    /// <summary>Converts a model.</summary>
    /// <exception cref="ModelImportException">The graph holds an operation, or a use of one, that is not known here.</exception>
    public static ModelProto Convert(GraphModel model, ModelRecipe recipe)
    {
        var converter = new GraphConverter(model);
        return converter.Convert(recipe);
    }

    private ModelProto Convert(ModelRecipe recipe)
    {
        string image = _onnx.Input(InputName, TensorProto.Types.DataType.Uint8, "1", "height", "width", "3");
        string real = _onnx.Node("Cast", [image], OnnxGraphBuilder.Number("to", (long)TensorProto.Types.DataType.Float));
        _values[recipe.InputNode] = _onnx.Node("Transpose", [real], OnnxGraphBuilder.Numbers("perm", 0, 3, 1, 2));
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
            GraphNode node = _model.Node(name);
            value = Convert(node);
            _values.Add(name, value);
        }

        return value;
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
        _ => throw new ModelImportException($"{_model.Name}: a constant of shape [{string.Join(", ", weight.Shape)}] is not known as an operand."),
    };

    private string Convolution(GraphNode node, bool depthwise)
    {
        Weight filter = _model.Weight(node.Inputs[1]);
        if (filter.Shape is not [int height, int width, int inputs, int outputs])
        {
            throw Unknown(node, "a filter that is not 4-dimensional");
        }

        int stride = Stride(node);
        (int top, int bottom) = Padding(node, height, stride);
        (int left, int right) = Padding(node, width, stride);
        Span<string> operands = [Value(node.Inputs[0]), Filter(filter, depthwise), ""];
        ReadOnlySpan<string> fused = node.Texts("fused_ops");
        if (fused is ["BiasAdd", ..])
        {
            Weight bias = _model.Weight(node.Inputs[2]);
            operands[2] = _onnx.Constant(bias.Values, bias.Values.Length);
            fused = fused[1..];
        }

        string sum = _onnx.Node("Conv", operands[2].Length == 0 ? operands[..2] : operands,
            OnnxGraphBuilder.Numbers("kernel_shape", height, width),
            OnnxGraphBuilder.Numbers("strides", stride, stride),
            OnnxGraphBuilder.Numbers("pads", top, left, bottom, right),
            OnnxGraphBuilder.Number("group", depthwise ? inputs : 1));
        return fused switch
        {
            [] => sum,
            ["Relu"] => _onnx.Node("Relu", [sum]),
            ["Relu6"] => _onnx.Node("Clip", [sum, _onnx.Constant([0f]), _onnx.Constant([6f])]),
            _ => throw Unknown(node, $"activation {string.Join('+', fused.ToArray())}"),
        };
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

    /// <summary>TensorFlow's padding. SAME is for a side that the stride divides, as it always does when the picture's sides are multiples of 32; the odd pixel goes to the end.</summary>
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

    /// <summary>From TensorFlow's [height, width, in, out] to ONNX's [out, in, height, width]; depthwise from [height, width, in, multiplier] to [in * multiplier, 1, height, width].</summary>
    private string Filter(Weight filter, bool depthwise)
    {
        int[] shape = filter.Shape;
        int plane = shape[0] * shape[1];
        int inputs = shape[2];
        int outputs = shape[3];
        var values = new float[filter.Values.Length];
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

        return depthwise
            ? _onnx.Constant(values, inputs * outputs, 1, shape[0], shape[1])
            : _onnx.Constant(values, outputs, inputs, shape[0], shape[1]);
    }

    /// <summary>MoveNet only ever doubles; its computed target size is what ties the published graph to one input size.</summary>
    private string Resize(GraphNode node)
    {
        if (!node.Flag("half_pixel_centers"))
        {
            throw Unknown(node, "resizing without half-pixel centres");
        }

        return _onnx.Node("Resize", [Value(node.Inputs[0]), "", _onnx.Constant([1, 1, 2, 2], 4)],
            OnnxGraphBuilder.Text("mode", "linear"),
            OnnxGraphBuilder.Text("coordinate_transformation_mode", "half_pixel"));
    }

    private static ModelImportException Unknown(GraphNode node, string what) =>
        new($"The importer does not know {what} (node '{node.Name}').");
}
