using System.Runtime.InteropServices;
using Xunke.Analytics.Models.Onnx;

namespace Xunke.Analytics.Models;

/// <summary>A value in 8-bit numbers: (number - zero) * step + shift is what it stands for.</summary>
/// <param name="Shift">0 but for the picture, whose middle lies between two numbers.</param>
internal sealed record QuantisedValue(string Name, string Step, string Zero, float StepSize, float Shift = 0);

/// <summary>
/// Writes layers that compute in 8-bit numbers: values unsigned, with one step a layer; weights signed, with one step an output channel.
/// What ends in Relu or Relu6 needs no activation of its own: its range ends where the activation would cut.
/// </summary>
internal sealed class QuantisedLayers(OnnxGraphBuilder onnx)
{
    private const float GreatestWeight = 127;

    /// <summary>
    /// Processors without VNNI add the products of two channels that follow each other in 16 bits: 255 times this fits.
    /// A channel that is filtered by itself is not summed that way.
    /// </summary>
    private const float GreatestPair = 128;

    /// <summary>Step for a filter of zeros only.</summary>
    private const float LeastStep = 1e-8f;

    /// <param name="image">[1, height, width, 3], uint8.</param>
    /// <param name="gain">What the model multiplies a pixel by.</param>
    public QuantisedValue Picture(string image, float gain, float shift)
    {
        byte zero = (byte)Math.Clamp(MathF.Round(-shift / gain), 0, 255);
        string planes = onnx.Node("Transpose", [image], OnnxGraphBuilder.Numbers("perm", 0, 3, 1, 2));
        return new QuantisedValue(planes, onnx.Constant([gain]), Byte(zero), gain, shift + (zero * gain));
    }

    public QuantisedValue Convolution(QuantisedValue input, ConvolutionLayer layer, ValueRange range)
    {
        int outputs = layer.Shape[0];
        int each = layer.Filter.Length / outputs;
        sbyte[] weights = new sbyte[layer.Filter.Length];
        float[] steps = new float[outputs];
        int[] biases = new int[outputs];
        for (int output = 0; output < outputs; output++)
        {
            ReadOnlySpan<float> filter = layer.Filter.AsSpan(output * each, each);
            float step = Math.Max(LeastStep, layer.IsDepthwise ? Greatest(filter) / GreatestWeight : StepOf(filter, layer.Shape));
            float sum = 0;
            for (int i = 0; i < each; i++)
            {
                weights[(output * each) + i] = (sbyte)MathF.Round(filter[i] / step);
                sum += filter[i];
            }

            steps[output] = step;
            double bias = (layer.Bias?[output] ?? 0) + (input.Shift * (double)sum);
            biases[output] = (int)Math.Clamp(Math.Round(bias / ((double)input.StepSize * step)), int.MinValue, int.MaxValue);
        }

        (string outStep, string outZero, float stepSize) = Scale(range);
        string numbers = onnx.Node("QLinearConv",
            [
                input.Name, input.Step, input.Zero,
                onnx.Constant(TensorProto.Types.DataType.Int8, MemoryMarshal.AsBytes<sbyte>(weights).ToArray(), layer.Shape),
                onnx.Constant(steps, outputs), onnx.Constant(TensorProto.Types.DataType.Int8, new byte[outputs], outputs),
                outStep, outZero, onnx.Constant(biases, outputs),
            ],
            layer.Attributes);
        return new QuantisedValue(numbers, outStep, outZero, stepSize);
    }

    /// <summary>A sum. ONNX Runtime takes the four nodes together into one that never leaves 8 bits.</summary>
    public QuantisedValue Add(QuantisedValue a, QuantisedValue b, ValueRange range)
    {
        (string step, string zero, float stepSize) = Scale(range);
        string sum = onnx.Node("Add", [Dequantise(a), Dequantise(b)]);
        return new QuantisedValue(onnx.Node("QuantizeLinear", [sum, step, zero]), step, zero, stepSize);
    }

    public string Dequantise(QuantisedValue value) => onnx.Node("DequantizeLinear", [value.Name, value.Step, value.Zero]);

    private (string Step, string Zero, float StepSize) Scale(ValueRange range)
    {
        float step = (range.Greatest - range.Least) / 255;
        return (onnx.Constant([step]), Byte((byte)Math.Clamp(MathF.Round(-range.Least / step), 0, 255)), step);
    }

    private string Byte(byte value) => onnx.Constant(TensorProto.Types.DataType.Uint8, [value]);

    /// <summary>The least step by which neither a weight nor a pair of them comes out too large, rounded up or not.</summary>
    /// <param name="filter">[inputs, height, width].</param>
    private static float StepOf(ReadOnlySpan<float> filter, int[] shape)
    {
        float greatest = Greatest(filter);
        if (shape is not [_, _, 1, 1])
        {
            // ONNX Runtime decides the order in which a larger kernel is summed, so any two may form a pair.
            return 2 * greatest / (GreatestPair - 1);
        }

        float pair = 0;
        for (int i = 0; i + 1 < filter.Length; i += 2)
        {
            pair = Math.Max(pair, Math.Abs(filter[i] + filter[i + 1]));
        }

        return Math.Max(greatest / GreatestWeight, pair / (GreatestPair - 1));
    }

    private static float Greatest(ReadOnlySpan<float> values)
    {
        float greatest = 0;
        foreach (float value in values)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        return greatest;
    }
}
