using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Xunke.Streaming.Srtp;

namespace Xunke.Streaming.Dtls;

/// <summary>
/// One DTLS 1.2 association that agrees on SRTP keys (RFC 6347, RFC 5764). It owns no socket and no timer: the caller
/// passes datagrams in, gets datagrams out through its <see cref="DtlsSend"/>, and calls <see cref="HandleTimeout"/>
/// now and then. Not thread safe: the caller serialises calls.
/// </summary>
/// <remarks>
/// Before it uses <see cref="Keys"/> the caller must compare <see cref="RemoteFingerprint"/> with the session
/// description, since any self-signed certificate is accepted here.
/// </remarks>
public sealed class DtlsTransport : IDisposable
{
    /// <summary>The longest datagram sent, in bytes; it passes any IPv6 path and most tunnels.</summary>
    public const int MaximumDatagramLength = 1200;

    private const int RecordHeaderLength = 13;
    private const uint FirstRetransmissionMicroseconds = 200_000;
    private const uint LongestRetransmissionMicroseconds = 3_000_000;

    private static ReadOnlySpan<byte> ExporterLabel => "EXTRACTOR-dtls_srtp"u8;

    private readonly DtlsCertificate _certificate;
    private readonly DtlsRole _role;
    private readonly DtlsSend _send;
    private readonly byte[] _outgoing = new byte[16 * 1024];
    private SslHandle _ssl;
    private nint _readBio;
    private nint _writeBio;
    private bool _hasSent;

    /// <summary>Prepares an association; nothing is sent before <see cref="Start"/>.</summary>
    /// <param name="certificate">The own certificate, presented in either role.</param>
    /// <param name="role">Who sends the first flight.</param>
    /// <param name="send">Sends one datagram; called during <see cref="Start"/>, <see cref="Receive"/>, <see cref="HandleTimeout"/> and <see cref="Close"/>.</param>
    /// <exception cref="DtlsException">OpenSSL could not create the association.</exception>
    public DtlsTransport(DtlsCertificate certificate, DtlsRole role, DtlsSend send)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(send);
        _certificate = certificate;
        _role = role;
        _send = send;
        _ssl = CreateAssociation();
    }

    /// <summary>The present state.</summary>
    public DtlsState State { get; private set; }

    /// <summary>Why the state is <see cref="DtlsState.Failed"/>, in OpenSSL's words; otherwise null.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>The remote certificate's fingerprint in the form of <see cref="DtlsCertificate.Fingerprint"/>; null until connected.</summary>
    public string? RemoteFingerprint { get; private set; }

    /// <summary>The SRTP keys agreed on; null until connected.</summary>
    public SrtpKeyingMaterial? Keys { get; private set; }

    /// <summary>How long until <see cref="HandleTimeout"/> has something to retransmit; null when no flight is outstanding.</summary>
    public unsafe TimeSpan? NextTimeout
    {
        get
        {
            if (State != DtlsState.Handshaking)
            {
                return null;
            }

            // struct timeval { time_t tv_sec; suseconds_t tv_usec; }, two longs on 64-bit Linux.
            var time = stackalloc long[2];
            return OpenSsl.SSL_ctrl(_ssl, OpenSsl.ControlDtlsGetTimeout, 0, time) == 1
                ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1])
                : null;
        }
    }

    /// <summary>True for a datagram that a socket shared with STUN and RTP should hand to <see cref="Receive"/> (RFC 7983 section 7).</summary>
    public static bool IsDtls(ReadOnlySpan<byte> datagram) => datagram.Length >= RecordHeaderLength && datagram[0] is >= 20 and <= 63;

    /// <summary>Begins: a client sends its ClientHello, a server waits for one. Does nothing a second time.</summary>
    public void Start()
    {
        if (State != DtlsState.New)
        {
            return;
        }

        State = DtlsState.Handshaking;
        if (_role == DtlsRole.Client)
        {
            Handshake();
        }
    }

    /// <summary>Takes one datagram from the peer, of any content. What is not DTLS is ignored.</summary>
    /// <param name="datagram">A UDP payload; read during the call only.</param>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (!IsDtls(datagram) || State is not (DtlsState.Handshaking or DtlsState.Connected))
        {
            return;
        }

        OpenSsl.ERR_clear_error();
        OpenSsl.BIO_write(_readBio, datagram, datagram.Length);
        if (State == DtlsState.Handshaking)
        {
            Handshake();
        }

        if (State == DtlsState.Connected)
        {
            DrainRecords();
        }

        // A datagram stands for itself: bytes that OpenSSL left must not be read as the start of the next one.
        OpenSsl.BIO_ctrl(_readBio, OpenSsl.BioControlReset, 0, 0);
        Flush();
    }

    /// <summary>
    /// Sends the last flight again if it has gone unanswered for its time: 200 ms at first, then doubled up to 3 s
    /// (RFC 6347 section 4.2.4.1; the RFC's one second is too long for a viewer who waits). Call it every 100 ms or so.
    /// </summary>
    public unsafe void HandleTimeout()
    {
        if (State != DtlsState.Handshaking)
        {
            return;
        }

        OpenSsl.ERR_clear_error();
        var outcome = OpenSsl.SSL_ctrl(_ssl, OpenSsl.ControlDtlsHandleTimeout, 0, null);
        Flush();
        if (outcome < 0)
        {
            Fail();
        }
    }

    /// <summary>Sends close_notify when connected and ends the association.</summary>
    public void Close()
    {
        if (State == DtlsState.Connected)
        {
            OpenSsl.ERR_clear_error();
            OpenSsl.SSL_shutdown(_ssl);
            Flush();
        }

        if (State != DtlsState.Failed)
        {
            State = DtlsState.Closed;
        }
    }

    /// <summary>Releases the association without a word to the peer; call <see cref="Close"/> first to say good-bye.</summary>
    public void Dispose()
    {
        if (State != DtlsState.Failed)
        {
            State = DtlsState.Closed;
        }

        _ssl.Dispose();
    }

    private unsafe SslHandle CreateAssociation()
    {
        OpenSsl.ERR_clear_error();
        var ssl = OpenSsl.SSL_new(_certificate.Context);
        OpenSsl.Check(!ssl.IsInvalid, "create a DTLS association");
        _readBio = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        _writeBio = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        if (_readBio == 0 || _writeBio == 0)
        {
            OpenSsl.BIO_free(_readBio);
            OpenSsl.BIO_free(_writeBio);
            ssl.Dispose();
            throw new DtlsException("OpenSSL could not create memory buffers.");
        }

        OpenSsl.SSL_set_bio(ssl, _readBio, _writeBio);

        // An empty buffer means "later" (-1), not end of file.
        OpenSsl.BIO_ctrl(_readBio, OpenSsl.BioControlSetMemoryEofReturn, -1, 0);
        OpenSsl.BIO_ctrl(_writeBio, OpenSsl.BioControlSetMemoryEofReturn, -1, 0);
        OpenSsl.SSL_ctrl(ssl, OpenSsl.ControlSetMtu, MaximumDatagramLength, null);
        OpenSsl.DTLS_set_timer_cb(ssl, &NextRetransmission);
        if (_role == DtlsRole.Server)
        {
            OpenSsl.SSL_set_accept_state(ssl);
        }
        else
        {
            OpenSsl.SSL_set_connect_state(ssl);
        }

        return ssl;
    }

    [UnmanagedCallersOnly]
    private static uint NextRetransmission(nint ssl, uint previousMicroseconds) =>
        previousMicroseconds == 0
            ? FirstRetransmissionMicroseconds
            : Math.Min(previousMicroseconds * 2, LongestRetransmissionMicroseconds);

    private void Handshake()
    {
        var result = OpenSsl.SSL_do_handshake(_ssl);
        if (result == 1)
        {
            Complete();
        }
        else if (OpenSsl.SSL_get_error(_ssl, result) != OpenSsl.ErrorWantRead)
        {
            if (_role == DtlsRole.Server && !_hasSent)
            {
                // Nothing before the first answer is authenticated: a forged or broken ClientHello must not spoil the real one.
                _ssl.Dispose();
                _ssl = CreateAssociation();
                return;
            }

            Flush();
            Fail();
        }

        Flush();
    }

    private void Complete()
    {
        RemoteFingerprint = ReadRemoteFingerprint();
        Keys = ExportKeys();
        if (RemoteFingerprint is null || Keys is null)
        {
            Flush();
            State = DtlsState.Failed;
            FailureReason = Keys is null ? "the peer offered no SRTP profile in common" : "the peer presented no certificate";
            return;
        }

        State = DtlsState.Connected;
    }

    /// <summary>Reads what the peer sends after the handshake: there is no use for application data, but alerts close the association.</summary>
    private void DrainRecords()
    {
        Span<byte> discarded = stackalloc byte[2048];
        int length;
        do
        {
            length = OpenSsl.SSL_read(_ssl, discarded, discarded.Length);
        }
        while (length > 0);

        if ((OpenSsl.SSL_get_shutdown(_ssl) & OpenSsl.ReceivedShutdown) == 0)
        {
            return;
        }

        if (OpenSsl.SSL_get_error(_ssl, length) == OpenSsl.ErrorZeroReturn)
        {
            OpenSsl.SSL_shutdown(_ssl);
            State = DtlsState.Closed;
        }
        else
        {
            Fail();
        }
    }

    private string? ReadRemoteFingerprint()
    {
        var certificate = OpenSsl.SSL_get1_peer_certificate(_ssl);
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

    /// <summary>The exporter's output is client key, server key, client salt, server salt (RFC 5764 section 4.2).</summary>
    private SrtpKeyingMaterial? ExportKeys()
    {
        if (SelectedProfile() is not { } profile)
        {
            return null;
        }

        var saltLength = SrtpKeyingMaterial.SaltLength(profile);
        const int keyLength = SrtpKeyingMaterial.KeyLength;
        Span<byte> material = stackalloc byte[2 * (keyLength + saltLength)];
        OpenSsl.Check(
            OpenSsl.SSL_export_keying_material(
                _ssl, material, (nuint)material.Length, ExporterLabel, (nuint)ExporterLabel.Length, 0, 0, 0) == 1,
            "export the SRTP keys");
        var clientKey = material[..keyLength].ToArray();
        var serverKey = material.Slice(keyLength, keyLength).ToArray();
        var clientSalt = material.Slice(2 * keyLength, saltLength).ToArray();
        var serverSalt = material[((2 * keyLength) + saltLength)..].ToArray();
        CryptographicOperations.ZeroMemory(material);
        return _role == DtlsRole.Client
            ? new SrtpKeyingMaterial(profile, clientKey, clientSalt, serverKey, serverSalt)
            : new SrtpKeyingMaterial(profile, serverKey, serverSalt, clientKey, clientSalt);
    }

    private unsafe SrtpProfile? SelectedProfile()
    {
        var selected = OpenSsl.SSL_get_selected_srtp_profile(_ssl);
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

    private void Fail()
    {
        State = DtlsState.Failed;
        FailureReason = OpenSsl.TakeReason();
    }

    /// <summary>Sends what OpenSSL wrote, a whole flight at a time, in datagrams that end at record borders.</summary>
    private void Flush()
    {
        int length;
        while ((length = OpenSsl.BIO_read(_writeBio, _outgoing, _outgoing.Length)) > 0)
        {
            _hasSent = true;
            SendRecords(_outgoing.AsSpan(0, length));
        }
    }

    private void SendRecords(ReadOnlySpan<byte> records)
    {
        var start = 0;
        var end = 0;
        while (end + RecordHeaderLength <= records.Length)
        {
            var next = end + RecordHeaderLength + BinaryPrimitives.ReadUInt16BigEndian(records[(end + RecordHeaderLength - 2)..]);
            if (next > records.Length)
            {
                break;
            }

            if (next - start > MaximumDatagramLength && end > start)
            {
                _send(records[start..end]);
                start = end;
            }

            end = next;
        }

        if (end > start)
        {
            _send(records[start..end]);
        }
    }
}
