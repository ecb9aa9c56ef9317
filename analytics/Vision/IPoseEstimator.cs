namespace Xunke.Analytics.Vision;

/// <summary>Finds the people in a picture. One instance belongs to one inference thread; it need not be thread-safe.</summary>
public interface IPoseEstimator : IDisposable
{
    /// <summary>
    /// Everyone found in the frame, in no particular order; positions are pixels of that frame.
    /// The frame is only read, stays the caller's and must not be kept.
    /// </summary>
    /// <param name="rows">Where people may be, within the frame; null for everywhere.</param>
    IReadOnlyList<Pose> Estimate(RgbFrame frame, RowBand? rows = null, Fineness fineness = Fineness.Fine);
}
