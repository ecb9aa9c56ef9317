namespace Xunke.Analytics.Vision;

/// <summary>How finely a picture is looked at. The finer size reads far rows better and costs about half as much again.</summary>
public enum Fineness
{
    /// <summary>In the size of <see cref="PoseEstimatorOptions.FineWidth"/>.</summary>
    Fine,

    /// <summary>In the size of <see cref="PoseEstimatorOptions.CoarseWidth"/>.</summary>
    Coarse,
}
