namespace Xunke.Streaming.Decoding;

/// <summary>
/// What became of the video of all rooms that were ever watched; the counts mean what they mean in
/// <see cref="RoomDecodingStatistics"/>, and never fall.
/// </summary>
public sealed record DecodingTotals(
    long Units, long Frames, long Damaged, long Malformed, long Oversized, long Skipped, long Overflowed, long DecodeErrors)
{
    /// <summary>Before any room.</summary>
    internal static DecodingTotals None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    internal DecodingTotals With(RoomDecodingStatistics room) => new(
        Units + room.Units,
        Frames + room.Frames,
        Damaged + room.Damaged,
        Malformed + room.Malformed,
        Oversized + room.Oversized,
        Skipped + room.Skipped,
        Overflowed + room.Overflowed,
        DecodeErrors + room.DecodeErrors);
}
