namespace Xunke.Streaming.Decoding.Sound;

/// <summary>One Opus packet on its way to the decoder.</summary>
/// <param name="Buffer">From the shared pool; whoever holds the packet last gives it back.</param>
/// <param name="Length">Bytes of it that are the packet.</param>
/// <param name="Timestamp">Its RTP timestamp, 48 kHz.</param>
/// <param name="Came">When it came.</param>
internal readonly record struct SoundPacket(byte[] Buffer, int Length, uint Timestamp, DateTimeOffset Came);
