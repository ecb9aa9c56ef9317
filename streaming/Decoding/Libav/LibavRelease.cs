namespace Xunke.Streaming.Decoding.Libav;

/// <summary>The major versions of FFmpeg's libraries that belong to one release and may be loaded together.</summary>
/// <param name="Codec">Of libavcodec.</param>
/// <param name="Util">Of libavutil.</param>
/// <param name="Scale">Of libswscale.</param>
internal sealed record LibavRelease(int Codec, int Util, int Scale)
{
    /// <summary>FFmpeg 8 down to 4, newest first.</summary>
    public static IReadOnlyList<LibavRelease> Known { get; } =
        [new(62, 60, 9), new(61, 59, 8), new(60, 58, 7), new(59, 57, 6), new(58, 56, 5)];
}
