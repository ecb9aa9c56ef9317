using System.Globalization;
using Xunke.Analytics.Models.Onnx;

namespace Xunke.Analytics.Models;

/// <summary>
/// A small network on top of MoveNet MultiPose that looks at the features around each person and says what the posture is. The way to cut
/// them out is that of R-CNN (RoIAlign; He et al., Mask R-CNN, 2017, section 3); behind it are three convolutions and two full layers.
/// Written as ONNX from its weights; docs/behaviours.md, "Postures", says what it was taught.
/// </summary>
internal static class PostureGraph
{
    /// <summary>Channels of all features together.</summary>
    public const int Channels = 112;

    /// <summary>Cells along each side of what is cut out.</summary>
    public const int Side = 16;

    /// <summary>The inputs that are heads of MoveNet, under their names there: [1, channels, rows, columns].</summary>
    public static IReadOnlyList<ModelHead> Features { get; } = [.. ModelRecipe.MultiPose.Heads.Skip(MultiPoseHeads)];

    /// <summary>The heads before them are those of the joints.</summary>
    public const int MultiPoseHeads = 6;

    /// <summary>Input [people, 4]: left, top, right, bottom of each region in cells; whole numbers are cell centres.</summary>
    public const string RegionsName = "regions";

    /// <summary>Input: which picture a region is in, [people]; all 0, for there is one.</summary>
    public const string PicturesName = "pictures";

    /// <summary>Output of <see cref="Build"/>: [people, <see cref="PostureWeights.Outputs"/>], 0 to 1.</summary>
    public const string PosturesName = "postures";

    /// <summary>Output of <see cref="BuildCutter"/>: the features, [people, <see cref="Channels"/>, <see cref="Side"/>, Side].</summary>
    public const string CutsName = "cuts";

    public static ModelProto Build(PostureWeights weights)
    {
        var onnx = new OnnxGraphBuilder("postures");
        string value = Cut(onnx);
        foreach (PostureLayer layer in weights.Layers)
        {
            bool isLast = layer == weights.Layers[^1];
            value = layer.Shape.Length == 4 ? Convolution(onnx, value, layer) : Full(onnx, value, layer);
            value = onnx.Node(isLast ? "Sigmoid" : "Relu", [value]);
        }

        onnx.Output(PosturesName, value, "people", PostureWeights.Outputs.ToString(CultureInfo.InvariantCulture));
        return onnx.Build();
    }

    /// <summary>Its first step alone: what it is taught from.</summary>
    public static ModelProto BuildCutter()
    {
        var onnx = new OnnxGraphBuilder("cutter");
        onnx.Output(CutsName, Cut(onnx), "people", "channels", "rows", "columns");
        return onnx.Build();
    }

    private static string Cut(OnnxGraphBuilder onnx)
    {
        onnx.Input(RegionsName, TensorProto.Types.DataType.Float, "people", "4");
        onnx.Input(PicturesName, TensorProto.Types.DataType.Int64, "people");
        return onnx.Node("Concat", [.. Features.Select(head => Cut(onnx, head))], OnnxGraphBuilder.Number("axis", 1));
    }

    private static string Cut(OnnxGraphBuilder onnx, ModelHead head)
    {
        onnx.Input(head.Name, TensorProto.Types.DataType.Float, "1", head.Channels.ToString(CultureInfo.InvariantCulture),
            head.Name + "_rows", head.Name + "_columns");
        // In cells of another stride the same pixel is (cell + 1/2) / ratio - 1/2.
        float ratio = (float)head.Stride / ModelRecipe.Stride;
        string regions = ratio == 1 ? RegionsName
            : onnx.Node("Sub", [onnx.Node("Mul", [RegionsName, onnx.Constant([1 / ratio])]), onnx.Constant([0.5f - (0.5f / ratio)])]);
        return onnx.Node("RoiAlign", [head.Name, regions, PicturesName],
            OnnxGraphBuilder.Number("output_height", Side), OnnxGraphBuilder.Number("output_width", Side),
            OnnxGraphBuilder.Number("sampling_ratio", 1));
    }

    /// <summary>1x1, or 3x3 to half the size.</summary>
    private static string Convolution(OnnxGraphBuilder onnx, string input, PostureLayer layer)
    {
        int size = layer.Shape[2], stride = size == 1 ? 1 : 2, pad = size / 2;
        return onnx.Node("Conv", [input, onnx.Constant(layer.Weights, layer.Shape), onnx.Constant(layer.Biases, layer.Biases.Length)],
            OnnxGraphBuilder.Numbers("kernel_shape", size, size), OnnxGraphBuilder.Numbers("strides", stride, stride),
            OnnxGraphBuilder.Numbers("pads", pad, pad, pad, pad));
    }

    private static string Full(OnnxGraphBuilder onnx, string input, PostureLayer layer) =>
        onnx.Node("Gemm",
            [onnx.Node("Flatten", [input]), onnx.Constant(layer.Weights, layer.Shape), onnx.Constant(layer.Biases, layer.Biases.Length)],
            OnnxGraphBuilder.Number("transB", 1));
}
