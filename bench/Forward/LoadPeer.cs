using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunke.Streaming.Client;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Bench.Forward;

/// <summary>
/// The WebRTC client under load: connects as any browser does, then sends prepared packets, or counts what comes. It
/// decrypts one packet in a hundred: enough to know that the media is real, too little to weigh on the machine.
/// </summary>
internal sealed class LoadPeer : ILoadPeer
{
    public const int VideoType = 96;
    public const int AudioType = 111;
    public const uint VideoSource = 0x11111111;
    public const uint AudioSource = 0x22222222;

    private const int CheckEvery = 100;

    // An address of this host is reached through the loopback device; Janus does not answer on 127.0.0.1 itself.
    private static readonly IPAddress Host = HostAddresses.All(withIPv6: false)[0];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly DtlsCertificate Certificate = DtlsCertificate.Create(TimeProvider.System);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IceCredentials _local = IceCredentials.Create();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClientConnection _connection;
    private readonly byte[] _outgoing = new byte[2048];
    private IceAgent? _agent;
    private Thread? _thread;
    private long _received;
    private long _genuine;
    private volatile bool _stopped;

    public LoadPeer()
    {
        _socket.ReceiveBufferSize = 4 << 20;
        _socket.Bind(new IPEndPoint(Host, 0));
        _connection = new ClientConnection(Certificate, DtlsRole.Client, datagram => _socket.Send(datagram));
    }

    public long Received => Volatile.Read(ref _received);

    public long Genuine => Volatile.Read(ref _genuine);

    /// <summary>An offer of one H264 and one Opus stream.</summary>
    public string Offer(string direction) => Describe("0 1", "active", ("0", direction, VideoType), ("1", direction, AudioType));

    /// <summary>An answer to an offer that sends, taking the payload types and identifications that it names.</summary>
    public string AnswerTo(SessionDescription offer) => Describe(
        string.Join(' ', offer.Media.Select(media => media.Mid)),
        "active",
        [.. offer.Media.Select(media => (media.Mid!, "recvonly", media.Codecs[0].PayloadType))]);

    /// <summary>Connects to what the other side described.</summary>
    public async Task ConnectAsync(string remote, CancellationToken cancellationToken)
    {
        var description = SessionDescription.Parse(remote);
        var section = description.Media.First(media => media.IsActive);
        _agent = new IceAgent(
            _local, new IceCredentials(section.UserFragment ?? description.UserFragment!, section.Password ?? description.Password!));
        _socket.Connect(Candidate(remote));
        _thread = new Thread(Receive) { IsBackground = true, Name = "load" };
        _thread.Start();
        var deadline = DateTime.UtcNow + Patience;
        while (!_connected.Task.IsCompleted)
        {
            Check();
            lock (_gate)
            {
                _connection.HandleTimeout();
            }

            await Task.WhenAny(_connected.Task, Task.Delay(100, cancellationToken));
            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException("The server did not finish the handshake.");
            }
        }
    }

    /// <summary>Sends a connectivity check, which also tells the server that this peer lives (RFC 7675).</summary>
    public void Check()
    {
        Span<byte> datagram = stackalloc byte[Stun.MaximumWrittenLength];
        Span<byte> transaction = stackalloc byte[Stun.TransactionIdLength];
        _socket.Send(datagram[.._agent!.WriteCheck(datagram, nominate: true, transaction)]);
    }

    /// <summary>Encrypts and sends an RTP packet.</summary>
    public void Send(ReadOnlySpan<byte> packet)
    {
        packet.CopyTo(_outgoing);
        var result = _connection.ProtectRtp(_outgoing, packet.Length);
        _socket.Send(_outgoing.AsSpan(0, result.Length));
    }

    public void Dispose()
    {
        _stopped = true;
        _socket.Dispose();
        _thread?.Join();
        _connection.Dispose();
    }

    private static IPEndPoint Candidate(string sdp) => sdp.Split('\n')
        .Where(line => line.StartsWith("a=candidate:", StringComparison.Ordinal))
        // a=candidate:FOUNDATION COMPONENT TRANSPORT PRIORITY ADDRESS PORT ...
        .Select(line => line.Split(' '))
        .Select(parts => new IPEndPoint(IPAddress.Parse(parts[4]), int.Parse(parts[5], System.Globalization.CultureInfo.InvariantCulture)))
        .First(endpoint => endpoint.Address.Equals(Host));

    private string Describe(string bundle, string setup, params (string Mid, string Direction, int Type)[] sections)
    {
        var text =
            new StringBuilder($"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE {bundle}\r\na=msid-semantic: WMS *\r\n");
        foreach (var (mid, direction, type) in sections)
        {
            var isVideo = mid == sections[0].Mid;
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"m={(isVideo ? "video" : "audio")} 9 UDP/TLS/RTP/SAVPF {type}\r\nc=IN IP4 0.0.0.0\r\n");
            text.Append($"a=ice-ufrag:{_local.Ufrag}\r\na=ice-pwd:{_local.Password}\r\na=fingerprint:{Certificate.Fingerprint}\r\n");
            text.Append($"a=setup:{setup}\r\na=mid:{mid}\r\na={direction}\r\na=rtcp-mux\r\na=rtcp-rsize\r\n");
            text.Append(isVideo
                ? $"a=rtpmap:{type} H264/90000\r\na=rtcp-fb:{type} nack\r\na=rtcp-fb:{type} nack pli\r\na=fmtp:{type} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"
                : $"a=rtpmap:{type} opus/48000/2\r\n");
            if (direction == "sendonly")
            {
                text.Append(
                    System.Globalization.CultureInfo.InvariantCulture, $"a=ssrc:{(isVideo ? VideoSource : AudioSource)} cname:load\r\n");
            }

            text.Append($"a=candidate:1 1 udp 2130706431 {_socket.LocalEndPoint!.ToString()!.Replace(':', ' ')} typ host\r\n");
        }

        return text.ToString();
    }

    private void Receive()
    {
        var buffer = new byte[2048];
        while (!_stopped)
        {
            try
            {
                Handle(buffer.AsSpan(0, _socket.Receive(buffer)));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Closed under the call, or the server is gone: the count tells.
            }
        }
    }

    private void Handle(Span<byte> datagram)
    {
        if (datagram.Length > 1 && datagram[0] is >= 128 and < 192)
        {
            if (ClientConnection.IsRtcp(datagram) || !_connection.IsConnected)
            {
                return;
            }

            if (_received++ % CheckEvery == 0 && _connection.Unprotect(datagram) > 0)
            {
                _genuine++;
            }

            return;
        }

        lock (_gate)
        {
            // Janus checks the way back, even as a lite agent.
            Span<byte> response = stackalloc byte[Stun.MaximumWrittenLength];
            if (_agent!.WriteAnswer(response, datagram, (IPEndPoint)_socket.RemoteEndPoint!) is > 0 and var length)
            {
                _socket.Send(response[..length]);
                return;
            }

            if (Stun.IsStun(datagram))
            {
                // The first answer opens the way for the handshake.
                _connection.Start();
                return;
            }

            _connection.ReceiveHandshake(datagram);
            if (_connection.IsConnected)
            {
                _connected.TrySetResult();
            }
        }
    }
}
