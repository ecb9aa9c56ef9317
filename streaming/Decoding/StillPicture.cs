namespace Xunke.Streaming.Decoding;

/// <summary>Files of one picture each. FFmpeg takes a name such as "%03d.jpg" for a pattern unless it is told what the file is.</summary>
public static class StillPicture
{
    private const int Beginning = 16;

    private static readonly string[] Endings = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".tif", ".tiff", ".webp", ".gif"];

    /// <summary>Whether a file's name says that it is a picture.</summary>
    public static bool IsNamed(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>FFmpeg's reader for the picture that a file begins as; null when it is none of JPEG, PNG, BMP, TIFF, WebP and
    /// GIF.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string? ReaderOf(string path)
    {
        Span<byte> bytes = stackalloc byte[Beginning];
        using var file = File.OpenRead(path);
        bytes = bytes[..file.ReadAtLeast(bytes, Beginning, throwOnEndOfStream: false)];
        return bytes switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "jpeg_pipe",
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "png_pipe",
            [(byte)'B', (byte)'M', ..] => "bmp_pipe",
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "tiff_pipe",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "webp_pipe",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "gif",
            _ => null,
        };
    }
}
