namespace Xunke.Streaming.Decoding;

/// <summary>What became of a room's video since it is watched.</summary>
/// <param name="Worker">The index of the room's worker.</param>
/// <param name="Units">Access units sent to the worker.</param>
/// <param name="Frames">Pictures given to the sink.</param>
/// <param name="Damaged">Access units dropped because packets of them were lost.</param>
/// <param name="Malformed">Access units dropped because a payload broke the rules of its RTP payload format.</param>
/// <param name="Oversized">Access units dropped because they were above 4 MiB.</param>
/// <param name="Skipped">Whole access units dropped while waiting for a key frame.</param>
/// <param name="Overflowed">Access units dropped because too many waited for the worker, or it was not there.</param>
/// <param name="DecodeErrors">Access units that the decoder refused.</param>
public sealed record RoomDecodingStatistics(
    int Worker, long Units, long Frames, long Damaged, long Malformed, long Oversized, long Skipped, long Overflowed, long DecodeErrors);
