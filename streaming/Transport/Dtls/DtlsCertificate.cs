using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>
/// A self-signed certificate on P-256 with the DTLS settings that go with it. The peer trusts it by the fingerprint
/// in the session description, not by a chain (RFC 5763, RFC 8122). Usable by any number of transports at once.
/// </summary>
public sealed class DtlsCertificate : IDisposable
{
    /// <summary>GCM first: it costs less than AES-CM with HMAC (RFC 7714 section 14.2, RFC 5764 section 4.1.2).</summary>
    public const string AllSrtpProfiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";

    private const string CipherSuites =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
        + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA";

    private static readonly TimeSpan ClockSkewAllowed = TimeSpan.FromDays(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private DtlsCertificate(SslContextHandle context, string fingerprint)
    {
        Context = context;
        Fingerprint = fingerprint;
    }

    /// <summary>The SDP <c>fingerprint</c> attribute's value: <c>sha-256</c>, a space, 32 upper-case hexadecimal bytes with colons (RFC
    /// 8122 section 5).</summary>
    public string Fingerprint { get; }

    internal SslContextHandle Context { get; }

    /// <summary>Makes a key and a certificate that is valid from a day ago for a year.</summary>
    /// <param name="time">The clock of the validity period.</param>
    /// <exception cref="DtlsException">OpenSSL refused the certificate or a setting.</exception>
    public static DtlsCertificate Create(TimeProvider time) => Create(time, AllSrtpProfiles);

    /// <summary>As <see cref="Create(TimeProvider)"/>, offering only the SRTP profiles named.</summary>
    /// <param name="time">The clock of the validity period.</param>
    /// <param name="srtpProfiles">OpenSSL's names of the profiles, most wanted first, with colons between.</param>
    public static DtlsCertificate Create(TimeProvider time, string srtpProfiles)
    {
        ArgumentNullException.ThrowIfNull(time);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=xunke", key, HashAlgorithmName.SHA256);
        var now = time.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - ClockSkewAllowed, now + Lifetime);
        var privateKey = key.ExportECPrivateKey();
        try
        {
            return new DtlsCertificate(
                CreateContext(certificate.RawData, privateKey, srtpProfiles), FormatFingerprint(SHA256.HashData(certificate.RawData)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(privateKey);
        }
    }

    /// <summary>Releases the certificate. Transports made with it go on working.</summary>
    public void Dispose() => Context.Dispose();

    internal static string FormatFingerprint(ReadOnlySpan<byte> sha256) =>
        "sha-256 " + BitConverter.ToString(sha256.ToArray()).Replace('-', ':');

    private static unsafe SslContextHandle CreateContext(byte[] certificate, byte[] privateKey, string srtpProfiles)
    {
        OpenSsl.ERR_clear_error();
        var context = OpenSsl.SSL_CTX_new(OpenSsl.DTLS_method());
        try
        {
            OpenSsl.Check(!context.IsInvalid, "create a DTLS context");
            OpenSsl.Check(
                OpenSsl.SSL_CTX_ctrl(context, OpenSsl.ControlSetMinimumVersion, OpenSsl.Dtls12Version, 0) == 1, "demand DTLS 1.2");
            OpenSsl.Check(OpenSsl.SSL_CTX_set_cipher_list(context, CipherSuites) == 1, "select cipher suites");
            OpenSsl.Check(OpenSsl.SSL_CTX_use_certificate_ASN1(context, certificate.Length, certificate) == 1, "use the certificate");
            OpenSsl.Check(
                OpenSsl.SSL_CTX_use_PrivateKey_ASN1(OpenSsl.EvpPrivateKeyEc, context, privateKey, privateKey.Length) == 1,
                "use the private key");
            OpenSsl.Check(OpenSsl.SSL_CTX_set_tlsext_use_srtp(context, srtpProfiles) == 0, $"offer the SRTP profiles {srtpProfiles}");
            OpenSsl.SSL_CTX_set_options(context, OpenSsl.OptionNoQueryMtu | OpenSsl.OptionNoTicket | OpenSsl.OptionNoRenegotiation);
            OpenSsl.SSL_CTX_set_verify(context, OpenSsl.VerifyPeerAndRequireCertificate, &AcceptAnyCertificate);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Peers are self-signed; the caller compares <see cref="DtlsTransport.RemoteFingerprint"/> with the session
    /// description.</summary>
    [UnmanagedCallersOnly]
    private static int AcceptAnyCertificate(int verified, nint store) => 1;
}
