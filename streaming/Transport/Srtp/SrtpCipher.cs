namespace Xunke.Streaming.Transport.Srtp;

/// <summary>
/// Encrypts and authenticates in place with one direction's keys; knows nothing of indices already seen. An instance
/// keeps scratch memory, so it is not thread safe, and it allocates nothing per packet.
/// </summary>
internal abstract class SrtpCipher : IDisposable
{
    /// <summary>Bytes of an RTCP packet that stay clear: the first header and the sender's SSRC (RFC 3711 section 3.4).</summary>
    public const int RtcpHeaderLength = 8;

    /// <summary>Length of the E flag and SRTCP index that follow each RTCP packet.</summary>
    public const int RtcpIndexLength = 4;

    /// <summary>The flag in the index word which says that the packet is encrypted.</summary>
    public const uint RtcpEncryptedFlag = 0x80000000;

    /// <summary>Length of the authentication tag in bytes.</summary>
    public abstract int TagLength { get; }

    public static SrtpCipher Create(SrtpProfile profile, in SrtpSessionKeys rtp, in SrtpSessionKeys rtcp) =>
        profile == SrtpProfile.AeadAes128Gcm ? new AesGcmCipher(rtp, rtcp) : new AesCounterCipher(rtp, rtcp);

    public static SrtpCipher Create(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
    {
        var rtp = SrtpSessionKeys.DeriveRtp(profile, masterKey, masterSalt);
        var rtcp = SrtpSessionKeys.DeriveRtcp(profile, masterKey, masterSalt);
        var cipher = Create(profile, rtp, rtcp);
        rtp.Erase();
        rtcp.Erase();
        return cipher;
    }

    /// <summary>Protects the packet in the first <paramref name="length"/> bytes; the tag follows it.</summary>
    /// <param name="headerLength">Length of the clear header with CSRCs and extension.</param>
    /// <param name="index">The packet's 48-bit index: roll-over counter and sequence number.</param>
    public abstract void ProtectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index);

    /// <summary>Reverses <see cref="ProtectRtp"/>; <paramref name="length"/> is that of the packet without its tag.</summary>
    /// <returns>False when the tag does not match.</returns>
    public abstract bool UnprotectRtp(Span<byte> buffer, int headerLength, int length, uint ssrc, ulong index);

    /// <summary>Protects the compound packet in the first <paramref name="length"/> bytes; tag and index word follow it in the profile's
    /// order.</summary>
    /// <param name="buffer">The packet and room for tag and index word.</param>
    /// <param name="index">The 31-bit SRTCP index.</param>
    public abstract void ProtectRtcp(Span<byte> buffer, int length, uint ssrc, uint index);

    /// <summary>Reads the word of E flag and index of a protected packet.</summary>
    public abstract uint ReadRtcpIndexWord(ReadOnlySpan<byte> packet);

    /// <summary>Reverses <see cref="ProtectRtcp"/>; <paramref name="length"/> is that of the clear packet.</summary>
    /// <returns>False when the tag does not match.</returns>
    public abstract bool UnprotectRtcp(Span<byte> buffer, int length, uint ssrc, uint indexWord);

    public abstract void Dispose();
}
