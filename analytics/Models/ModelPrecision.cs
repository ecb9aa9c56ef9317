namespace Xunke.Analytics.Models;

/// <summary>What the layers of the models are computed in.</summary>
public enum ModelPrecision
{
    /// <summary>8-bit numbers where a model has <see cref="ActivationRanges"/>: half of the time, with almost the same results.</summary>
    Int8,

    /// <summary>Floating point throughout, as the models were published.</summary>
    Float,
}
