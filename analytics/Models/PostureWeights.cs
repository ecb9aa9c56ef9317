using System.Text.Json;

namespace Xunke.Analytics.Models;

/// <param name="Shape">[outputs, inputs, height, width] of a convolution, [outputs, inputs] of a full layer.</param>
internal sealed record PostureLayer(int[] Shape, float[] Weights, float[] Biases);

/// <summary>The weights of the posture network (Models/Postures/weights.json), written by bench/Postures/teach.py.</summary>
internal sealed record PostureWeights(IReadOnlyList<PostureLayer> Layers, float[] Check)
{
    /// <summary>What it says of a person, in the order of <see cref="Vision.Posture"/>.</summary>
    public const int Outputs = 4;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static PostureWeights Load()
    {
        using Stream file = typeof(PostureWeights).Assembly.GetManifestResourceStream("Postures/weights.json")
            ?? throw new InvalidOperationException("The weights of the posture network are not in the program.");
        return JsonSerializer.Deserialize<PostureWeights>(file, Format)!;
    }
}
