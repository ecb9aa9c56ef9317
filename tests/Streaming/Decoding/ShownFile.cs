using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Pictures of a file, kept for comparing.</summary>
internal sealed record ShownFile(int Width, int Height, IReadOnlyList<byte[]> Pictures)
{
    public static async Task<ShownFile> ReadAsync(string path, VideoFileReaderOptions? options = null)
    {
        var pictures = new List<byte[]>();
        int width = 0, height = 0;
        await foreach (DecodedFrame frame in VideoFileReader.ReadAsync(path, options, TestContext.Current.CancellationToken))
        {
            using (frame)
            {
                (width, height) = (frame.Width, frame.Height);
                pictures.Add(frame.Pixels.ToArray());
            }
        }

        return new ShownFile(width, height, pictures);
    }

    /// <summary>The colour at a place, in shares of the picture.</summary>
    public (int Red, int Green, int Blue) At(double x, double y, int picture = 0)
    {
        int at = ((int)(y * Height) * Width + (int)(x * Width)) * 3;
        byte[] pixels = Pictures[picture];
        return (pixels[at], pixels[at + 1], pixels[at + 2]);
    }

    /// <summary>The basic colour at a place: 'r', 'g', 'b', 'k' (black), 'w', or '?'.</summary>
    public char ColourAt(double x, double y, int picture = 0) => At(x, y, picture) switch
    {
        ( > 170, < 90, < 90) => 'r',
        ( < 90, > 90, < 90) => 'g',
        ( < 90, < 90, > 150) => 'b',
        ( < 60, < 60, < 60) => 'k',
        ( > 190, > 190, > 190) => 'w',
        _ => '?',
    };

    /// <summary>Mean difference of the first pictures, in steps of 255.</summary>
    public double DifferenceFrom(ShownFile other)
    {
        (Width, Height).ShouldBe((other.Width, other.Height));
        return Pictures[0].Zip(other.Pictures[0], (one, two) => Math.Abs(one - two)).Average();
    }
}
