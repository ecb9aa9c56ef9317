using OpenCvSharp;

namespace Xunke.Analytics.Vision;

/// <summary>8-bit RGB pixels as OpenCV takes them: a header over memory that stays its owner's. Nothing is copied.</summary>
internal static class Pixels
{
    // The rooms are what runs side by side; threads within one picture would only take each other's cores.
    static Pixels() => Cv2.SetNumThreads(1);

    /// <param name="first">The picture's first byte; must not move while the header is in use.</param>
    /// <param name="stride">Pixels from one row to the next.</param>
    /// <param name="part">What the header shows of the picture.</param>
    public static unsafe Mat Over(byte* first, int stride, Rect part) =>
        Mat.FromPixelData(part.Height, part.Width, MatType.CV_8UC3, (nint)(first + (((part.Y * stride) + part.X) * 3)), stride * 3);
}
