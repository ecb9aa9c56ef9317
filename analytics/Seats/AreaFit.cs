using System.Collections.Immutable;

namespace Xunke.Analytics.Seats;

/// <summary>Fits an area around points: the picture, cut by one straight line per direction just outside the outermost point.</summary>
internal static class AreaFit
{
    /// <summary>Enough for a rounded shape, few enough to edit by hand.</summary>
    private const int Directions = 12;

    /// <summary>Corners closer than this share of the picture are one.</summary>
    private const double SameCorner = 0.01;

    /// <summary>Corners are rounded to this many digits: a tenth of a pixel.</summary>
    private const int Digits = 4;

    /// <summary>The area around all points, or null where they span none.</summary>
    public static Area? Around(IReadOnlyList<AreaPoint> points)
    {
        if (points.Count == 0)
        {
            return null;
        }

        List<AreaPoint> corners = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];
        for (int i = 0; i < Directions; i++)
        {
            double angle = 2 * Math.PI * i / Directions, x = Math.Cos(angle), y = Math.Sin(angle);
            corners = Cut(corners, x, y, points.Max(point => point.X * x + point.Y * y));
        }

        return Area.From(Tidy(corners)).Area;
    }

    /// <summary>Keeps what lies on the near side of the line x * px + y * py = limit (Sutherland and Hodgman, 1974).</summary>
    private static List<AreaPoint> Cut(List<AreaPoint> corners, double x, double y, double limit)
    {
        var kept = new List<AreaPoint>(corners.Count + 1);
        for (int i = 0; i < corners.Count; i++)
        {
            AreaPoint from = corners[i], to = corners[(i + 1) % corners.Count];
            double before = from.X * x + from.Y * y - limit, after = to.X * x + to.Y * y - limit;
            if (before <= 0)
            {
                kept.Add(from);
            }

            if (before <= 0 != after <= 0)
            {
                double share = before / (before - after);
                kept.Add(new AreaPoint(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
            }
        }

        return kept;
    }

    private static ImmutableArray<AreaPoint> Tidy(List<AreaPoint> corners)
    {
        ImmutableArray<AreaPoint>.Builder tidy = ImmutableArray.CreateBuilder<AreaPoint>(corners.Count);
        foreach (AreaPoint corner in corners)
        {
            var rounded = new AreaPoint(Math.Clamp(Math.Round(corner.X, Digits), 0, 1), Math.Clamp(Math.Round(corner.Y, Digits), 0, 1));
            if (!tidy.Any(other => Math.Abs(other.X - rounded.X) + Math.Abs(other.Y - rounded.Y) < SameCorner))
            {
                tidy.Add(rounded);
            }
        }

        return tidy.ToImmutable();
    }
}
