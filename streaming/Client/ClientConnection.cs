using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Streaming.Client;

/// <summary>
/// A WebRTC client's handshake and keys, without socket, timer or lock: whoever owns those hands datagrams in and sends what
/// comes out. The checks that open the path are <see cref="IceAgent"/>'s.
/// </summary>
/// <param name="role">The side of the handshake that it plays.</param>
internal sealed class ClientConnection(DtlsCertificate certificate, DtlsRole role, DtlsSend send) : IDisposable
{
    private readonly DtlsTransport _dtls = new(certificate, role, send);
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;

    /// <summary>Where the handshake stands.</summary>
    public DtlsState State => _dtls.State;

    /// <summary>Why the handshake failed.</summary>
    public string? FailureReason => _dtls.FailureReason;

    /// <summary>The server's certificate, as <see cref="DtlsCertificate.Fingerprint"/>; null before it is known.</summary>
    public string? RemoteFingerprint => _dtls.RemoteFingerprint;

    /// <summary>Whether media can be encrypted and decrypted.</summary>
    public bool IsConnected => _sender is not null;

    /// <summary>Tells reports from media (RFC 5761 section 4).</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram) => datagram.Length > 1 && datagram[1] is >= 192 and < 224;

    /// <summary>Begins the handshake; nothing when it has begun.</summary>
    public void Start() => _dtls.Start();

    /// <summary>Sends again what the server has not answered, if it is time.</summary>
    public void HandleTimeout()
    {
        _dtls.HandleTimeout();
        TakeKeys();
    }

    /// <summary>Takes a datagram of the handshake, which <see cref="DtlsTransport.IsDtls"/> knows.</summary>
    public void ReceiveHandshake(ReadOnlySpan<byte> datagram)
    {
        _dtls.Receive(datagram);
        TakeKeys();
    }

    /// <summary>Decrypts RTP or RTCP in place.</summary>
    /// <returns>Its length; 0 when it is not authentic, or came before the keys.</returns>
    public int Unprotect(Span<byte> datagram)
    {
        if (_receiver is null)
        {
            return 0;
        }

        var result = IsRtcp(datagram) ? _receiver.UnprotectRtcp(datagram) : _receiver.UnprotectRtp(datagram);
        return result.Succeeded ? result.Length : 0;
    }

    /// <summary>Encrypts an RTP packet in its buffer.</summary>
    /// <exception cref="InvalidOperationException">There are no keys yet.</exception>
    public SrtpResult ProtectRtp(Span<byte> buffer, int length) => Sender().ProtectRtp(buffer, length);

    /// <summary>Encrypts an RTCP compound in its buffer.</summary>
    /// <exception cref="InvalidOperationException">There are no keys yet.</exception>
    public SrtpResult ProtectRtcp(Span<byte> buffer, int length) => Sender().ProtectRtcp(buffer, length);

    /// <summary>Says good-bye.</summary>
    public void Close() => _dtls.Close();

    public void Dispose()
    {
        _dtls.Dispose();
        _sender?.Dispose();
        _receiver?.Dispose();
    }

    private SrtpSender Sender() => _sender ?? throw new InvalidOperationException("The handshake is not finished.");

    private void TakeKeys()
    {
        if (_dtls is { State: DtlsState.Connected, Keys: { } keys } && _sender is null)
        {
            _sender = SrtpSender.FromLocalKeys(keys);
            _receiver = SrtpReceiver.FromRemoteKeys(keys);
        }
    }
}
