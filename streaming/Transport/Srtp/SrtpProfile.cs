namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The SRTP protection profiles that are negotiated in DTLS (RFC 5764 section 4.1.2, RFC 7714 section 14.2).</summary>
public enum SrtpProfile
{
    /// <summary>AES-128 in counter mode with an 80-bit HMAC-SHA1 tag (RFC 3711).</summary>
    Aes128CmHmacSha1_80,

    /// <summary>AES-128 in Galois/counter mode with a 128-bit tag (RFC 7714).</summary>
    AeadAes128Gcm,
}
