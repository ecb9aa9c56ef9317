namespace Xunke.Analytics.Seats;

/// <summary>Plane geometry of closed lists of points.</summary>
internal static class Outline
{
    /// <summary>The area that it encloses, by the shoelace formula.</summary>
    public static double ShareOf(IReadOnlyList<AreaPoint> points)
    {
        double twice = 0;
        for (int i = 0; i < points.Count; i++)
        {
            AreaPoint a = points[i], b = points[(i + 1) % points.Count];
            twice += a.X * b.Y - b.X * a.Y;
        }

        return Math.Abs(twice) / 2;
    }

    /// <summary>Whether two edges have more in common than the corner between neighbours, or an edge has no length.</summary>
    public static bool CrossesItself(IReadOnlyList<AreaPoint> points)
    {
        int count = points.Count;
        for (int first = 0; first < count; first++)
        {
            AreaPoint a = points[first], b = points[(first + 1) % count], c = points[(first + 2) % count];
            if (a == b || LiesOn(a, b, c) || LiesOn(c, a, b))
            {
                return true;
            }

            for (int second = first + 2; second < count; second++)
            {
                bool neighbours = (second + 1) % count == first;
                if (!neighbours && Meet(a, b, points[second], points[(second + 1) % count]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Meet(AreaPoint a, AreaPoint b, AreaPoint c, AreaPoint d) =>
        (Turn(a, b, c) != Turn(a, b, d) && Turn(c, d, a) != Turn(c, d, b))
        || LiesOn(c, a, b) || LiesOn(d, a, b) || LiesOn(a, c, d) || LiesOn(b, c, d);

    private static bool LiesOn(AreaPoint point, AreaPoint a, AreaPoint b) =>
        Turn(a, b, point) == 0
        && point.X >= Math.Min(a.X, b.X) && point.X <= Math.Max(a.X, b.X)
        && point.Y >= Math.Min(a.Y, b.Y) && point.Y <= Math.Max(a.Y, b.Y);

    /// <summary>Which way one turns at b on the way from a to c: -1, 0 or 1.</summary>
    private static int Turn(AreaPoint a, AreaPoint b, AreaPoint c) =>
        Math.Sign((b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X));
}
