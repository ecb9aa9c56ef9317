namespace Xunke.Analytics.Indices;

/// <summary>How a room's figures are computed. A change of any default is a change of formula: raise the version with it.</summary>
public sealed record IndexOptions
{
    /// <summary>The stretch of time behind a figure; above zero.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Below this coverage, 0 to 1, a figure has no value: not enough was seen.</summary>
    public double MinimumCoverage { get; init; } = 0.3;

    /// <summary>The share of known heads that are down in a sample from which on the class is practising, 0 to 1.</summary>
    public double PracticeShare { get; init; } = 0.6;

    /// <summary>Grown-ups who may be in the room beyond the enrolled pupils before it counts as a data fault.</summary>
    public int ExtraPeople { get; init; } = 2;

    /// <summary>Samples that a window holds at most, whatever the rate at which they come; at least 1.</summary>
    public int MaximumSamples { get; init; } = 1024;
}
