using Xunke.Analytics.Vision;

namespace Xunke.Bench.Postures;

/// <summary>How a picture is changed before it is looked at.</summary>
/// <param name="IsMirrored">Left and right change places.</param>
/// <param name="Window">Side of what is shown over the picture's: below 1 nearer, above 1 farther with black around.</param>
/// <param name="Left">Where that begins, as a share of the picture's width.</param>
/// <param name="Top">Likewise, of its height.</param>
/// <param name="IsCoarse">Looked at in the smaller of the two sizes.</param>
/// <param name="Light">What becomes of the colours; null for nothing.</param>
internal sealed record PictureChange(bool IsMirrored, float Window, float Left, float Top, bool IsCoarse, LightChange? Light)
{
    /// <summary>The picture as it is.</summary>
    public static PictureChange None { get; } = new(false, 1, 0, 0, false, null);

    /// <summary>Where a point of the picture is in the changed one, in pixels of the picture's size.</summary>
    public (float X, float Y) Place(float x, float y, int width)
    {
        float height = width * 9f / 16;
        float shownX = (x - (Left * width)) / Window;
        return (IsMirrored ? width - shownX : shownX, (y - (Top * height)) / Window);
    }

    /// <summary>Writes the changed picture into a model's input, at its top left.</summary>
    /// <returns>Pixels of the input for one of the picture.</returns>
    public float Apply(RgbFrame picture, BoundModel model)
    {
        float scale = Math.Min((float)model.Width / picture.Width, (float)model.Height / picture.Height);
        int width = (int)(picture.Width * scale), height = (int)(picture.Height * scale);
        float left = Left * picture.Width, top = Top * picture.Height;
        model.Input.Clear();
        PictureSampler.Cut(picture, new Box(left, top, left + (Window * picture.Width), top + (Window * picture.Height)), model.Input,
            width, height, model.Width);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = model.Input.Slice(y * model.Width * 3, width * 3);
            Light?.Apply(row);
            if (IsMirrored)
            {
                // Bytes from the end come with their colours swapped; so colours are swapped back.
                row.Reverse();
                for (int x = 0; x < row.Length; x += 3)
                {
                    (row[x], row[x + 2]) = (row[x + 2], row[x]);
                }
            }
        }

        return scale;
    }
}
