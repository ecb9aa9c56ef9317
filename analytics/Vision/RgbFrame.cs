using System.Buffers;

namespace Xunke.Analytics.Vision;

/// <summary>
/// One picture of a room, 8-bit RGB, rows packed without padding (Width * Height * 3 bytes).
/// It owns its pixels: whoever holds the frame last disposes it, which returns the buffer to its pool.
/// </summary>
/// <param name="width">Width in pixels, at least 1.</param>
/// <param name="height">Height in pixels, at least 1.</param>
/// <param name="owner">The buffer; may be longer than the picture.</param>
/// <param name="capturedAt">When the picture left the decoder, by the node's clock.</param>
public sealed class RgbFrame(int width, int height, IMemoryOwner<byte> owner, DateTimeOffset capturedAt) : IDisposable
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public DateTimeOffset CapturedAt { get; } = capturedAt;

    /// <summary>The pixels, exactly Width * Height * 3 bytes.</summary>
    public ReadOnlySpan<byte> Pixels => owner.Memory.Span[..(Width * Height * 3)];

    public void Dispose() => owner.Dispose();
}
