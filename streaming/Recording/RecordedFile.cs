using Xunke.Streaming.Recording.Matroska;

namespace Xunke.Streaming.Recording;

/// <summary>What a complete file holds.</summary>
/// <param name="StartedAt">The time of day of its first frame.</param>
/// <param name="Length">How long it plays.</param>
/// <param name="Bytes">Its size on the disk.</param>
/// <param name="VideoCodec">The video codec, or none where it is sound alone.</param>
/// <param name="Width">Of the picture in pixels; 0 without video.</param>
/// <param name="Height">Of the picture in pixels; 0 without video.</param>
/// <param name="HasSound">There is an Opus track.</param>
public sealed record RecordedFile(
    DateTimeOffset StartedAt, TimeSpan Length, long Bytes, VideoCodec VideoCodec, int Width, int Height, bool HasSound)
{
    /// <summary>The end of its name.</summary>
    public const string Extension = ".mkv";

    /// <summary>What a file's beginning and clusters say of it.</summary>
    internal static RecordedFile Of(MatroskaLayout layout, FileIndex index, long bytes)
    {
        var tracks = layout.Tracks;
        return new RecordedFile(
            layout.StartedAt, RecordingSeal.LengthOf(index), bytes, tracks.Codec, tracks.Width, tracks.Height, tracks.HasSound);
    }
}
