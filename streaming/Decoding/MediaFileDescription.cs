namespace Xunke.Streaming.Decoding;

/// <summary>What a video, sound or picture file holds.</summary>
/// <param name="Width">Width of the picture as it is shown, in pixels; 0 without a picture.</param>
/// <param name="Height">Height of the picture as it is shown, in pixels; 0 without a picture.</param>
/// <param name="Duration">Length by the file's own word; null where it has none.</param>
/// <param name="AudioChannels">Channels of the first audio stream; 0 without one.</param>
public sealed record MediaFileDescription(int Width, int Height, TimeSpan? Duration, int AudioChannels)
{
    /// <summary>It holds pictures.</summary>
    public bool HasPictures => Width > 0 && Height > 0;
}
