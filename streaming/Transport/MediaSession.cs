using System.Security.Cryptography;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Network;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Streaming.Transport;

/// <summary>
/// The transport of one peer: its address as ICE finds it, the DTLS handshake, and SRTP both ways. Everything in it
/// is guarded by the media plane's lock.
/// </summary>
internal abstract partial class MediaSession : IDisposable
{
    private const int IdBytes = 16;

    private readonly TransportParameters _remote;
    private DtlsTransport? _dtls;
    private SrtpSender? _sender;
    private SrtpReceiver? _receiver;

    protected MediaSession(TransportParameters remote, SessionContext context)
    {
        Context = context;
        _remote = remote;
        Ice = new IceSession(remote.UserFragment, remote.Password);
        Created = LastHeard = context.Clock.Now;
    }

    /// <summary>Unguessable, safe in a URL.</summary>
    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    public IceSession Ice { get; set; }

    /// <summary>The ICE session whose path is in use while a restart has not found one; otherwise null.</summary>
    public IceSession? EarlierIce { get; set; }

    /// <summary>How the answer describes the edge to this peer.</summary>
    public TransportParameters Transport => new(Ice.Local.Ufrag, Ice.Local.Password, Context.Certificate.Fingerprint, LocalRole);

    /// <summary>The room that it sends to or watches.</summary>
    public abstract string RoomId { get; }

    /// <summary>When the session was made, on the media clock.</summary>
    public long Created { get; private set; }

    /// <summary>When the last authenticated packet came, on the media clock.</summary>
    public long LastHeard { get; private set; }

    /// <summary>Whether the handshake is finished and the session is not closed.</summary>
    public bool IsConnected => _sender is not null;

    /// <summary>Why the session must end, once it must.</summary>
    public GoneReason? Ended { get; private set; }

    /// <summary>The paths that passed a connectivity check, the oldest first.</summary>
    public List<PeerPath> Paths { get; } = [];

    /// <summary>The path in use; null before the first connectivity check.</summary>
    public PeerPath? Path { get; set; }

    /// <summary>Packets refused: malformed, not authentic, or replayed.</summary>
    public long Refused { get; private set; }

    protected SessionContext Context { get; }

    /// <summary>The SSRC under which the edge reports to this peer.</summary>
    public uint ReporterSsrc { get; } = NewSsrc();

    protected Outbox Outbox => Context.Outbox;

    private Destination? Address => Path?.To;

    /// <summary>Time until the first connectivity check, in microseconds.</summary>
    protected virtual long FirstCheckWithin => Context.HandshakeWithin;

    private DtlsRole LocalRole => _remote.Role == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client;

    /// <summary>A random SSRC (RFC 3550 8.1).</summary>
    public static uint NewSsrc() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>The peer is alive: it sent an authenticated connectivity check.</summary>
    public void Heard(long now) => LastHeard = now;

    /// <summary>The edge could not hear anybody for so long.</summary>
    public void Excuse(long missed)
    {
        LastHeard += missed;
        Created += missed;
    }

    /// <summary>
    /// Begins the handshake, once: a client sends its first flight. The address has passed a check, so the flight goes only
    /// to a peer that asked.
    /// </summary>
    public void StartHandshake()
    {
        if (_dtls is null)
        {
            _dtls = new DtlsTransport(Context.Certificate, LocalRole, SendDtls);
            _dtls.Start();
        }
    }

    /// <summary>Whether another session stands for the same peer, which may so take over its address.</summary>
    public abstract bool HasSameOwner(MediaSession other);

    /// <summary>Does what is due: handshake retransmissions, reports, requests, time-outs.</summary>
    public void Tick(long now)
    {
        if (IsConnected)
        {
            if (now - LastHeard >= Context.VanishAfter)
            {
                End(GoneReason.Vanished);
                return;
            }

            OnTick(now);
            return;
        }

        _dtls?.HandleTimeout();
        if (now - Created >= (Address is null ? FirstCheckWithin : Context.HandshakeWithin))
        {
            End(GoneReason.NeverConnected);
        }
    }

    /// <summary>Marks the session as over; the media plane then removes it.</summary>
    public void End(GoneReason reason) => Ended ??= reason;

    /// <summary>Says good-bye to the peer and releases the keys.</summary>
    public void Dispose()
    {
        _dtls?.Close();
        _dtls?.Dispose();
        _sender?.Dispose();
        _receiver?.Dispose();
        _sender = null;
        _receiver = null;
    }

    /// <summary>Takes a decrypted RTP packet, whose bytes may be changed.</summary>
    /// <returns>False when it is malformed or was not agreed on.</returns>
    protected abstract bool OnRtp(Span<byte> packet, long now);

    /// <summary>Takes one packet out of a decrypted RTCP compound.</summary>
    protected abstract void OnRtcp(in RtcpPacket packet, long now);

    /// <summary>Does what is due while connected.</summary>
    protected abstract void OnTick(long now);

    /// <summary>Is called once, when the handshake is finished.</summary>
    protected virtual void OnConnected(long now)
    {
    }

    /// <summary>Encrypts and sends the RTP packet at the start of the outbox's reserved buffer.</summary>
    public void SendRtp(Span<byte> reserved, int length)
    {
        if (_sender is not null && Address is not null && _sender.ProtectRtp(reserved, length) is { Succeeded: true } result)
        {
            Outbox.Commit(result.Length, Address);
        }
    }

    /// <summary>Encrypts and sends the RTCP packets at the start of the outbox's reserved buffer.</summary>
    public void SendRtcp(Span<byte> reserved, int length)
    {
        if (length > 0 && _sender is not null && Address is not null && _sender.ProtectRtcp(reserved, length) is { Succeeded: true } result)
        {
            Outbox.Commit(result.Length, Address);
        }
    }

    private void SendDtls(ReadOnlySpan<byte> datagram)
    {
        if (Address is not null)
        {
            datagram.CopyTo(Outbox.Reserve());
            Outbox.Commit(datagram.Length, Address);
        }
    }
}
