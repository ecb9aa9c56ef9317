using System.Buffers;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Vision;

/// <summary>Pictures made for a test.</summary>
internal static class Frames
{
    /// <summary>A picture whose pixel at (x, y) is what the function says: red, green, blue.</summary>
    public static RgbFrame Make(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> pixel)
    {
        var pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (pixels[((y * width) + x) * 3], pixels[(((y * width) + x) * 3) + 1], pixels[(((y * width) + x) * 3) + 2]) = pixel(x, y);
            }
        }

        return new RgbFrame(width, height, new Owned(pixels), DateTimeOffset.UnixEpoch);
    }

    /// <summary>A rectangle of a picture, enlarged by a whole number.</summary>
    public static RgbFrame Cut(RgbFrame frame, int left, int top, int width, int height, int enlargement = 1) =>
        Make(width * enlargement, height * enlargement, (x, y) =>
        {
            ReadOnlySpan<byte> pixel = frame.Pixels[((((top + (y / enlargement)) * frame.Width) + left + (x / enlargement)) * 3)..];
            return (pixel[0], pixel[1], pixel[2]);
        });

    private sealed class Owned(byte[] pixels) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = pixels;

        public void Dispose()
        {
        }
    }
}
