using System.Numerics;

namespace Xunke.Analytics.Vision;

/// <summary>What tells a usable picture from a covered, dark or blurred one, and one view from another.</summary>
/// <param name="Brightness">Mean luma, 0 to 255.</param>
/// <param name="Contrast">Standard deviation of the cells' means.</param>
/// <param name="Detail">
/// Mean difference of neighbouring pixels over that of pixels four apart: a quarter for a smooth picture, the more the sharper.
/// </param>
/// <param name="Cells">Mean luma of <see cref="Columns"/> x <see cref="Rows"/> cells, by rows.</param>
internal sealed record PictureMeasures(float Brightness, float Contrast, float Detail, float[] Cells)
{
    public const int Columns = 32;
    public const int Rows = 18;

    private const int Far = 4;

    /// <summary>Where each row of cells has this many lines, every other line tells as much as all of them.</summary>
    private const int ManyLines = 4;

    /// <param name="frame">Any size.</param>
    public static PictureMeasures Of(RgbFrame frame)
    {
        long[] sums = new long[Columns * Rows];
        int[] counts = new int[Columns * Rows];
        long near = 0, far = 0;
        int[] row = new int[frame.Width];
        int step = frame.Height >= ManyLines * Rows ? 2 : 1;
        for (int y = 0; y < frame.Height; y += step)
        {
            ReadOnlySpan<byte> line = frame.Pixels.Slice(y * frame.Width * 3, frame.Width * 3);
            int x = 0;
            for (int column = 0; column < Columns; column++)
            {
                int first = x, sum = 0, end = (((column + 1) * frame.Width) + Columns - 1) / Columns;
                for (; x < end; x++)
                {
                    row[x] = (77 * line[3 * x] + 150 * line[3 * x + 1] + 29 * line[3 * x + 2]) >> 8;
                    sum += row[x];
                }

                int cell = (y * Rows / frame.Height * Columns) + column;
                sums[cell] += sum;
                counts[cell] += x - first;
            }

            near += Steps(row, 1);
            far += Steps(row, Far);
        }

        float[] cells = [.. sums.Select((sum, i) => (float)((double)sum / Math.Max(1, counts[i])))];
        float mean = cells.Average();
        float contrast = MathF.Sqrt(cells.Average(cell => (cell - mean) * (cell - mean)));
        return new PictureMeasures(mean, contrast, far < 1 ? 0 : (float)((double)near / far), cells);
    }

    /// <summary>Sum of differences between pixels at this distance, over the same number of pixels for every distance.</summary>
    private static int Steps(ReadOnlySpan<int> row, int apart)
    {
        int count = row.Length - Far, x = 0;
        Vector<int> sums = Vector<int>.Zero;
        for (; x <= count - Vector<int>.Count; x += Vector<int>.Count)
        {
            sums += Vector.Abs(new Vector<int>(row[(x + apart)..]) - new Vector<int>(row[x..]));
        }

        int sum = Vector.Sum(sums);
        for (; x < count; x++)
        {
            sum += Math.Abs(row[x + apart] - row[x]);
        }

        return sum;
    }

    /// <summary>
    /// Similarity of two views, -1 to 1: correlation of the steps from cell to cell, which light hardly changes.
    /// </summary>
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
}
