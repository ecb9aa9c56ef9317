namespace Xunke.Analytics.Seats;

/// <summary>Why a list of points is no area.</summary>
public enum AreaFault
{
    None,

    /// <summary>Not <see cref="Area.FewestPoints"/> to <see cref="Area.MostPoints"/> points, or a point without two numbers.</summary>
    PointCount,

    OutsidePicture,

    /// <summary>Edges cross, touch or lie on each other.</summary>
    Crossing,

    TooSmall,
}
