using System.Text.Json;

namespace Xunke.Analytics.Models;

/// <summary>One layer of the posture network.</summary>
/// <param name="Shape">[outputs, inputs, height, width] of a convolution, [outputs, inputs] of a full layer.</param>
/// <param name="Weights">In that order.</param>
/// <param name="Biases">One for each output.</param>
internal sealed record PostureLayer(int[] Shape, float[] Weights, float[] Biases);

/// <summary>
/// The weights of the posture network (Models/Postures/weights.json), written by bench/Postures/teach.py.
/// </summary>
/// <param name="Layers">From the features to the postures; each but the last ends in Relu, the last in Sigmoid.</param>
/// <param name="Check">What the network said where it was taught of features that the tests make again.</param>
internal sealed record PostureWeights(IReadOnlyList<PostureLayer> Layers, float[] Check)
{
    /// <summary>What it says of a person, in the order of <see cref="Vision.Posture"/>.</summary>
    public const int Outputs = 4;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the weights that are part of the program.</summary>
    public static PostureWeights Load()
    {
        using Stream file = typeof(PostureWeights).Assembly.GetManifestResourceStream("Postures/weights.json")
            ?? throw new InvalidOperationException("The weights of the posture network are not in the program.");
        return JsonSerializer.Deserialize<PostureWeights>(file, Format)!;
    }
}
