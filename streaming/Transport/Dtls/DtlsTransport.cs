using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Streaming.Transport.Dtls;

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

    private readonly DtlsCertificate _certificate;
    private readonly DtlsRole _role;
    private readonly DtlsSend _send;
    private readonly byte[] _flight = new byte[16 * 1024];
    private DtlsAssociation _association;
    private bool _hasSent;

    /// <summary>Prepares an association; nothing is sent before <see cref="Start"/>.</summary>
    /// <param name="certificate">The own certificate, presented in either role.</param>
    /// <param name="send">Sends one datagram; called during <see cref="Start"/>, <see cref="Receive"/>, <see cref="HandleTimeout"/> and
    /// <see cref="Close"/>.</param>
    /// <exception cref="DtlsException">OpenSSL could not create the association.</exception>
    public DtlsTransport(DtlsCertificate certificate, DtlsRole role, DtlsSend send)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(send);
        _certificate = certificate;
        _role = role;
        _send = send;
        _association = new DtlsAssociation(certificate, role, MaximumDatagramLength);
    }

    /// <summary>The present state.</summary>
    public DtlsState State { get; private set; }

    /// <summary>Why the state is <see cref="DtlsState.Failed"/>, in OpenSSL's words; otherwise null.</summary>
    public string? FailureReason { get; private set; }

    /// <summary>The remote certificate's fingerprint in the form of <see cref="DtlsCertificate.Fingerprint"/>; null until
    /// connected.</summary>
    public string? RemoteFingerprint { get; private set; }

    /// <summary>The SRTP keys agreed on; null until connected.</summary>
    public SrtpKeyingMaterial? Keys { get; private set; }

    /// <summary>How long until <see cref="HandleTimeout"/> has something to retransmit; null when no flight is outstanding.</summary>
    public TimeSpan? NextTimeout => State == DtlsState.Handshaking ? _association.NextTimeout : null;

    /// <summary>True for a datagram that a socket shared with STUN and RTP should hand to <see cref="Receive"/> (RFC 7983 section
    /// 7).</summary>
    public static bool IsDtls(ReadOnlySpan<byte> datagram) => datagram.Length >= DtlsRecords.HeaderLength && datagram[0] is >= 20 and <= 63;

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
            OpenSsl.ERR_clear_error();
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
        _association.Put(datagram);
        if (State == DtlsState.Handshaking)
        {
            Handshake();
        }

        if (State == DtlsState.Connected)
        {
            DrainRecords();
        }

        _association.DiscardRest();
        Flush();
    }

    /// <summary>
    /// Sends the last flight again if it has gone unanswered for its time: 200 ms at first, then doubled up to 3 s
    /// (RFC 6347 section 4.2.4.1; the RFC's one second is too long for a viewer who waits). Call it every 100 ms or so.
    /// </summary>
    public void HandleTimeout()
    {
        if (State != DtlsState.Handshaking)
        {
            return;
        }

        OpenSsl.ERR_clear_error();
        var goesOn = _association.TryHandleTimeout();
        Flush();
        if (!goesOn)
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
            OpenSsl.SSL_shutdown(_association.Ssl);
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

        _association.Dispose();
    }

    private void Handshake()
    {
        var result = OpenSsl.SSL_do_handshake(_association.Ssl);
        if (result == 1)
        {
            Complete();
        }
        else if (OpenSsl.SSL_get_error(_association.Ssl, result) != OpenSsl.ErrorWantRead)
        {
            if (_role == DtlsRole.Server && !_hasSent)
            {
                // Nothing before the first answer is authenticated: a forged or broken ClientHello must not spoil the real one.
                _association.Dispose();
                _association = new DtlsAssociation(_certificate, _role, MaximumDatagramLength);
                return;
            }

            Flush();
            Fail();
        }

        Flush();
    }

    private void Complete()
    {
        RemoteFingerprint = DtlsOutcome.RemoteFingerprint(_association.Ssl);
        Keys = DtlsOutcome.Keys(_association.Ssl, _role);
        if (RemoteFingerprint is null || Keys is null)
        {
            Flush();
            State = DtlsState.Failed;
            FailureReason = Keys is null ? "the peer offered no SRTP profile in common" : "the peer presented no certificate";
            return;
        }

        State = DtlsState.Connected;
    }

    /// <summary>Reads what the peer sends after the handshake: there is no use for application data, but alerts close the
    /// association.</summary>
    private void DrainRecords()
    {
        Span<byte> discarded = stackalloc byte[2048];
        int length;
        do
        {
            length = OpenSsl.SSL_read(_association.Ssl, discarded, discarded.Length);
        }
        while (length > 0);

        if ((OpenSsl.SSL_get_shutdown(_association.Ssl) & OpenSsl.ReceivedShutdown) == 0)
        {
            return;
        }

        if (OpenSsl.SSL_get_error(_association.Ssl, length) == OpenSsl.ErrorZeroReturn)
        {
            OpenSsl.SSL_shutdown(_association.Ssl);
            State = DtlsState.Closed;
        }
        else
        {
            Fail();
        }
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
        while ((length = _association.Take(_flight)) > 0)
        {
            _hasSent = true;
            ReadOnlySpan<byte> rest = _flight.AsSpan(0, length);
            for (int next; (next = DtlsRecords.NextDatagram(rest, MaximumDatagramLength)) > 0; rest = rest[next..])
            {
                _send(rest[..next]);
            }
        }
    }
}
