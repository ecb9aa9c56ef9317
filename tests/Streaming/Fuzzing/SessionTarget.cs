using System.Buffers.Binary;
using System.Net;
using Xunke.Streaming;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Streaming.Transport.Ice;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Edge;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// The whole path of a datagram through a room with a publisher, two viewers and a tap. Most inputs are mutated before
/// they are encrypted under a session's own keys, so that they reach what lies behind SRTP and the message integrity.
/// </summary>
internal sealed class SessionTarget : FuzzTarget
{
    private const int InputsPerTick = 16;

    private readonly PlaneLog _log = new();
    private readonly byte[] _scratch = new byte[2048];
    private TestPlane? _server;
    private DirectPeer[] _peers = [];
    private IDisposable? _tapping;
    private ushort _videoSequence;
    private ushort _audioSequence;
    private int _inputs;

    public override string Name => "session";

    public override IReadOnlyList<byte[]> Corpus { get; } =
        [.. MediaCorpus.Rtp, .. MediaCorpus.Rtcp, .. StunCorpus.Requests("VOkJxbRl1RmTxUk/WvJxBt"u8.ToArray()),
            .. CapturedPackets.Named("dtls")];

    public override int EpisodeLength => 4096;

    // A wrong GCM tag is an exception of the class library's; the first packet of a source makes its replay window.
    public override long AllocationBound => 64 * 1024;

    /// <summary>What the room counted in this episode; null before the first.</summary>
    public RoomStatistics? Figures => _server?.Plane.Statistics(TestPlane.Room);

    private DirectPeer Publisher => _peers[0];

    public override void Begin()
    {
        Dispose();
        _server = new TestPlane(_log);
        _tapping = _server.Points.Add(TestPlane.Room, new DepacketisingTap());
        var publisher = new DirectPeer(_server, Offers.ChromiumPublisher, offer => _server.Publish(offer));
        _peers = [publisher, View(Offers.FirefoxViewer), View(Offers.SafariViewer)];
        (_videoSequence, _audioSequence, _inputs) = (60_000, 60_000, 0);

        // The rings take their memory at the first packet of each kind.
        for (var i = 0; i < 40; i++)
        {
            Send(MediaCorpus.Rtp[i % MediaCorpus.Rtp.Count], MediaKind.Video);
            Send(MediaCorpus.Rtp[i % MediaCorpus.Rtp.Count], MediaKind.Audio);
            Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        var peer = _peers[random.Below(_peers.Length)];
        switch (random.Below(10))
        {
            case < 4:
                FixHeader(input, random.OneIn(4) ? MediaKind.Audio : MediaKind.Video, ref random);
                Publisher.SendProtected(input, isRtcp: false);
                break;
            case < 8:
                NameSources(input, peer);
                peer.SendProtected(input, isRtcp: true);
                break;
            case 8:
                SendCheck(input, peer, ref random);
                break;
            default:
                _server!.Plane.Receive(input, random.OneIn(2) ? peer.Address : Stranger(ref random));
                break;
        }

        if (++_inputs % InputsPerTick == 0)
        {
            Advance(TimeSpan.FromMilliseconds(random.OneIn(64) ? 1500 : 20));
        }

        _log.ThrowFailure();
    }

    // All of 127/8 is this machine; one address alone would soon have used up its failures.
    private static SocketAddress Stranger(ref FuzzRandom random) =>
        new IPEndPoint(new IPAddress([127, (byte)random.Below(256), (byte)random.Below(256), 1]), 1 + random.Below(60_000)).Serialize();

    public override void Dispose()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }

        _peers = [];
        _tapping?.Dispose();
        _server?.Dispose();
    }

    private DirectPeer View(string offer) => new(_server!, offer, sdp => _server!.View(sdp));

    private void Send(byte[] packet, MediaKind kind)
    {
        var random = FuzzRandom.Of(0, _videoSequence);
        packet.CopyTo(_scratch, 0);
        FixHeader(_scratch.AsSpan(0, packet.Length), kind, ref random);
        Publisher.SendProtected(_scratch.AsSpan(0, packet.Length), isRtcp: false);
    }

    private void Advance(TimeSpan by)
    {
        _server!.Time.Advance(by);
        foreach (var peer in _peers)
        {
            peer.Check();
        }

        _server.Plane.Tick();
        _server.Plane.Statistics();
    }

    // Version, payload type and source decide whether a packet is looked at: mostly they are the right ones. The sequence
    // number always is, since one that jumps back makes all that follow it replays.
    private void FixHeader(Span<byte> packet, MediaKind kind, ref FuzzRandom random)
    {
        if (packet.Length < RtpHeader.FixedLength)
        {
            return;
        }

        packet[0] = random.OneIn(32) ? packet[0] : (byte)((packet[0] & 0x3F) | 0x80);
        packet[1] = random.OneIn(16) ? packet[1] : (byte)((packet[1] & 0x80) | Publisher.Type(kind));
        ref var sequence = ref kind == MediaKind.Video ? ref _videoSequence : ref _audioSequence;
        sequence += (ushort)(random.OneIn(32) ? random.Below(random.OneIn(16) ? 30_000 : 6) : 1);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], sequence);
        if (!random.OneIn(16))
        {
            BinaryPrimitives.WriteUInt32BigEndian(packet[8..], kind == MediaKind.Video ? MediaCorpus.VideoSource : MediaCorpus.AudioSource);
        }
    }

    // The corpus speaks of its own sources; a viewer's feedback must name those that the server gave it.
    private static void NameSources(Span<byte> packet, DirectPeer peer)
    {
        if (peer.Source(MediaKind.Video) == 0)
        {
            return;
        }

        for (var at = 0; at + sizeof(uint) <= packet.Length; at += sizeof(uint))
        {
            var word = packet[at..];
            switch (BinaryPrimitives.ReadUInt32BigEndian(word))
            {
                case MediaCorpus.VideoSource:
                    BinaryPrimitives.WriteUInt32BigEndian(word, peer.Source(MediaKind.Video));
                    break;
                case MediaCorpus.AudioSource:
                    BinaryPrimitives.WriteUInt32BigEndian(word, peer.Source(MediaKind.Audio));
                    break;
            }
        }
    }

    /// <summary>Sends a check that says whatever the input says, with the right name, integrity and fingerprint.</summary>
    private void SendCheck(ReadOnlySpan<byte> input, DirectPeer peer, ref FuzzRandom random)
    {
        var known = peer.CheckMessage;
        // Behind the user name, which comes first, and before integrity and fingerprint.
        var name = StunMessage.HeaderLength
            + 4 + ((BinaryPrimitives.ReadUInt16BigEndian(known.AsSpan(StunMessage.HeaderLength + 2)) + 3) & ~3);
        const int tail = 4 + StunMessage.IntegrityLength + StunMessage.FingerprintAttributeLength;
        var attributes = input[..Math.Min(input.Length & ~3, 1200)];
        var message = _scratch.AsSpan(0, name + attributes.Length + tail);
        known.AsSpan(0, name).CopyTo(message);
        attributes.CopyTo(message[name..]);
        var integrity = name + attributes.Length;
        BinaryPrimitives.WriteUInt32BigEndian(
            message[integrity..], ((uint)StunAttribute.MessageIntegrity << 16) | StunMessage.IntegrityLength);
        StunMessage.ComputeIntegrity(message[..integrity], peer.RemotePassword, message.Slice(integrity + 4, StunMessage.IntegrityLength));
        StunTarget.MakeConsistent(message);
        if (random.OneIn(8))
        {
            // From another address, as after a change of networks.
            _server!.Plane.Receive(message, Stranger(ref random));
        }
        else
        {
            peer.Send(message);
        }
    }

    private sealed class DepacketisingTap : IRtpTap
    {
        private readonly AccessUnitTarget _units = new(VideoCodec.H264);

        public DepacketisingTap() => _units.Begin();

        public void OnPacket(MediaKind kind, VideoCodec codec, ReadOnlySpan<byte> rtp)
        {
            if (kind == MediaKind.Video)
            {
                _units.Push(rtp);
            }
        }
    }
}
