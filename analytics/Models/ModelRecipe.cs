namespace Xunke.Analytics.Models;

/// <summary>One output of a model, cut before the model's own post-processing.</summary>
/// <param name="Stride">Its cells are this many pixels wide and high.</param>
internal sealed record ModelHead(string Name, string Node, int Channels, int Stride = ModelRecipe.Stride);

/// <summary>
/// How to cut a MoveNet graph. The published graphs end in post-processing that keeps at most six people;
/// a classroom has fifty, so the raw heads are taken instead and decoded by us.
/// A head is [1, channels, height / stride, width / stride]; those with people's joints have one cell for 4x4 pixels of input.
/// </summary>
/// <param name="InputNode">The node whose value is the picture, [1, height, width, 3], 0 to 255.</param>
internal sealed record ModelRecipe(string Name, string InputNode, IReadOnlyList<ModelHead> Heads)
{
    private const string Scope = "StatefulPartitionedCall/";
    private const string Backbone = Scope + "center_net_mobile_net_v2fpn_feature_extractor/model_1/";

    /// <summary>Cells of the joints' maps are this many pixels wide and high.</summary>
    public const int Stride = 4;

    /// <summary>MoveNet MultiPose Lightning. Pairs are (y, x) and (height, width), in cells.</summary>
    public static ModelRecipe MultiPose { get; } = new("movenet-multipose", "input",
    [
        new("center", Scope + "Sigmoid", 1),
        new("box_scale", Scope + "box_scale_0/conv2d_5/BiasAdd", 2),
        new("box_offset", Scope + "box_offset_0/conv2d_6/BiasAdd", 2),
        new("kpt_regress", Scope + "kpt_regress_0/conv2d_8/BiasAdd", 34),
        new("kpt_heatmap", Scope + "Sigmoid_1", 17),
        new("kpt_offset", Scope + "kpt_offset_0/conv2d_9/BiasAdd", 34),
        // What the posture network looks at: from the last layer before the heads, and from two on the way there.
        new("features", Backbone + "re_lu_2/Relu", 24),
        new("early", Backbone + "model/block_2_add/add", 40),
        new("middle", Backbone + "model/block_5_add/add", 48, Stride: 8),
    ]);

    /// <summary>MoveNet Lightning for one person, 192x192. The graph's own resizing is cut off too.</summary>
    public static ModelRecipe SinglePose { get; } = new("movenet-lightning", Scope + "stack",
    [
        new("center", Scope + "Sigmoid_1", 1),
        new("kpt_regress", Scope + "kpt_regress_0/conv2d_6/BiasAdd", 34),
        new("kpt_heatmap", Scope + "Sigmoid", 17),
        new("kpt_offset", Scope + "kpt_offset_0/conv2d_7/BiasAdd", 34),
    ]);
}
