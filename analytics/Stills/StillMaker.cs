using OpenCvSharp;
using Xunke.Analytics.Vision;

namespace Xunke.Analytics.Stills;

/// <summary>
/// Makes stills in which nobody can be recognised. What is finer than it may be is not hidden but gone: the file itself has no more
/// pixels than this.
/// <para>
/// The whole picture becomes <see cref="PixelsAlong"/> pixels along, or fewer: so few that the largest head of the last minute is
/// <see cref="LargestHead"/> pixels from chin to crown. So a head that was overlooked has at most 8 pixels, if it is no larger than 8 % of
/// the picture's width (85 of 1024 pixels) or than the largest that was found; those of rendered classes have 3 (median), and 4 to 6 at
/// their 90th percentile. 8 pixels across a face are less than 4 between its eyes. People who compare strangers' faces with 10 there do no
/// better than chance, and worse with 5 (Merino et al. 2025, arXiv:2503.20108). Some know an acquaintance from 7 by 10 pixels (Sinha et al.
/// 2006), which is why this is only the net for who was overlooked.
/// </para>
/// <para>
/// Every head that was found in the last minute, this picture's among them, and the place of a head over every learnt seat becomes blocks
/// of <see cref="BlockPixels"/> pixels of these, over a square of at least twice the head: so a head is at most as wide as two
/// blocks, which leaves nothing of a face.
/// </para>
/// </summary>
internal static class StillMaker
{
    /// <summary>Most pixels of a still along its longer side.</summary>
    public const int PixelsAlong = 96;

    /// <summary>Most pixels of a still from the chin to the crown of a head.</summary>
    public const int LargestHead = 8;

    /// <summary>Pixels of a still along a side of the blocks that heads become.</summary>
    public const int BlockPixels = 4;

    // Coarser would put patterns of its own into the blocks.
    private const int JpegQuality = 92;

    /// <summary>Makes the still of a picture.</summary>
    /// <param name="frame">The picture. It is only read.</param>
    /// <param name="heads">Where heads were found in the last minute; it has learnt from this picture, too.</param>
    /// <param name="seatHeads">Where heads usually are over the room's seats, in pixels.</param>
    public static unsafe Still Make(RgbFrame frame, HeadPlaces heads, IEnumerable<Box> seatHeads)
    {
        Size blocks = BlocksOf(frame, heads.LargestHead);
        var size = new Size(blocks.Width * BlockPixels, blocks.Height * BlockPixels);
        using Mat still = new(), coarse = new(), coarseStill = new(), hideStill = new();
        fixed (byte* first = frame.Pixels)
        {
            using Mat picture = Pixels.Over(first, frame.Width, new Rect(0, 0, frame.Width, frame.Height));
            Cv2.Resize(picture, still, size, interpolation: InterpolationFlags.Area);
        }

        Cv2.Resize(still, coarse, blocks, interpolation: InterpolationFlags.Area);
        Cv2.Resize(coarse, coarseStill, size, interpolation: InterpolationFlags.Nearest);
        using Mat hide = Hidden(blocks, frame, heads, [.. seatHeads]);
        Cv2.Resize(hide, hideStill, size, interpolation: InterpolationFlags.Nearest);
        coarseStill.CopyTo(still, hideStill);
        Cv2.CvtColor(still, still, ColorConversionCodes.RGB2BGR);
        Cv2.ImEncode(
            ".jpg", still, out byte[] jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, JpegQuality),
            new ImageEncodingParam(ImwriteFlags.JpegOptimize, 1));
        return new Still(frame.CapturedAt, jpeg);
    }

    /// <summary>How many blocks a still is wide and high.</summary>
    private static Size BlocksOf(RgbFrame frame, float largestHead)
    {
        int along = Math.Max(frame.Width, frame.Height);
        float pixel = Math.Max(1, Math.Max(along / (float)PixelsAlong, largestHead / LargestHead));
        return new Size(Blocks(frame.Width), Blocks(frame.Height));

        int Blocks(int length) => Math.Max(1, (int)(length / (pixel * BlockPixels)));
    }

    /// <summary>A mask of the blocks in which a head is, was, or may be expected.</summary>
    private static Mat Hidden(Size blocks, RgbFrame frame, HeadPlaces heads, Box[] seatHeads)
    {
        var mask = new Mat(blocks, MatType.CV_8UC1, Scalar.All(0));
        (float width, float height) = (frame.Width / (float)blocks.Width, frame.Height / (float)blocks.Height);
        for (int y = 0; y < blocks.Height; y++)
        {
            for (int x = 0; x < blocks.Width; x++)
            {
                var block = new Box(x * width, y * height, (x + 1) * width, (y + 1) * height);
                if (heads.WasIn(block) || Array.Exists(seatHeads, head => Overlap(head, block)))
                {
                    mask.Set(y, x, byte.MaxValue);
                }
            }
        }

        return mask;
    }

    private static bool Overlap(Box one, Box other) =>
        one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;
}
