namespace Xunke.Analytics.Vision;

/// <summary>How pictures are looked at.</summary>
public sealed record PoseEstimatorOptions
{
    /// <summary>
    /// Longer side of the box that a picture is fitted into for a fine look, in pixels, 32 to 4096.
    /// A landscape picture lies in it, a portrait one stands.
    /// </summary>
    public int FineWidth { get; init; } = 1024;

    /// <summary>Shorter side of that box, in pixels, 32 to <see cref="FineWidth"/>.</summary>
    public int FineHeight { get; init; } = 576;

    /// <summary>Longer side of the box for a coarse look, in pixels, 32 to <see cref="FineWidth"/>.</summary>
    public int CoarseWidth { get; init; } = 832;

    /// <summary>Shorter side of that box, in pixels, 32 to <see cref="CoarseWidth"/>.</summary>
    public int CoarseHeight { get; init; } = 480;

    /// <summary>Threads of one inference, at least 1. Several estimators with one thread each are faster than one with several.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// At most so many people of one picture are looked at again closely because an arm may be up but is not well seen; 0 or more.
    /// Each costs about a sixteenth of a whole picture.
    /// </summary>
    public int MaximumCloseLooks { get; init; } = 8;
}
