namespace Xunke.Analytics.Models.TensorFlowJs;

/// <summary>A constant tensor of a graph model.</summary>
/// <param name="Values">Its values in row-major order, widened to 32-bit floats.</param>
internal sealed record Weight(int[] Shape, float[] Values);
