using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Xunke.Streaming.Decoding;

/// <summary>The first picture of a video stream as FFmpeg shows it: turned upright, cropped, with the shape of its pixels.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="PixelAspect">Width of a pixel over its height.</param>
/// <param name="IsInterlaced">It is made of two fields.</param>
internal sealed record FirstPicture(int Width, int Height, double PixelAspect, bool IsInterlaced)
{
    private const int LongestHeader = 256;

    /// <summary>No camera has pixels of such a shape; a file that says so is wrong.</summary>
    private const double MostStretched = 8;

    /// <summary>Width in square pixels.</summary>
    public int ShownWidth => Math.Max(1, (int)Math.Round(Width * PixelAspect));

    /// <summary>Decodes a stream until a picture comes.</summary>
    /// <returns>The picture, or null with ffmpeg's complaint.</returns>
    public static async Task<(FirstPicture? Picture, string Complaint)> ReadAsync(
        string path, int stream, CancellationToken cancellationToken)
    {
        var map = string.Create(CultureInfo.InvariantCulture, $"0:{stream}");
        using var ffmpeg = MediaTool.Start(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-threads", "1", .. MediaTool.Decoding, .. MediaTool.Input(path),
                "-map", map, "-frames:v", "1", "-pix_fmt", "gray", "-f", "yuv4mpegpipe", "-strict", "-1", "pipe:1",
            ]);
        var complaint = ffmpeg.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var header = new byte[LongestHeader];
            var read = await ffmpeg.StandardOutput.BaseStream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false,
                cancellationToken).ConfigureAwait(false);
            var end = header.AsSpan(0, read).IndexOf((byte)'\n');
            if (end <= 0)
            {
                await ffmpeg.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                if (MediaTool.WasKilled(ffmpeg))
                {
                    throw new IOException("ffmpeg was killed.");
                }
            }

            var picture = end > 0 ? Parse(Encoding.ASCII.GetString(header, 0, end)) : null;
            return (picture, picture is null ? await complaint.ConfigureAwait(false) : string.Empty);
        }
        finally
        {
            MediaTool.Stop(ffmpeg);
        }
    }

    /// <summary>Reads the header of YUV4MPEG2, such as "YUV4MPEG2 W540 H540 F15:1 Ip A16:9 Cmono".</summary>
    private static FirstPicture? Parse(string header)
    {
        int width = 0, height = 0;
        double aspect = 1;
        var interlaced = false;
        foreach (var word in header.Split(' ').Skip(1).Where(word => word.Length > 1))
        {
            var value = word[1..];
            switch (word[0])
            {
                case 'W':
                    _ = int.TryParse(value, CultureInfo.InvariantCulture, out width);
                    break;
                case 'H':
                    _ = int.TryParse(value, CultureInfo.InvariantCulture, out height);
                    break;
                case 'I':
                    interlaced = value is "t" or "b" or "m";
                    break;
                case 'A' when value.Split(':') is [var over, var under]
                        && double.TryParse(over, CultureInfo.InvariantCulture, out var pixelWidth)
                        && double.TryParse(under, CultureInfo.InvariantCulture, out var pixelHeight)
                        && pixelWidth / pixelHeight is > 1 / MostStretched and < MostStretched and var shape:
                    aspect = shape;
                    break;
            }
        }

        return width > 0 && height > 0 ? new FirstPicture(width, height, aspect, interlaced) : null;
    }
}
