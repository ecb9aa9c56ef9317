namespace Xunke.Actors.Live;

/// <summary>A rate together with what it is made of: no figure is shown without this.</summary>
/// <param name="Value">0 to 1, or null where too little was seen to say.</param>
/// <param name="Samples">Known pupil-samples behind the value.</param>
/// <param name="Coverage">Known pupil-samples over expected pupils x samples in the window, 0 to 1; above 1 is a data fault.</param>
/// <param name="WindowSeconds">The stretch of time that the value covers.</param>
/// <param name="Formula">Name and version of the formula, such as "head-up-rate/1".</param>
public sealed record Figure(double? Value, int Samples, double Coverage, int WindowSeconds, string Formula);
