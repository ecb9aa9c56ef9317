using OpenCvSharp;

namespace Xunke.Analytics.Vision;

/// <summary>The corners by which a camera's view is known again (ORB), and where they are. They hold no picture.</summary>
internal sealed class ViewFeatures
{
    private const int Width = 512;

    private const int Most = 400;

    /// <summary>Sizes in which corners are looked for, so that a view is known again after zooming to half or twice its size.</summary>
    private const int Sizes = 4;

    /// <summary>How much darker or brighter than a corner its surroundings are at least; OpenCV's 20 finds none in dim light.</summary>
    private const int LeastContrast = 12;

    private const int BytesOfCorner = 32;

    /// <summary>Two pairs of places say how a view was moved, turned and zoomed.</summary>
    private const int PairsNeeded = 2;

    /// <summary>How far a corner may lie from where the others say that it is, in pixels of the reduced picture.</summary>
    private const double Astray = 3;

    private readonly Point2f[] _places;
    private readonly byte[] _looks;
    private readonly Size _size;

    private ViewFeatures(Point2f[] places, byte[] looks, Size size)
    {
        _places = places;
        _looks = looks;
        _size = size;
    }

    /// <param name="frame">Any size.</param>
    public static unsafe ViewFeatures Of(RgbFrame frame)
    {
        var size = new Size(Width, Math.Max(1, Width * frame.Height / frame.Width));
        using Mat small = new(), grey = new(), looks = new();
        fixed (byte* pixels = frame.Pixels)
        {
            using Mat picture = Pixels.Over(pixels, frame.Width, new Rect(0, 0, frame.Width, frame.Height));
            Cv2.Resize(picture, small, size);
        }

        Cv2.CvtColor(small, grey, ColorConversionCodes.RGB2GRAY);
        using var finder = ORB.Create(Most, nLevels: Sizes, fastThreshold: LeastContrast);
        finder.DetectAndCompute(grey, null, out KeyPoint[] corners, looks);
        return new ViewFeatures([.. corners.Select(corner => corner.Pt)], corners.Length == 0 ? [] : looks.AsSpan<byte>().ToArray(), size);
    }

    /// <summary>What moving, turning and zooming makes of this view the other one, found from the corners that both share.</summary>
    /// <returns>How many corners say so, and how far the picture's own corners go at most, as a share of its width.</returns>
    public (int Shared, double Shift) To(ViewFeatures other)
    {
        if (_places.Length == 0 || other._places.Length == 0)
        {
            return (0, 0);
        }

        using Mat own = Rows(_looks), others = Rows(other._looks);
        using var matcher = new BFMatcher(NormTypes.Hamming, crossCheck: true);
        DMatch[] alike = matcher.Match(own, others);
        if (alike.Length < PairsNeeded)
        {
            return (alike.Length, 0);
        }

        using var from = InputArray.Create(alike.Select(pair => _places[pair.QueryIdx]));
        using var to = InputArray.Create(alike.Select(pair => other._places[pair.TrainIdx]));
        using var agree = new Mat();
        using Mat? change = Cv2.EstimateAffinePartial2D(from, to, agree, RobustEstimationAlgorithms.RANSAC, Astray);
        return change is null || change.Empty() ? (0, 0) : (Cv2.CountNonZero(agree), Furthest(change));
    }

    private double Furthest(Mat change)
    {
        (int width, int height) = (_size.Width, _size.Height);
        Point2d[] corners = [new(0, 0), new(width, 0), new(0, height), new(width, height)];
        return corners.Max(corner => double.Hypot(Moved(change, 0, corner) - corner.X, Moved(change, 1, corner) - corner.Y)) / width;
    }

    private static double Moved(Mat change, int axis, Point2d corner) =>
        (change.At<double>(axis, 0) * corner.X) + (change.At<double>(axis, 1) * corner.Y) + change.At<double>(axis, 2);

    private static Mat Rows(byte[] looks) => Mat.FromPixelData(looks.Length / BytesOfCorner, BytesOfCorner, MatType.CV_8UC1, looks);
}
