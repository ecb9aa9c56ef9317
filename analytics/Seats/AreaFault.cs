namespace Xunke.Analytics.Seats;

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
