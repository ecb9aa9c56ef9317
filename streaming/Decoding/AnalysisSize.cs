namespace Xunke.Streaming.Decoding;

/// <summary>The box that pictures are fitted into before they leave the decoder.</summary>
/// <param name="MaximumWidth">In pixels.</param>
/// <param name="MaximumHeight">In pixels.</param>
public readonly record struct AnalysisSize(int MaximumWidth, int MaximumHeight)
{
    /// <summary>1024 x 576, the input of the pose model where it looks finely.</summary>
    public static AnalysisSize Default { get; } = new(1024, 576);

    /// <summary>The largest size inside the box with the source's aspect; a source that fits already is kept as it is.</summary>
    /// <param name="sourceWidth">Width of the coded picture in pixels, at least 1.</param>
    /// <param name="sourceHeight">Height of the coded picture in pixels, at least 1.</param>
    public (int Width, int Height) Fit(int sourceWidth, int sourceHeight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceHeight, 1);
        var scale = Math.Min(1.0, Math.Min((double)MaximumWidth / sourceWidth, (double)MaximumHeight / sourceHeight));
        return (Scaled(sourceWidth, scale), Scaled(sourceHeight, scale));
    }

    /// <summary>The same box, standing for a source that stands.</summary>
    public AnalysisSize As(int sourceWidth, int sourceHeight) => sourceWidth >= sourceHeight
        ? this
        : new AnalysisSize(MaximumHeight, MaximumWidth);

    private static int Scaled(int length, double scale) => Math.Max(1, (int)Math.Round(length * scale));
}
