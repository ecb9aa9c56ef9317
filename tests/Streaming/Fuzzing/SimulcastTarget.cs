using System.Buffers.Binary;
using System.Text;
using Xunke.Streaming;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Edge;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Streaming.Fuzzing;

/// <summary>
/// The header extensions that name a packet's simulcast layer, its retransmission's layer and its section (RFC 8852,
/// RFC 8843 15.1), under a publisher's own keys: a room with three layers and a viewer.
/// </summary>
internal sealed class SimulcastTarget : FuzzTarget
{
    private const int LayerId = 5;
    private const int RepairedLayerId = 6;
    private const int SectionId = 4;
    private const int InputsPerTick = 16;

    private static readonly string[] Layers = ["h", "f", "quarter"];

    // Chromium's offer of one layer, as it is when it has three.
    private static readonly string Offer = Offers.ChromiumPublisher + Offers.Lines(
    [
        $"a=extmap:{SectionId} urn:ietf:params:rtp-hdrext:sdes:mid",
        $"a=extmap:{LayerId} urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
        $"a=extmap:{RepairedLayerId} urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
        .. Layers.Select(layer => $"a=rid:{layer} send"),
        $"a=simulcast:send {string.Join(';', Layers)}",
    ]);

    private readonly PlaneLog _log = new();
    private TestPlane? _server;
    private DirectPeer[] _peers = [];
    private ushort _sequence;
    private int _inputs;

    public override string Name => "simulcast";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        .. Layers.SelectMany(layer => (byte[][])
        [
            Packet(1, OneByte((SectionId, "1"), (LayerId, layer))),
            Packet(1, OneByte((RepairedLayerId, layer), (LayerId, "x"))),
            Packet(2, TwoByte((LayerId, layer), (RepairedLayerId, layer), (SectionId, "1"))),
        ]),
        Packet(1, OneByte((LayerId, "hf"))),
        Packet(2, TwoByte((LayerId, string.Empty))),
        Packet(1, [.. OneByte((15, "h")), .. OneByte((LayerId, "h"))]),
    ];

    public override int EpisodeLength => 4096;

    // As for a session: a wrong tag is an exception, and the first packet of a source makes its replay window.
    public override long AllocationBound => 64 * 1024;

    /// <summary>What the room counted in this episode; null before the first.</summary>
    public RoomStatistics? Figures => _server?.Plane.Statistics(TestPlane.Room);

    private DirectPeer Publisher => _peers[0];

    public override void Begin()
    {
        Dispose();
        _server = new TestPlane(_log);
        var publisher = new DirectPeer(_server, Offer, offer => _server.Publish(offer));
        _peers = [publisher, new DirectPeer(_server, Offers.SafariViewer, offer => _server.View(offer))];
        (_sequence, _inputs) = (60_000, 0);
        var random = FuzzRandom.Of(0, 0);
        foreach (var packet in Corpus)
        {
            Send(packet.ToArray(), ref random);
            Tick(TimeSpan.FromMilliseconds(700));
        }
    }

    public override void Run(Span<byte> input, ref FuzzRandom random)
    {
        Send(input, ref random);
        if (++_inputs % InputsPerTick == 0)
        {
            // A layer whose source is silent for half a second takes another one.
            Tick(TimeSpan.FromMilliseconds(random.OneIn(8) ? 700 : 20));
        }

        _log.ThrowFailure();
    }

    public override void Dispose()
    {
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }

        _peers = [];
        _server?.Dispose();
    }

    // Version, payload type and sequence number decide whether a packet is looked at; few sources keep the replay windows few.
    private void Send(Span<byte> packet, ref FuzzRandom random)
    {
        if (packet.Length >= RtpHeader.FixedLength)
        {
            packet[0] = (byte)((packet[0] & 0x3F) | 0x80);
            packet[1] =
                (byte)((packet[1] & 0x80) | (random.OneIn(4) ? Publisher.RepairType(MediaKind.Video) : Publisher.Type(MediaKind.Video)));
            BinaryPrimitives.WriteUInt16BigEndian(packet[2..], ++_sequence);
            BinaryPrimitives.WriteUInt32BigEndian(packet[8..], (uint)(1 + random.Below(8)));
        }

        Publisher.SendProtected(packet, isRtcp: false);
    }

    private void Tick(TimeSpan by)
    {
        _server!.Time.Advance(by);
        foreach (var peer in _peers)
        {
            peer.Check();
        }

        _server.Plane.Tick();
        Expect.True(Figures!.Viewers.All(viewer => viewer.Layer is null || Layers.Contains(viewer.Layer)),
            "a viewer sees a layer that nobody agreed on");
    }

    private static byte[] Packet(int form, byte[] elements)
    {
        var words = (elements.Length + 3) / 4;
        var packet = new byte[RtpHeader.FixedLength + 4 + (4 * words) + 8];
        RtpHeader.Write(packet, marker: true, 96, 1, 90_000, 1);
        packet[0] |= 0x10;
        BinaryPrimitives.WriteUInt16BigEndian(
            packet.AsSpan(RtpHeader.FixedLength), form == 1 ? HeaderExtension.OneByteProfile : (ushort)0x1000);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(RtpHeader.FixedLength + 2), (ushort)words);
        elements.CopyTo(packet.AsSpan(RtpHeader.FixedLength + 4));
        packet[^8] = 0x65;
        return packet;
    }

    private static byte[] OneByte(params (int Id, string Value)[] elements) =>
        [.. elements.SelectMany(
            one => (IEnumerable<byte>)[(byte)((one.Id << 4) | (one.Value.Length - 1)), .. Encoding.ASCII.GetBytes(one.Value)])];

    private static byte[] TwoByte(params (int Id, string Value)[] elements) =>
        [.. elements.SelectMany(one => (IEnumerable<byte>)[(byte)one.Id, (byte)one.Value.Length, .. Encoding.ASCII.GetBytes(one.Value)])];
}
