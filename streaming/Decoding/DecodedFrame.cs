using System.Buffers;

namespace Xunke.Streaming.Decoding;

/// <summary>
/// One picture out of a decoder, 8-bit RGB (R, G, B), rows packed without padding. It owns its pixels: whoever
/// holds the frame last disposes it, or hands the pixels on with <see cref="TakePixels"/>.
/// </summary>
public sealed class DecodedFrame : IDisposable
{
    private IMemoryOwner<byte>? _pixels;

    /// <summary>Wraps pixels that a decoder has filled.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="sourceWidth">Width of the coded picture before scaling, in pixels.</param>
    /// <param name="sourceHeight">Height of the coded picture before scaling, in pixels.</param>
    /// <param name="capturedAt">When the picture arrived, or its place in the file.</param>
    /// <param name="pixels">The buffer; may be longer than width * height * 3 bytes, never shorter.</param>
    /// <exception cref="ArgumentException">The buffer is too short for the size.</exception>
    public DecodedFrame(
        string roomId, int width, int height, int sourceWidth, int sourceHeight, DateTimeOffset capturedAt, IMemoryOwner<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Memory.Length < width * height * 3)
        {
            throw new ArgumentException($"{pixels.Memory.Length} bytes cannot hold {width}x{height} RGB pixels.", nameof(pixels));
        }

        RoomId = roomId;
        Width = width;
        Height = height;
        SourceWidth = sourceWidth;
        SourceHeight = sourceHeight;
        CapturedAt = capturedAt;
        _pixels = pixels;
    }

    /// <summary>The room that the picture shows.</summary>
    public string RoomId { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Width of the coded picture before scaling, in pixels.</summary>
    public int SourceWidth { get; }

    /// <summary>Height of the coded picture before scaling, in pixels.</summary>
    public int SourceHeight { get; }

    /// <summary>When the picture's last packet arrived by the node's clock; for a file, the origin plus the place in it.</summary>
    public DateTimeOffset CapturedAt { get; }

    /// <summary>The pixels, exactly Width * Height * 3 bytes.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed or its pixels were taken.</exception>
    public ReadOnlySpan<byte> Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels.Memory.Span[..(Width * Height * 3)];
        }
    }

    /// <summary>Hands the buffer to the caller, who now returns it to its pool; the frame is empty afterwards.</summary>
    /// <exception cref="ObjectDisposedException">The frame was disposed or its pixels were taken.</exception>
    public IMemoryOwner<byte> TakePixels()
    {
        var pixels = Interlocked.Exchange(ref _pixels, null);
        ObjectDisposedException.ThrowIf(pixels is null, this);
        return pixels;
    }

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _pixels, null)?.Dispose();
}
