using OpenCvSharp;

namespace Xunke.Analytics.Vision;

/// <summary>What tells a usable picture from a covered, dark or blurred one, and one view from another.</summary>
/// <param name="Brightness">Mean luma, 0 to 255.</param>
/// <param name="Contrast">Standard deviation of the cells.</param>
/// <param name="Detail">
/// Mean difference of neighbouring pixels over that of pixels four apart: a quarter for a smooth picture, the more the sharper.
/// </param>
/// <param name="Cells">Mean luma of <see cref="Columns"/> x <see cref="Rows"/> cells, by rows.</param>
internal sealed record PictureMeasures(float Brightness, float Contrast, float Detail, byte[] Cells)
{
    private const int Columns = 32;
    private const int Rows = 18;

    private const int Near = 1;
    private const int Far = 4;

    /// <summary>Where each row of cells has this many lines, every other line tells as much as all of them.</summary>
    private const int ManyLines = 4;

    // Every look of a worker's rooms writes into the same two.
    [ThreadStatic]
    private static Mat? _grey;

    [ThreadStatic]
    private static Mat? _cells;

    /// <param name="frame">Any size.</param>
    public static unsafe PictureMeasures Of(RgbFrame frame)
    {
        Mat grey = _grey ??= new Mat(), cells = _cells ??= new Mat();
        int step = frame.Height >= ManyLines * Rows ? 2 : 1;
        fixed (byte* pixels = frame.Pixels)
        {
            using Mat lines = Pixels.Over(pixels, frame.Width * step, new Rect(0, 0, frame.Width, frame.Height / step));
            Cv2.CvtColor(lines, grey, ColorConversionCodes.RGB2GRAY);
        }

        Cv2.Resize(grey, cells, new Size(Columns, Rows), interpolation: InterpolationFlags.Area);
        Cv2.MeanStdDev(cells, out Scalar mean, out Scalar spread);
        double far = Steps(grey, Far);
        float detail = far < 1 ? 0 : (float)(Steps(grey, Near) / far);
        return new PictureMeasures((float)mean.Val0, (float)spread.Val0, detail, cells.AsSpan<byte>().ToArray());
    }

    /// <summary>Similarity of two pictures, -1 to 1: correlation of the steps from cell to cell, which light hardly changes.</summary>
    public float Likeness(PictureMeasures other)
    {
        double product = 0, own = 0, others = 0;
        for (int y = 0; y < Rows; y++)
        {
            for (int x = 0; x < Columns; x++)
            {
                int cell = y * Columns + x;
                Add(x + 1 < Columns ? 1 : 0, cell);
                Add(y + 1 < Rows ? Columns : 0, cell);
            }
        }

        return own * others <= 0 ? 0 : (float)(product / Math.Sqrt(own * others));

        void Add(int step, int cell)
        {
            double one = Cells[cell + step] - Cells[cell], another = other.Cells[cell + step] - other.Cells[cell];
            product += one * another;
            own += one * one;
            others += another * another;
        }
    }

    /// <summary>Sum of differences between pixels at this distance, over the same number of pixels for every distance.</summary>
    private static double Steps(Mat grey, int apart)
    {
        int count = grey.Width - Far;
        if (count <= 0)
        {
            return 0;
        }

        using Mat here = grey.ColRange(0, count), there = grey.ColRange(apart, apart + count);
        return Cv2.Norm(here, there, NormTypes.L1);
    }
}
