namespace Xunke.Streaming.Rooms;

/// <summary>Sees every packet of a room, decrypted and in sequence order.</summary>
public interface IRtpTap
{
    /// <summary>
    /// Takes one packet. Called on the media thread with packets of one kind in rising sequence order; a packet that
    /// stays missing is skipped, which shows as a gap in the sequence numbers. Sequence numbers and timestamps
    /// continue when the publisher reconnects. The span is valid only during the call; the call must not block,
    /// and may call <see cref="IRoomMedia.RequestKeyFrame"/>.
    /// </summary>
    /// <param name="codec">The video codec of the room, or <see cref="VideoCodec.None"/> for an audio packet.</param>
    /// <param name="rtp">
    /// A whole RTP packet (RFC 3550): a header of exactly 12 bytes (no CSRC, no extension), then the payload, with
    /// padding (and the P bit) when the publisher padded. A padding-only packet has no payload before its padding.
    /// </param>
    void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp);
}
