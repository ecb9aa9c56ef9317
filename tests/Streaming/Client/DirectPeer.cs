using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Xunke.Streaming;
using Xunke.Streaming.Client;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Tests.Streaming.Edge;
using Xunke.Tests.Streaming.Fuzzing;

namespace Xunke.Tests.Streaming.Client;

/// <summary>
/// A peer that hands what it sends to the plane directly, without a thread of its own, and may send anything under its
/// keys. It connects by a browser's offer; the plane's answers come over a socket, which is read for the handshake only.
/// </summary>
internal sealed partial class DirectPeer : IDisposable
{
    private static readonly DtlsCertificate Certificate = DtlsCertificate.Create(TimeProvider.System);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestPlane _server;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ClientConnection _connection;
    private readonly byte[] _datagram = new byte[4096];
    private readonly Dictionary<MediaKind, uint> _sources = [];
    private readonly Dictionary<MediaKind, byte> _types = [];
    private readonly Dictionary<MediaKind, byte> _repairTypes = [];
    private readonly byte[] _password;

    /// <summary>Connects.</summary>
    /// <param name="server">Whom to.</param>
    /// <param name="offer">The offer, whose fingerprint is replaced.</param>
    /// <param name="answer">Gives the server's answer to it.</param>
    /// <param name="before">Is told the peer's address before its first check.</param>
    public DirectPeer(TestPlane server, string offer, Func<string, string> answer, Action<SocketAddress>? before = null)
    {
        _server = server;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        // After the handshake nothing is read any more: what comes is dropped once this is full.
        _socket.ReceiveBufferSize = 64 * 1024;
        Address = _socket.LocalEndPoint!.Serialize();
        _connection = new ClientConnection(Certificate, DtlsRole.Client, datagram => Send(datagram));
        var text = answer(FingerprintLine().Replace(offer, $"a=fingerprint:{Certificate.Fingerprint}"));
        var sections = SessionDescription.Parse(text).Media.Where(section => section.IsActive).ToList();
        foreach (var section in sections)
        {
            var kind = section.IsOf(MediaKind.Video) ? MediaKind.Video : MediaKind.Audio;
            _types[kind] = (byte)section.Codecs[0].PayloadType;
            _repairTypes[kind] =
                (byte)(section.Codecs.FirstOrDefault(codec => codec.Is(RepairFormat.Name, section.Codecs[0].ClockRate))?.PayloadType ?? 0);
        }

        foreach (var (sent, line) in SourceLine()
            .Matches(text).Zip(sections, (line, section) => (section.IsOf(MediaKind.Video) ? MediaKind.Video : MediaKind.Audio, line)))
        {
            _sources[sent] = uint.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        _password = Encoding.UTF8.GetBytes(sections[0].Password!);
        CheckMessage = StunCorpus.Requests(_password, $"{sections[0].UserFragment}:peer").Last();
        before?.Invoke(Address);
        Check();
        Handshake();
    }

    /// <summary>Whence the server sees this peer's datagrams come.</summary>
    public SocketAddress Address { get; }

    /// <summary>The connectivity check that this peer is known by.</summary>
    public byte[] CheckMessage { get; }

    /// <summary>The password that the server gave out for this session.</summary>
    public ReadOnlySpan<byte> RemotePassword => _password;

    /// <summary>The payload type agreed on; 0 when the kind was refused.</summary>
    public byte Type(MediaKind kind) => _types.GetValueOrDefault(kind);

    /// <summary>The payload type of retransmissions; 0 without.</summary>
    public byte RepairType(MediaKind kind) => _repairTypes.GetValueOrDefault(kind);

    /// <summary>The source under which the server sends a kind to this peer; 0 when it does not.</summary>
    public uint Source(MediaKind kind) => _sources.GetValueOrDefault(kind);

    public void Check() => Send(CheckMessage);

    /// <summary>Hands bytes to the server as if they had come from this peer.</summary>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        Span<byte> copy = stackalloc byte[2048];
        copy = copy[..Math.Min(datagram.Length, copy.Length)];
        datagram[..copy.Length].CopyTo(copy);
        _server.Plane.Receive(copy, Address);
    }

    /// <summary>Protects a packet and sends it; what cannot be protected goes as it is.</summary>
    public void SendProtected(ReadOnlySpan<byte> packet, bool isRtcp)
    {
        packet.CopyTo(_datagram);
        var result = isRtcp ? _connection.ProtectRtcp(_datagram, packet.Length) : _connection.ProtectRtp(_datagram, packet.Length);
        Send(result.Succeeded ? _datagram.AsSpan(0, result.Length) : packet);
    }

    /// <summary>Says good-bye, as a peer does that leaves in order.</summary>
    public void Close() => _connection.Close();

    public void Dispose()
    {
        _connection.Dispose();
        _socket.Dispose();
    }

    private void Handshake()
    {
        _connection.Start();
        while (_connection.State == DtlsState.Handshaking)
        {
            _connection.ReceiveHandshake(_datagram.AsSpan(0, _socket.Receive(_datagram)));
        }

        if (!_connection.IsConnected)
        {
            throw new InvalidOperationException($"The handshake failed: {_connection.FailureReason}.");
        }
    }

    [GeneratedRegex(@"a=fingerprint:[^\r\n]*")]
    private static partial Regex FingerprintLine();

    [GeneratedRegex(@"a=ssrc:(\d+) cname")]
    private static partial Regex SourceLine();
}
