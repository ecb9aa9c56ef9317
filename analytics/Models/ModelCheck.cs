using Microsoft.ML.OnnxRuntime;
using Xunke.Analytics.Models.TensorFlowJs;

namespace Xunke.Analytics.Models;

/// <summary>Holds a converted model against the plain evaluation of its source, number by number.</summary>
internal static class ModelCheck
{
    /// <summary>The heads may differ by this much; what rounding does was measured at under 1e-4.</summary>
    public const float Tolerance = 1e-3f;

    /// <summary>
    /// The noise that 8-bit numbers may bring. The picture shows nobody, so beside the noise there is little: up to 0.4 was measured for
    /// MultiPose and 1.9 for Lightning, on pictures of people 0.02 to 0.09; where a layer is wrong it is tens to hundreds.
    /// </summary>
    public const float Int8Tolerance = 4;

    private const int Side = 64;

    private delegate float Measure(FeatureMap expected, ReadOnlySpan<float> actual);

    public static IReadOnlyDictionary<string, float> Differences(GraphModel model, ModelRecipe recipe, byte[] onnx) =>
        Compare(model, recipe, onnx, Difference);

    /// <param name="onnx">The converted model, in 8-bit numbers.</param>
    /// <returns>By head: mean square of the differences over the variance of the original; 0 where they agree.</returns>
    public static IReadOnlyDictionary<string, float> Noise(GraphModel model, ModelRecipe recipe, byte[] onnx) =>
        Compare(model, recipe, onnx, Noise);

    /// <summary>Throws if any head of the model, in floating point, differs by more than <see cref="Tolerance"/>.</summary>
    /// <exception cref="ModelImportException">One does.</exception>
    public static void Verify(GraphModel model, ModelRecipe recipe, byte[] onnx) =>
        Verify(model, Differences(model, recipe, onnx), Tolerance);

    /// <summary>Throws if the noise of any head of the model, in 8-bit numbers, exceeds <see cref="Int8Tolerance"/>.</summary>
    /// <exception cref="ModelImportException">One does.</exception>
    public static void VerifyInt8(GraphModel model, ModelRecipe recipe, byte[] onnx) =>
        Verify(model, Noise(model, recipe, onnx), Int8Tolerance);

    private static void Verify(GraphModel model, IReadOnlyDictionary<string, float> differences, float tolerance)
    {
        foreach ((string head, float difference) in differences)
        {
            // Written so that NaN fails as well.
            if (!(difference <= tolerance))
            {
                throw new ModelImportException($"{model.Name}: the converted model is wrong: '{head}' differs by {difference:g3} from the original (at most {tolerance:g1} is rounding).");
            }
        }
    }

    private static Dictionary<string, float> Compare(GraphModel model, ModelRecipe recipe, byte[] onnx, Measure measure)
    {
        byte[] picture = Picture();
        var reference = new ReferenceEvaluator(model);
        reference.Set(recipe.InputNode, new FeatureMap(Side, Side, 3, Array.ConvertAll(picture, value => (float)value)));

        SignalStack.Enlarge();
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(onnx, options);
        using var input = OrtValue.CreateTensorValueFromMemory(picture, [1, Side, Side, 3]);
        using var run = new RunOptions();
        string[] names = [.. recipe.Heads.Select(head => head.Name)];
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [GraphConverter.InputName], [input], names);

        var differences = new Dictionary<string, float>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            FeatureMap expected = reference.Evaluate(recipe.Heads[i].Node);
            differences[names[i]] = measure(expected, outputs[i].GetTensorDataAsSpan<float>());
        }

        return differences;
    }

    private static float Difference(FeatureMap expected, ReadOnlySpan<float> actual)
    {
        if (actual.Length != expected.Values.Length)
        {
            return float.PositiveInfinity;
        }

        float greatest = 0;
        int plane = expected.Height * expected.Width;
        for (int cell = 0; cell < plane; cell++)
        {
            for (int channel = 0; channel < expected.Channels; channel++)
            {
                // MathF.Max passes NaN on.
                greatest = MathF.Max(
                    greatest, MathF.Abs(expected.Values[(cell * expected.Channels) + channel] - actual[(channel * plane) + cell]));
            }
        }

        return greatest;
    }

    private static float Noise(FeatureMap expected, ReadOnlySpan<float> actual)
    {
        int plane = expected.Height * expected.Width;
        double mean = expected.Values.Average(value => (double)value), noise = 0, variance = 0;
        for (int i = 0; i < expected.Values.Length; i++)
        {
            noise += Math.Pow(expected.Values[i] - actual[((i % expected.Channels) * plane) + (i / expected.Channels)], 2);
            variance += Math.Pow(expected.Values[i] - mean, 2);
        }

        return (float)(noise / variance);
    }

    /// <summary>Soft gradients with hard edges, different in each colour, so that every filter has something to answer to.</summary>
    private static byte[] Picture()
    {
        byte[] picture = new byte[Side * Side * 3];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                int at = ((y * Side) + x) * 3;
                bool inside = ((x - 30) * (x - 30)) + ((y - 26) * (y - 26)) < 180;
                picture[at] = (byte)(x * 4);
                picture[at + 1] = (byte)(inside ? 220 : y * 3);
                picture[at + 2] = (byte)((((x / 8) + (y / 8)) % 2) * 160);
            }
        }

        return picture;
    }
}
