using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Xunke.Streaming.Client;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Tests.Streaming.Client;

/// <summary>The WebRTC client on links of its own, in either role, which keeps what it hears and can misbehave on purpose.</summary>
internal sealed class TestPeer : IAsyncDisposable
{
    public const int VideoType = 102;
    public const int RepairType = 103;
    public const int AudioType = 111;
    public const int ArrivalExtension = 3;
    public const int LayerExtension = 4;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DtlsCertificate _certificate;
    private readonly ClientConnection _connection;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _checked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<byte[]> _rtp = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _checks = Channel.CreateUnbounded<byte[]>();
    private readonly Channel<byte[]> _rtcp = Channel.CreateUnbounded<byte[]>();
    private readonly List<TestLink> _links = [];
    private readonly List<Task> _loops = [];
    private volatile TestLink _link;
    private IceCredentials _local = IceCredentials.Create();
    private IPEndPoint _server = new(IPAddress.Loopback, 0);
    private IceCredentials _remote = new("none", string.Empty);

    public TestPeer(string srtpProfiles = DtlsCertificate.AllSrtpProfiles, DtlsRole role = DtlsRole.Client, IPAddress? local = null)
    {
        _server = new IPEndPoint(local ?? IPAddress.Loopback, 0);
        _link = TestLink.Udp(_server.Address);
        _certificate = DtlsCertificate.Create(TimeProvider.System, srtpProfiles);
        _connection = new ClientConnection(_certificate, role, datagram => SendRaw(datagram));
        Setup = role == DtlsRole.Client ? "actpass" : "passive";
    }

    /// <summary>Sequence numbers that get lost on their way to this peer, once each.</summary>
    public HashSet<ushort> LostOnce { get; } = [];

    /// <summary>The DTLS role in the offer.</summary>
    public string Setup { get; init; }

    public string Fingerprint => _certificate.Fingerprint;

    /// <summary>How many of the next DTLS datagrams get lost on their way to this peer.</summary>
    public int LostHandshakeDatagrams { get; set; }

    /// <summary>By which link the newest RTP packet came.</summary>
    public TestLink? LastRtpFrom { get; private set; }

    /// <summary>The link in use.</summary>
    public TestLink Link => _link;

    /// <summary>Ends when a TCP link was closed by the server.</summary>
    public Task Disconnected => _disconnected.Task;

    /// <summary>Ends when the DTLS association was closed or failed.</summary>
    public Task Closed => _closed.Task;

    public SessionDescription? Answer { get; private set; }

    public string Offer(string direction, string? fingerprint = null, bool audio = true, string video = "H264/90000", bool repair = false,
        params string[] layers) => string.Join(
        "\r\n",
        [
            "v=0", "o=- 4611731400430051336 2 IN IP4 127.0.0.1", "s=-", "t=0 0", $"a=group:BUNDLE 0{(audio ? " 1" : string.Empty)}",
            $"m=video 9 UDP/TLS/RTP/SAVPF {VideoType}{(repair ? $" {RepairType}" : string.Empty)}", "c=IN IP4 0.0.0.0",
            .. Transport("0", direction, fingerprint),
            $"a=rtpmap:{VideoType} {video}", $"a=rtcp-fb:{VideoType} nack", $"a=rtcp-fb:{VideoType} nack pli",
            $"a=rtcp-fb:{VideoType} transport-cc",
            $"a=fmtp:{VideoType} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
            .. (repair ? (string[])[$"a=rtpmap:{RepairType} rtx/90000", $"a=fmtp:{RepairType} apt={VideoType}"] : []),
            $"a=extmap:{ArrivalExtension} http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
            .. (layers.Length > 0 ? (string[])
            [
                $"a=extmap:{LayerExtension} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
                .. layers.Select(layer => $"a=rid:{layer} send"), $"a=simulcast:send {string.Join(';', layers)}",
            ] : []),
            .. (audio ? (string[])
            [
                $"m=audio 9 UDP/TLS/RTP/SAVPF {AudioType}", "c=IN IP4 0.0.0.0", .. Transport("1", direction, fingerprint),
                $"a=rtpmap:{AudioType} opus/48000/2", $"a=fmtp:{AudioType} minptime=10;useinbandfec=1",
                .. (repair
                    ? (string[])[$"a=rtcp-fb:{AudioType} transport-cc", $"a=extmap:{ArrivalExtension} {ArrivalFeedback.ExtensionUri}"]
                    : []),
            ] : []),
            string.Empty,
        ]);

    /// <summary>Connects by an answer: connectivity check, handshake, keys.</summary>
    public async Task ConnectAsync(string answer, CancellationToken cancellation)
    {
        await StartAsync(answer, cancellation);
        await RepeatUntilAsync(_connected.Task, Retransmit, cancellation);
    }

    /// <summary>Starts to connect; <see cref="Closed"/> tells when the handshake fails.</summary>
    public async Task StartAsync(string answer, CancellationToken cancellation)
    {
        Answer = SessionDescription.Parse(answer);
        var section = Answer.Media.First(media => media.Port != 0);
        _remote = new IceCredentials(section.UserFragment!, section.Password!);
        _server = new IPEndPoint(_server.Address, section.Port);
        if (Setup == "passive")
        {
            // The server's first flight may come right behind its answer to the check.
            _connection.Start();
        }

        MoveTo(_link);
        await RepeatUntilAsync(_checked.Task, Check, cancellation);
        lock (_gate)
        {
            _connection.Start();
        }
    }

    /// <summary>From now on sends by another link; what still comes by the old one is taken, too.</summary>
    public void MoveTo(TestLink link)
    {
        if (_link != link && !_links.Contains(_link))
        {
            // The one made first was never used.
            _link.Dispose();
        }

        _link = link;
        if (_links.Contains(link))
        {
            return;
        }

        _links.Add(link);
        _loops.Add(Task.Factory.StartNew(() => Receive(link), TaskCreationOptions.LongRunning));
    }

    /// <summary>The SDP fragment of an ICE restart; checks go on with the old credentials until <see cref="Restart"/>.</summary>
    public string RestartFragment()
    {
        _local = IceCredentials.Create();
        return $"a=ice-ufrag:{_local.Ufrag}\r\na=ice-pwd:{_local.Password}\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n";
    }

    /// <summary>Checks with the server's new credentials from now on.</summary>
    /// <returns>The earlier ones as a fragment.</returns>
    public string Restart(string answer)
    {
        var earlier = $"a=ice-ufrag:{_remote.Ufrag}\r\na=ice-pwd:{_remote.Password}\r\n";
        var fragment = IceFragment.Parse(answer);
        _remote = new IceCredentials(fragment.UserFragment, fragment.Password);
        return earlier;
    }

    /// <summary>Sends a connectivity check, which is also the sign of life that the server waits for (RFC 7675).</summary>
    public void Check() => Check(nominate: true);

    /// <summary>Sends a connectivity check that may leave the path in use as it is.</summary>
    public void Check(bool nominate)
    {
        Span<byte> datagram = stackalloc byte[Stun.MaximumWrittenLength];
        Span<byte> transaction = stackalloc byte[Stun.TransactionIdLength];
        SendRaw(datagram[..new IceAgent(_local, _remote).WriteCheck(datagram, nominate, transaction)]);
    }

    /// <summary>Sends bytes as they are.</summary>
    public void SendRaw(ReadOnlySpan<byte> datagram) => _link.Send(datagram, _server);

    /// <summary>Sends an RTP packet and gives the protected datagram.</summary>
    public byte[] SendRtp(int type, uint ssrc, ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, bool marker = false,
        ushort? arrival = null, bool padded = false, string? layer = null)
    {
        var datagram = ProtectRtp(type, ssrc, sequence, timestamp, payload, marker, arrival, padded, layer);
        SendRaw(datagram);
        return datagram;
    }

    /// <summary>Makes a protected RTP packet.</summary>
    public byte[] ProtectRtp(int type, uint ssrc, ushort sequence, uint timestamp, ReadOnlySpan<byte> payload, bool marker = false,
        ushort? arrival = null, bool padded = false, string? layer = null)
    {
        var packet = new byte[1500];
        RtpHeader.Write(packet, marker, (byte)type, sequence, timestamp, ssrc);
        var length = RtpHeader.FixedLength;
        if (arrival is { } number)
        {
            packet[0] |= 0x10;
            length += HeaderExtension.WriteOneByte(packet.AsSpan(length), ArrivalExtension, [(byte)(number >> 8), (byte)number]);
        }

        if (layer is not null)
        {
            packet[0] |= 0x10;
            length += HeaderExtension.WriteOneByte(packet.AsSpan(length), LayerExtension, Encoding.ASCII.GetBytes(layer));
        }

        packet[0] |= (byte)(padded ? RtpHeader.PaddingFlag : 0);
        payload.CopyTo(packet.AsSpan(length));
        lock (_gate)
        {
            return packet[.._connection.ProtectRtp(packet, length + payload.Length).Length];
        }
    }

    public void SendRtcp(ReadOnlySpan<byte> compound)
    {
        var packet = new byte[1500];
        compound.CopyTo(packet);
        lock (_gate)
        {
            SendRaw(packet.AsSpan(0, _connection.ProtectRtcp(packet, compound.Length).Length));
        }
    }

    /// <summary>The next decrypted RTP packet.</summary>
    public ValueTask<byte[]> ReadRtpAsync(CancellationToken cancellation) => ReadAsync(_rtp, cancellation);

    /// <summary>The next decrypted RTCP compound.</summary>
    public ValueTask<byte[]> ReadRtcpAsync(CancellationToken cancellation) => ReadAsync(_rtcp, cancellation);

    public bool TryReadRtp(out byte[]? packet) => _rtp.Reader.TryRead(out packet);

    public bool TryReadRtcp(out byte[]? compound) => _rtcp.Reader.TryRead(out compound);

    /// <summary>Sends a connectivity check and waits for its answer.</summary>
    public async Task CheckAsync(CancellationToken cancellation, bool nominate = true)
    {
        while (_checks.Reader.TryRead(out _))
        {
        }

        var answered = _checks.Reader.WaitToReadAsync(cancellation).AsTask();
        await RepeatUntilAsync(answered, () => Check(nominate), cancellation);
    }

    public void CloseDtls()
    {
        lock (_gate)
        {
            _connection.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _links.ForEach(link => link.Dispose());
        await Task.WhenAll(_loops);
        _link.Dispose();
        _connection.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
    }

    // A loaded machine drops datagrams even on loopback.
    private static async Task RepeatUntilAsync(Task done, Action action, CancellationToken cancellation)
    {
        for (var end = DateTime.UtcNow + Patience; !done.IsCompleted;)
        {
            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException("The server did not answer.");
            }

            action();
            await Task.WhenAny(done, Task.Delay(RetryInterval, cancellation));
        }
    }

    private void Retransmit()
    {
        lock (_gate)
        {
            _connection.HandleTimeout();
        }
    }

    private static async ValueTask<byte[]> ReadAsync(Channel<byte[]> channel, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        return await channel.Reader.ReadAsync(limit.Token);
    }

    private string[] Transport(string mid, string direction, string? fingerprint) =>
    [
        $"a=ice-ufrag:{_local.Ufrag}", $"a=ice-pwd:{_local.Password}", $"a=fingerprint:{fingerprint ?? Fingerprint}", $"a=setup:{Setup}",
        $"a=mid:{mid}", $"a={direction}", "a=rtcp-mux", "a=rtcp-rsize",
    ];

    private void Receive(TestLink link)
    {
        var buffer = new byte[2048];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Handle(buffer.AsSpan(0, link.Receive(buffer)), link);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (link.Socket.SocketType == SocketType.Stream)
            {
                _disconnected.TrySetResult();
                return;
            }
            catch (SocketException)
            {
                // The peer was disposed, perhaps in the middle of an answer; or the server's port has gone.
            }
        }
    }

    private void Handle(Span<byte> datagram, TestLink link)
    {
        if (Stun.IsStun(datagram))
        {
            if (new IceAgent(_local, _remote).IsAnswer(datagram, transactionId: []))
            {
                _checked.TrySetResult();
                _checks.Writer.TryWrite(datagram.ToArray());
            }

            return;
        }

        lock (_gate)
        {
            if (DtlsTransport.IsDtls(datagram) && LostHandshakeDatagrams > 0)
            {
                LostHandshakeDatagrams--;
            }
            else if (DtlsTransport.IsDtls(datagram))
            {
                _connection.ReceiveHandshake(datagram);
                if (_connection.IsConnected)
                {
                    _connected.TrySetResult();
                }

                if (_connection.State is DtlsState.Closed or DtlsState.Failed)
                {
                    _closed.TrySetResult();
                }
            }
            else if (_connection.IsConnected)
            {
                var isRtcp = ClientConnection.IsRtcp(datagram);
                if (!isRtcp && LostOnce.Remove(BinaryPrimitives.ReadUInt16BigEndian(datagram[2..])))
                {
                    return;
                }

                if (_connection.Unprotect(datagram) is > 0 and var length)
                {
                    LastRtpFrom = isRtcp ? LastRtpFrom : link;
                    (isRtcp ? _rtcp : _rtp).Writer.TryWrite(datagram[..length].ToArray());
                }
            }
        }
    }
}
