namespace Xunke.Analytics.Models.TensorFlowJs;

/// <param name="Values">Its values in row-major order, widened to 32-bit floats.</param>
internal sealed record Weight(int[] Shape, float[] Values);
