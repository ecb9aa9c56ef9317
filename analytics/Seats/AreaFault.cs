namespace Xunke.Analytics.Seats;

/// <summary>Why a list of points is no area.</summary>
public enum AreaFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Fewer than <see cref="Area.FewestPoints"/> or more than <see cref="Area.MostPoints"/>, or a point that is not two numbers.</summary>
    PointCount,

    /// <summary>A point lies outside the picture.</summary>
    OutsidePicture,

    /// <summary>Edges cross, touch or lie on each other.</summary>
    Crossing,

    /// <summary>It covers next to nothing.</summary>
    TooSmall,
}
