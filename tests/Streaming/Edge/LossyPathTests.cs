using System.Buffers.Binary;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rtcp;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>
/// A publisher and a viewer that are no browsers, each over 5 % loss and reordering jitter, in real time: with
/// retransmission (RFC 4585, RFC 4588) on both hops all of the video arrives.
/// </summary>
public sealed class LossyPathTests
{
    private const string Room = "room";
    private const uint VideoSource = 1000;
    private const uint RepairSource = 1001;
    private const int Pictures = 100;
    private const int PacketsPerPicture = 4;

    // Nobody can know that something came before the first packet: its loss, or that of its neighbours, does not count.
    private const int First = 10 * PacketsPerPicture;
    private const int Wanted = Pictures * PacketsPerPicture;

    private static readonly TimeSpan Picture = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly PathConditions Bad =
        new() { Loss = 0.05, Delay = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(15) };

    private readonly Dictionary<ushort, byte[]> _sent = [];
    private readonly Dictionary<ushort, DateTime> _askedAt = [];
    private readonly HashSet<int> _seen = [];
    private readonly HashSet<ushort> _numbers = [];
    private ushort _repairs;
    private ushort _lowest;
    private int _repeated;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_video_arrives_in_the_end_and_no_packet_twice_at_a_tap()
    {
        await using var server = new MediaServer(
            new MediaServerOptions { Bind = IPAddress.Loopback, UdpPort = 0 }, TimeProvider.System, NullLoggerFactory.Instance);
        server.Start();
        var tap = new RecordingTap();
        using var tapping = server.Tap(Room, tap);
        using var up = new LossyRelay(server.Port, seed: 5) { ToServer = Bad, ToPeer = Bad };
        using var down = new LossyRelay(server.Port, seed: 9) { ToServer = Bad, ToPeer = Bad };
        await using var publisher = new TestPeer();
        await publisher.ConnectAsync(
            Through(up, server, server.Publish(Room, publisher.Offer("sendonly", audio: false, repair: true)).Sdp), Cancellation);
        await using var viewer = new TestPeer();
        await viewer.ConnectAsync(
            Through(down, server, server.View(Room, viewer.Offer("recvonly", audio: false, repair: true)).Sdp), Cancellation);

        // It goes on behind what is counted: only a later packet tells that the last one was lost.
        var end = DateTime.UtcNow + Limit;
        for (var picture = 0; _seen.Count(Counts) < Wanted && DateTime.UtcNow < end; picture++)
        {
            SendPicture(publisher, picture);
            await Task.Delay(Picture, Cancellation);
            SendAgain(publisher);
            Watch(viewer);
            if (picture % 30 == 0)
            {
                publisher.Check();
                viewer.Check();
            }
        }

        _seen.Count(Counts).ShouldBe(Wanted);
        (up.Lost > 10 && down.Lost > 10).ShouldBeTrue($"{up.Lost} and {down.Lost} datagrams were lost");
        _repairs.ShouldBeGreaterThan((ushort)5, "the publisher was asked again");
        _repeated.ShouldBeGreaterThan(5, "and so was the server");
        var tapped = tap.Video.Select(packet => BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(RtpHeader.FixedLength + 1))).ToList();
        tapped.ShouldBe(tapped.Distinct().Order());
        // A tap does not wait for ever; what it goes on without is rare.
        tapped.Count(Counts).ShouldBeGreaterThan(Wanted * 9 / 10);
    }

    private static bool Counts(int number) => number is >= First and < First + Wanted;

    private static string Through(LossyRelay relay, MediaServer server, string sdp) =>
        sdp.Replace($" {server.Port} ", $" {relay.Port} ", StringComparison.Ordinal);

    private void SendPicture(TestPeer publisher, int picture)
    {
        for (var i = 0; i < PacketsPerPicture; i++)
        {
            var number = (ushort)((picture * PacketsPerPicture) + i);
            var payload = new byte[800];
            payload[0] = (byte)(picture == 0 ? 0x65 : 0x41);
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(1), number);
            _sent[number] = payload;
            publisher.SendRtp(TestPeer.VideoType, VideoSource, number, (uint)(picture * 2700), payload, marker: i == PacketsPerPicture - 1);
        }
    }

    /// <summary>Answers the server's requests on the retransmission stream.</summary>
    private void SendAgain(TestPeer publisher)
    {
        while (publisher.TryReadRtcp(out var compound))
        {
            ReadOnlySpan<byte> rest = compound;
            while (RtcpPacket.TryReadNext(ref rest, out var packet))
            {
                if (packet.Type == RtcpType.TransportFeedback && packet.Count == NackReader.Format)
                {
                    for (var asked = new NackReader(packet); asked.TryRead(out var number);)
                    {
                        Repair(publisher, number);
                    }
                }
            }
        }
    }

    private void Repair(TestPeer publisher, ushort number)
    {
        if (_sent.TryGetValue(number, out var lost))
        {
            var payload = new byte[2 + lost.Length];
            BinaryPrimitives.WriteUInt16BigEndian(payload, number);
            lost.CopyTo(payload, 2);
            publisher.SendRtp(
                TestPeer.RepairType, RepairSource, _repairs++, (uint)(number / PacketsPerPicture * 2700), payload,
                marker: number % PacketsPerPicture == PacketsPerPicture - 1);
        }
    }

    /// <summary>Takes what has come and asks again for what is missing.</summary>
    private void Watch(TestPeer viewer)
    {
        uint source = 0;
        while (viewer.TryReadRtp(out var packet))
        {
            RtpHeader.TryParse(packet, out var header).ShouldBeTrue();
            var repaired = header.PayloadType == TestPeer.RepairType;
            var payload = packet.AsSpan(header.Length, header.PayloadLength);
            if (repaired && payload.Length < 2)
            {
                continue;
            }

            source = repaired ? source : header.Ssrc;
            var number = repaired ? BinaryPrimitives.ReadUInt16BigEndian(payload) : header.SequenceNumber;
            payload = repaired ? payload[2..] : payload;
            if (payload.Length >= 5 && _seen.Add(BinaryPrimitives.ReadInt32BigEndian(payload[1..])))
            {
                _repeated += repaired ? 1 : 0;
            }

            _lowest = _numbers.Count == 0 ? number : _lowest;
            if ((short)(number - _lowest) >= 0)
            {
                _numbers.Add(number);
            }
        }

        Ask(viewer, source);
    }

    private void Ask(TestPeer viewer, uint source)
    {
        if (source == 0)
        {
            return;
        }

        var span = _numbers.Max(number => (ushort)(number - _lowest));
        var missing = Enumerable.Range(0, span).Select(offset => (ushort)(_lowest + offset)).Where(number => !_numbers.Contains(number)
            && DateTime.UtcNow - _askedAt.GetValueOrDefault(number) > TimeSpan.FromMilliseconds(100)).Take(60).ToArray();
        if (missing.Length > 0)
        {
            var buffer = new byte[300];
            var writer = new RtcpWriter(buffer);
            writer.Nack(1, source, missing);
            viewer.SendRtcp(buffer.AsSpan(0, writer.Length));
            Array.ForEach(missing, number => _askedAt[number] = DateTime.UtcNow);
        }
    }
}
