namespace Xunke.Streaming.Decoding;

/// <summary>What a video, sound or picture file holds.</summary>
/// <param name="Width">Width of the picture as it is shown, in square pixels; 0 without a picture.</param>
/// <param name="Height">Height of the picture as it is shown, in square pixels; 0 without a picture.</param>
/// <param name="Duration">Length by the file's own word; null where it has none.</param>
/// <param name="SoundTracks">Its sound, the best choice first.</param>
public sealed record MediaFileDescription(int Width, int Height, TimeSpan? Duration, IReadOnlyList<SoundTrack> SoundTracks)
{
    /// <summary>It holds pictures.</summary>
    public bool HasPictures => Width > 0 && Height > 0;

    /// <summary>How its pictures are read; null without any.</summary>
    internal PictureTrack? Pictures { get; init; }
}

/// <summary>A sound stream of a file.</summary>
/// <param name="Index">Its number among the file's streams.</param>
/// <param name="Channels">Its channels.</param>
public readonly record struct SoundTrack(int Index, int Channels);

/// <summary>The video stream of a file that is the lesson.</summary>
/// <param name="Index">Its number among the file's streams.</param>
/// <param name="IsTurned">It is shown turned or mirrored.</param>
/// <param name="IsInterlaced">Two half pictures of different times make a frame.</param>
/// <param name="IsPerceptual">Its brightness is coded as in HDR10 (SMPTE ST 2084) and looks grey when it is taken for ordinary.</param>
internal sealed record PictureTrack(int Index, bool IsTurned, bool IsInterlaced, bool IsPerceptual)
{
    /// <summary>It is stored as it is shown: progressive, upright, in square pixels.</summary>
    public bool IsPlain { get; init; }
}
