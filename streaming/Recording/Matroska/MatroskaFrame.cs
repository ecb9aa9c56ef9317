namespace Xunke.Streaming.Recording.Matroska;

/// <summary>One frame out of a <see cref="MatroskaReader"/>: an H.264 access unit or an Opus packet. It refers to the reader's
/// buffer.</summary>
internal readonly ref struct MatroskaFrame
{
    public required MediaKind Kind { get; init; }

    /// <summary>Presentation time since the start of the stream.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>H.264: NAL units with a length before each. Opus: one packet.</summary>
    public required ReadOnlySpan<byte> Data { get; init; }
}
