using System.Runtime.InteropServices;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>The functions of OpenSSL 3 that DTLS-SRTP needs, by their own names. See the manual pages of libssl and libcrypto.</summary>
internal static unsafe partial class OpenSsl
{
    // Macros of ssl.h and bio.h, which reach the library through its *_ctrl functions.
    public const int ErrorWantRead = 2;
    public const int ErrorZeroReturn = 6;
    public const int ReceivedShutdown = 2;
    public const int VerifyPeerAndRequireCertificate = 1 | 2;
    public const int ControlSetMtu = 17;
    public const int ControlDtlsGetTimeout = 73;
    public const int ControlDtlsHandleTimeout = 74;
    public const int ControlSetMinimumVersion = 123;
    public const int BioControlReset = 1;
    public const int BioControlSetMemoryEofReturn = 130;
    public const int Dtls12Version = 0xFEFD;
    public const int EvpPrivateKeyEc = 408;
    public const ulong OptionNoQueryMtu = 1UL << 12;
    public const ulong OptionNoTicket = 1UL << 14;
    public const ulong OptionNoRenegotiation = 1UL << 30;

    private const string Ssl = "libssl.so.3";
    private const string Crypto = "libcrypto.so.3";

    [LibraryImport(Ssl)]
    public static partial nint DTLS_method();

    [LibraryImport(Ssl)]
    public static partial SslContextHandle SSL_CTX_new(nint method);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Ssl)]
    public static partial long SSL_CTX_ctrl(SslContextHandle context, int command, long number, nint pointer);

    [LibraryImport(Ssl)]
    public static partial ulong SSL_CTX_set_options(SslContextHandle context, ulong options);

    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_cipher_list(SslContextHandle context, string list);

    /// <summary>Returns 0 on success, unlike its neighbours.</summary>
    [LibraryImport(Ssl, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_tlsext_use_srtp(SslContextHandle context, string profiles);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_verify(SslContextHandle context, int mode, delegate* unmanaged<int, nint, int> callback);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_use_certificate_ASN1(SslContextHandle context, int length, ReadOnlySpan<byte> der);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_use_PrivateKey_ASN1(int type, SslContextHandle context, ReadOnlySpan<byte> der, long length);

    [LibraryImport(Ssl)]
    public static partial SslHandle SSL_new(SslContextHandle context);

    [LibraryImport(Ssl)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_bio(SslHandle ssl, nint read, nint write);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_accept_state(SslHandle ssl);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_connect_state(SslHandle ssl);

    [LibraryImport(Ssl)]
    public static partial long SSL_ctrl(SslHandle ssl, int command, long number, void* pointer);

    [LibraryImport(Ssl)]
    public static partial void DTLS_set_timer_cb(SslHandle ssl, delegate* unmanaged<nint, uint, uint> callback);

    [LibraryImport(Ssl)]
    public static partial int SSL_do_handshake(SslHandle ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_read(SslHandle ssl, Span<byte> buffer, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_shutdown(SslHandle ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_get_shutdown(SslHandle ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_get_error(SslHandle ssl, int result);

    [LibraryImport(Ssl)]
    public static partial int SSL_export_keying_material(
        SslHandle ssl, Span<byte> output, nuint outputLength, ReadOnlySpan<byte> label, nuint labelLength, nint context,
        nuint contextLength, int useContext);

    /// <summary>Returns an SRTP_PROTECTION_PROFILE { const char *name; unsigned long id; } that the library owns, or null.</summary>
    [LibraryImport(Ssl)]
    public static partial nint SSL_get_selected_srtp_profile(SslHandle ssl);

    [LibraryImport(Ssl)]
    public static partial nint SSL_get1_peer_certificate(SslHandle ssl);

    [LibraryImport(Crypto)]
    public static partial nint BIO_new(nint method);

    [LibraryImport(Crypto)]
    public static partial nint BIO_s_mem();

    [LibraryImport(Crypto)]
    public static partial int BIO_free(nint bio);

    [LibraryImport(Crypto)]
    public static partial long BIO_ctrl(nint bio, int command, long number, nint pointer);

    [LibraryImport(Crypto)]
    public static partial int BIO_write(nint bio, ReadOnlySpan<byte> data, int length);

    [LibraryImport(Crypto)]
    public static partial int BIO_read(nint bio, Span<byte> data, int length);

    [LibraryImport(Crypto)]
    public static partial nint EVP_sha256();

    [LibraryImport(Crypto)]
    public static partial int X509_digest(nint certificate, nint algorithm, Span<byte> digest, out uint length);

    [LibraryImport(Crypto)]
    public static partial void X509_free(nint certificate);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    [LibraryImport(Crypto)]
    public static partial ulong ERR_get_error();

    [LibraryImport(Crypto)]
    private static partial void ERR_error_string_n(ulong error, Span<byte> text, nuint length);

    /// <summary>Throws with OpenSSL's own reason when <paramref name="succeeded"/> is false.</summary>
    /// <param name="succeeded">The outcome of a call on this thread.</param>
    public static void Check(bool succeeded, string what)
    {
        if (!succeeded)
        {
            throw new DtlsException($"OpenSSL could not {what}: {TakeReason()}");
        }
    }

    /// <summary>Takes the oldest error of this thread's queue as text and empties the queue.</summary>
    public static string TakeReason()
    {
        var error = ERR_get_error();
        ERR_clear_error();
        if (error == 0)
        {
            return "no reason given";
        }

        Span<byte> text = stackalloc byte[256];
        ERR_error_string_n(error, text, (nuint)text.Length);
        return System.Text.Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }
}
