namespace Xunke.Analytics.Indices;

/// <summary>A rate together with what it is made of: no figure is given without this.</summary>
/// <param name="Value">0 to 1, or null where the coverage is too low to say.</param>
/// <param name="Samples">Known pupil-samples behind the value.</param>
/// <param name="Coverage">Known pupil-samples over (enrolled x samples in the window); above 1 more are seen than are enrolled.</param>
/// <param name="Window">The stretch of time that the value covers.</param>
/// <param name="Formula">Name and version of the formula, such as "head-up-rate/1".</param>
public sealed record IndexValue(double? Value, int Samples, double Coverage, TimeSpan Window, string Formula);
