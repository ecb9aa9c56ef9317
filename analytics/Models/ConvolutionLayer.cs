using Xunke.Analytics.Models.Onnx;

namespace Xunke.Analytics.Models;

/// <summary>A convolution as ONNX wants it.</summary>
/// <param name="Shape">[outputs, inputs, height, width]; where each channel has a filter of its own, inputs is 1.</param>
/// <param name="Bias">One number an output; null for none.</param>
/// <param name="Activation">TensorFlow's name of what follows, or null.</param>
internal sealed record ConvolutionLayer(float[] Filter, int[] Shape, float[]? Bias, string? Activation, AttributeProto[] Attributes)
{
    public bool IsDepthwise => Shape[1] == 1;
}
