using System.Security.Cryptography;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>Reads off a finished handshake what it was for: who the peer is, and the SRTP keys.</summary>
internal static class DtlsOutcome
{
    private static ReadOnlySpan<byte> ExporterLabel => "EXTRACTOR-dtls_srtp"u8;

    /// <summary>The fingerprint of the peer's certificate, or null when it presented none.</summary>
    public static string? RemoteFingerprint(SslHandle ssl)
    {
        var certificate = OpenSsl.SSL_get1_peer_certificate(ssl);
        if (certificate == 0)
        {
            return null;
        }

        try
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            OpenSsl.Check(OpenSsl.X509_digest(certificate, OpenSsl.EVP_sha256(), digest, out _) == 1, "digest the peer's certificate");
            return DtlsCertificate.FormatFingerprint(digest);
        }
        finally
        {
            OpenSsl.X509_free(certificate);
        }
    }

    /// <summary>
    /// The keys of both directions, or null when there is no SRTP profile in common. The exporter's output is client
    /// key, server key, client salt, server salt (RFC 5764 section 4.2).
    /// </summary>
    public static SrtpKeyingMaterial? Keys(SslHandle ssl, DtlsRole role)
    {
        if (SelectedProfile(ssl) is not { } profile)
        {
            return null;
        }

        var saltLength = SrtpKeyingMaterial.SaltLength(profile);
        const int keyLength = SrtpKeyingMaterial.KeyLength;
        Span<byte> material = stackalloc byte[2 * (keyLength + saltLength)];
        OpenSsl.Check(
            OpenSsl.SSL_export_keying_material(
                ssl, material, (nuint)material.Length, ExporterLabel, (nuint)ExporterLabel.Length, 0, 0, 0) == 1,
            "export the SRTP keys");
        var clientKey = material[..keyLength].ToArray();
        var serverKey = material.Slice(keyLength, keyLength).ToArray();
        var clientSalt = material.Slice(2 * keyLength, saltLength).ToArray();
        var serverSalt = material[((2 * keyLength) + saltLength)..].ToArray();
        CryptographicOperations.ZeroMemory(material);
        return role == DtlsRole.Client
            ? new SrtpKeyingMaterial(profile, clientKey, clientSalt, serverKey, serverSalt)
            : new SrtpKeyingMaterial(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    private static unsafe SrtpProfile? SelectedProfile(SslHandle ssl)
    {
        var selected = OpenSsl.SSL_get_selected_srtp_profile(ssl);
        if (selected == 0)
        {
            return null;
        }

        // The second member is the number of RFC 5764 section 4.1.2 and RFC 7714 section 14.2.
        return ((nint*)selected)[1] switch
        {
            0x0001 => SrtpProfile.Aes128CmHmacSha1_80,
            0x0007 => SrtpProfile.AeadAes128Gcm,
            _ => null,
        };
    }
}
