namespace Xunke.Streaming.Rooms;

/// <summary>Where a publisher's packet went in its room.</summary>
/// <param name="First">The first index to pass on; one less than <paramref name="Index"/> when parameter sets were put before the
/// packet.</param>
/// <param name="Index">The packet's own index.</param>
/// <param name="StartsKeyFrame">Whether a decoder can start at <paramref name="First"/>.</param>
internal readonly record struct ReceivedPacket(long First, long Index, bool StartsKeyFrame);
