namespace Xunke.Streaming.Congestion;

/// <summary>What a layer costs.</summary>
/// <param name="Index">Its place among the room's video tracks.</param>
/// <param name="BitsPerSecond">What it took of late; more than 0.</param>
internal readonly record struct LayerOffer(int Index, long BitsPerSecond);
