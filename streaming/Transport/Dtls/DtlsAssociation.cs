using System.Runtime.InteropServices;

namespace Xunke.Streaming.Transport.Dtls;

/// <summary>One association as OpenSSL holds it: an SSL object between two memory buffers, one for each direction.</summary>
internal sealed class DtlsAssociation : IDisposable
{
    private const uint FirstRetransmissionMicroseconds = 200_000;
    private const uint LongestRetransmissionMicroseconds = 3_000_000;

    private readonly nint _incoming;
    private readonly nint _outgoing;

    /// <summary>Prepares an association.</summary>
    /// <exception cref="DtlsException">OpenSSL could not create it.</exception>
    public unsafe DtlsAssociation(DtlsCertificate certificate, DtlsRole role, int maximumDatagramLength)
    {
        OpenSsl.ERR_clear_error();
        Ssl = OpenSsl.SSL_new(certificate.Context);
        OpenSsl.Check(!Ssl.IsInvalid, "create a DTLS association");
        _incoming = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        _outgoing = OpenSsl.BIO_new(OpenSsl.BIO_s_mem());
        if (_incoming == 0 || _outgoing == 0)
        {
            OpenSsl.BIO_free(_incoming);
            OpenSsl.BIO_free(_outgoing);
            Ssl.Dispose();
            throw new DtlsException("OpenSSL could not create memory buffers.");
        }

        OpenSsl.SSL_set_bio(Ssl, _incoming, _outgoing);

        // An empty buffer means "later" (-1), not end of file.
        OpenSsl.BIO_ctrl(_incoming, OpenSsl.BioControlSetMemoryEofReturn, -1, 0);
        OpenSsl.BIO_ctrl(_outgoing, OpenSsl.BioControlSetMemoryEofReturn, -1, 0);
        OpenSsl.SSL_ctrl(Ssl, OpenSsl.ControlSetMtu, maximumDatagramLength, null);
        OpenSsl.DTLS_set_timer_cb(Ssl, &NextRetransmission);
        if (role == DtlsRole.Server)
        {
            OpenSsl.SSL_set_accept_state(Ssl);
        }
        else
        {
            OpenSsl.SSL_set_connect_state(Ssl);
        }
    }

    /// <summary>OpenSSL's object, for the calls that are made on it.</summary>
    public SslHandle Ssl { get; }

    /// <summary>How long until a flight is due again; null when none is outstanding.</summary>
    public unsafe TimeSpan? NextTimeout
    {
        get
        {
            // struct timeval { time_t tv_sec; suseconds_t tv_usec; }, two longs on 64-bit Linux.
            var time = stackalloc long[2];
            return OpenSsl.SSL_ctrl(Ssl, OpenSsl.ControlDtlsGetTimeout, 0, time) == 1
                ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromMicroseconds(time[1])
                : null;
        }
    }

    /// <summary>Hands a datagram of the peer's to OpenSSL.</summary>
    public void Put(ReadOnlySpan<byte> datagram) => OpenSsl.BIO_write(_incoming, datagram, datagram.Length);

    /// <summary>A datagram stands for itself: bytes that OpenSSL left must not be read as the start of the next one.</summary>
    public void DiscardRest() => OpenSsl.BIO_ctrl(_incoming, OpenSsl.BioControlReset, 0, 0);

    /// <summary>Takes what OpenSSL wrote.</summary>
    /// <returns>How much; less than 1 when there is nothing.</returns>
    public int Take(Span<byte> records) => OpenSsl.BIO_read(_outgoing, records, records.Length);

    /// <summary>Lets OpenSSL write the last flight again where that is due.</summary>
    /// <returns>False when it gives up.</returns>
    public unsafe bool TryHandleTimeout() => OpenSsl.SSL_ctrl(Ssl, OpenSsl.ControlDtlsHandleTimeout, 0, null) >= 0;

    public void Dispose() => Ssl.Dispose();

    [UnmanagedCallersOnly]
    private static uint NextRetransmission(nint ssl, uint previousMicroseconds) =>
        previousMicroseconds == 0
            ? FirstRetransmissionMicroseconds
            : Math.Min(previousMicroseconds * 2, LongestRetransmissionMicroseconds);
}
