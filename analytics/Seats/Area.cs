using System.Collections.Immutable;

namespace Xunke.Analytics.Seats;

/// <summary>A part of a room's picture: a simple polygon. Immutable.</summary>
public sealed class Area
{
    public const int FewestPoints = 3;

    public const int MostPoints = 32;

    /// <summary>Smallest share of the picture: a smaller area could hold nobody.</summary>
    private const double LeastShare = 0.001;

    private Area(ImmutableArray<AreaPoint> points) => Points = points;

    /// <summary>The corners in order, either way round; the last is joined to the first.</summary>
    public ImmutableArray<AreaPoint> Points { get; }

    /// <summary>The least upright rectangle around it, from its upper left to its lower right corner.</summary>
    public (AreaPoint UpperLeft, AreaPoint LowerRight) Bounds =>
        (new(Points.Min(point => point.X), Points.Min(point => point.Y)), new(Points.Max(point => point.X), Points.Max(point => point.Y)));

    /// <summary>Makes an area of points, or says why they make none.</summary>
    /// <param name="points">The corners in order.</param>
    public static (Area? Area, AreaFault Fault) From(IReadOnlyList<AreaPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        AreaFault fault = Check(points);
        return (fault == AreaFault.None ? new Area([.. points]) : null, fault);
    }

    /// <summary>Whether a point lies inside; on an edge either may be said.</summary>
    /// <param name="x">Share of the width.</param>
    /// <param name="y">Share of the height.</param>
    public bool Contains(double x, double y)
    {
        // A ray to the right crosses the outline an odd number of times.
        bool inside = false;
        for (int i = 0, before = Points.Length - 1; i < Points.Length; before = i++)
        {
            AreaPoint a = Points[i], b = Points[before];
            if (a.Y > y != b.Y > y && x < (b.X - a.X) * (y - a.Y) / (b.Y - a.Y) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    private static AreaFault Check(IReadOnlyList<AreaPoint> points) =>
        points.Count is < FewestPoints or > MostPoints ? AreaFault.PointCount
        : !points.All(point => point is { X: >= 0 and <= 1, Y: >= 0 and <= 1 }) ? AreaFault.OutsidePicture
        : Outline.CrossesItself(points) ? AreaFault.Crossing
        : Outline.ShareOf(points) < LeastShare ? AreaFault.TooSmall
        : AreaFault.None;
}
