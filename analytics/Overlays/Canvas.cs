namespace Xunke.Analytics.Overlays;

/// <summary>A picture to draw on: 8-bit RGB, rows packed.</summary>
/// <param name="width">Width in pixels, at least 1.</param>
/// <param name="height">Height in pixels, at least 1.</param>
/// <param name="pixels">Width * height * 3 bytes; drawn on in place.</param>
internal sealed class Canvas(int width, int height, byte[] pixels)
{
    /// <summary>Replaces a part by squares of one colour, each the mean of what it covers.</summary>
    /// <param name="left">Left edge; what lies outside the picture is left out.</param>
    /// <param name="right">The column after the last.</param>
    /// <param name="bottom">The row after the last.</param>
    /// <param name="square">Side of a square in pixels, at least 1.</param>
    public void Pixelate(int left, int top, int right, int bottom, int square)
    {
        for (int y = Math.Max(0, top); y < Math.Min(height, bottom); y += square)
        {
            for (int x = Math.Max(0, left); x < Math.Min(width, right); x += square)
            {
                Average(x, y, Math.Min(Math.Min(width, right), x + square), Math.Min(Math.Min(height, bottom), y + square));
            }
        }
    }

    /// <summary>Draws a line, three pixels wide.</summary>
    public void Line(float fromX, float fromY, float toX, float toY, (byte Red, byte Green, byte Blue) colour)
    {
        int steps = (int)MathF.Ceiling(MathF.Max(MathF.Abs(toX - fromX), MathF.Abs(toY - fromY)));
        for (int step = 0; step <= steps; step++)
        {
            float share = steps == 0 ? 0 : (float)step / steps;
            Dot((int)(fromX + share * (toX - fromX)), (int)(fromY + share * (toY - fromY)), colour);
        }
    }

    /// <summary>Draws a frame around a box, as wide as a line.</summary>
    public void Frame(float left, float top, float right, float bottom, (byte Red, byte Green, byte Blue) colour)
    {
        Line(left, top, right, top, colour);
        Line(right, top, right, bottom, colour);
        Line(right, bottom, left, bottom, colour);
        Line(left, bottom, left, top, colour);
    }

    private void Dot(int centreX, int centreY, (byte Red, byte Green, byte Blue) colour)
    {
        for (int y = Math.Max(0, centreY - 1); y <= Math.Min(height - 1, centreY + 1); y++)
        {
            for (int x = Math.Max(0, centreX - 1); x <= Math.Min(width - 1, centreX + 1); x++)
            {
                int at = (y * width + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = colour;
            }
        }
    }

    private void Average(int left, int top, int right, int bottom)
    {
        int red = 0, green = 0, blue = 0, count = (right - left) * (bottom - top);
        for (int y = top; y < bottom; y++)
        {
            for (int at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3)
            {
                red += pixels[at];
                green += pixels[at + 1];
                blue += pixels[at + 2];
            }
        }

        for (int y = top; y < bottom; y++)
        {
            for (int at = (y * width + left) * 3; at < (y * width + right) * 3; at += 3)
            {
                (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
            }
        }
    }
}
