using System.Security.Cryptography;

namespace Xunke.Streaming.Transport.Srtp;

/// <summary>The session keys of one direction, for RTP or for RTCP (RFC 3711 section 4.3).</summary>
/// <param name="Encryption">16 bytes.</param>
/// <param name="Authentication">20 bytes for HMAC-SHA1; empty for GCM.</param>
/// <param name="Salt">14 bytes, or 12 for GCM.</param>
internal readonly record struct SrtpSessionKeys(byte[] Encryption, byte[] Authentication, byte[] Salt)
{
    private const byte RtpEncryptionLabel = 0;
    private const byte RtpAuthenticationLabel = 1;
    private const byte RtpSaltLabel = 2;

    // The SRTCP labels are the SRTP labels plus three (RFC 3711 section 4.3.2).
    private const byte RtcpLabelOffset = 3;

    private const int BlockLength = 16;
    private const int MasterSaltLength = 14;
    private const int LabelOffset = 7;

    public static SrtpSessionKeys DeriveRtp(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt) =>
        Derive(profile, masterKey, masterSalt, 0);

    public static SrtpSessionKeys DeriveRtcp(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt) =>
        Derive(profile, masterKey, masterSalt, RtcpLabelOffset);

    /// <summary>Overwrites the keys once the ciphers have been made of them.</summary>
    public void Erase()
    {
        CryptographicOperations.ZeroMemory(Encryption);
        CryptographicOperations.ZeroMemory(Authentication);
        CryptographicOperations.ZeroMemory(Salt);
    }

    private static SrtpSessionKeys Derive(
        SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt, byte labelOffset)
    {
        if (masterKey.Length != SrtpKeyingMaterial.KeyLength)
        {
            throw new ArgumentException("A master key has 16 bytes.", nameof(masterKey));
        }

        if (masterSalt.Length != SrtpKeyingMaterial.SaltLength(profile))
        {
            throw new ArgumentException("The master salt's length does not fit the profile.", nameof(masterSalt));
        }

        using var aes = Aes.Create();
        aes.SetKey(masterKey);
        var authenticationLength = profile == SrtpProfile.AeadAes128Gcm ? 0 : HMACSHA1.HashSizeInBytes;
        return new SrtpSessionKeys(
            Generate(aes, masterSalt, (byte)(RtpEncryptionLabel + labelOffset), SrtpKeyingMaterial.KeyLength),
            Generate(aes, masterSalt, (byte)(RtpAuthenticationLabel + labelOffset), authenticationLength),
            Generate(aes, masterSalt, (byte)(RtpSaltLabel + labelOffset), masterSalt.Length));
    }

    /// <summary>
    /// AES in counter mode over salt XOR label, with a key derivation rate of zero (RFC 3711 section 4.3.3). GCM's
    /// 12-byte salt is padded with zeros to 14 (RFC 7714 section 11).
    /// </summary>
    private static byte[] Generate(Aes aes, ReadOnlySpan<byte> masterSalt, byte label, int length)
    {
        Span<byte> counter = stackalloc byte[BlockLength];
        counter.Clear();
        masterSalt.CopyTo(counter[..MasterSaltLength]);
        counter[LabelOffset] ^= label;
        Span<byte> block = stackalloc byte[BlockLength];
        var key = new byte[length];
        for (var done = 0; done < length; done += BlockLength)
        {
            counter[^1] = (byte)(done / BlockLength);
            aes.EncryptEcb(counter, block, PaddingMode.None);
            block[..Math.Min(BlockLength, length - done)].CopyTo(key.AsSpan(done));
        }

        CryptographicOperations.ZeroMemory(block);
        return key;
    }
}
