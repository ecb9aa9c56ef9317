namespace Xunke.Analytics.Vision;

/// <summary>How a picture lies in the model's input: scaled alike in both directions, at the top left, black beside and below it.</summary>
/// <param name="PictureWidth">Width of the scaled picture in pixels.</param>
/// <param name="PictureHeight">Height of the scaled picture in pixels.</param>
/// <param name="InputWidth">Width of the input: a multiple of 32, no larger than the picture needs.</param>
/// <param name="Scale">Input pixels for one pixel of the frame.</param>
internal readonly record struct Letterbox(int PictureWidth, int PictureHeight, int InputWidth, int InputHeight, float Scale)
{
    /// <summary>The model halves the picture five times, so sides are multiples of 2^5.</summary>
    private const int Multiple = 32;

    /// <summary>A larger scale adds computation but no detail.</summary>
    private const float GreatestEnlargement = 4;

    public static Letterbox Fit(int width, int height, PoseEstimatorOptions options, Fineness fineness = Fineness.Fine)
    {
        (int longer, int shorter) = fineness == Fineness.Fine
            ? (options.FineWidth, options.FineHeight)
            : (options.CoarseWidth, options.CoarseHeight);
        bool portrait = height > width;
        int boxWidth = portrait ? shorter : longer;
        int boxHeight = portrait ? longer : shorter;
        float scale = Math.Min(GreatestEnlargement, Math.Min((float)boxWidth / width, (float)boxHeight / height));
        int pictureWidth = Math.Clamp((int)MathF.Round(width * scale), 1, boxWidth);
        int pictureHeight = Math.Clamp((int)MathF.Round(height * scale), 1, boxHeight);
        return new Letterbox(pictureWidth, pictureHeight, RoundUp(pictureWidth), RoundUp(pictureHeight), scale);
    }

    /// <summary>The same with a smaller height: just enough for some rows of the frame.</summary>
    public Letterbox Cut(int rows)
    {
        int needed = RoundUp((int)MathF.Ceiling(rows * Scale));
        return needed >= PictureHeight ? this : this with { PictureHeight = needed, InputHeight = needed };
    }

    private static int RoundUp(int length) => (length + Multiple - 1) / Multiple * Multiple;
}
