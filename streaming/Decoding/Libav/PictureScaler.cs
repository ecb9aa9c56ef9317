namespace Xunke.Streaming.Decoding.Libav;

/// <summary>Turns a decoded picture of any format and size into packed RGB of the analysis size. Not thread-safe.</summary>
internal sealed unsafe class PictureScaler : IDisposable
{
    /// <summary>libswscale's vector code may write past the last pixel by less than this.</summary>
    public const int Slack = 64;

    private void* _context;

    /// <summary>Scales by area averaging.</summary>
    /// <param name="width">Width to make, in pixels.</param>
    /// <param name="height">Height to make, in pixels.</param>
    /// <param name="rgb">Takes the pixels, width * height * 3 bytes and <see cref="Slack"/> more.</param>
    /// <returns>False when libswscale does not know the picture's format.</returns>
    public bool TryScale(LibavFrame* picture, int width, int height, Span<byte> rgb)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rgb.Length, (width * height * 3) + Slack, nameof(rgb));
        _context = LibavNative.sws_getCachedContext(
            _context, picture->Width, picture->Height, picture->PixelFormat,
            width, height, LibavNative.Rgb24, LibavNative.AreaFilter, null, null, null);
        if (_context is null)
        {
            return false;
        }

        fixed (byte* start = rgb)
        {
            var planes = stackalloc byte*[4] { start, null, null, null };
            var strides = stackalloc int[4] { width * 3, 0, 0, 0 };
            return LibavNative.sws_scale(
                _context, (byte**)&picture->Data, picture->LineSizes, 0, picture->Height, planes, strides) == height;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        LibavNative.sws_freeContext(_context);
        _context = null;
    }
}
