using System.Buffers.Binary;
using Xunke.Streaming.Rtp;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>Opus with forward error correction and discontinuous transmission (RFC 7587) passes as it is.</summary>
public sealed class OpusTests
{
    private const uint Source = 77;
    private const string Parameters = "minptime=10;useinbandfec=1;usedtx=1";

    // RFC 6716 2.1.9: while nobody speaks, a frame every 400 ms.
    private const uint Pause = 400 * 48;
    private const uint Frame = 20 * 48;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_offered_for_error_correction_and_pauses_is_answered_to_both_sides()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation, peer => Offer(peer, "sendonly"));
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation, peer => Offer(peer, "recvonly"));
        await using var _2 = viewer;

        foreach (var peer in new[] { publisher, viewer })
        {
            var opus = peer.Answer!.Media.SelectMany(section => section.Codecs).Single(codec => codec.Is("opus", 48_000));
            opus.FormatParameters.ShouldBe(Parameters);
        }
    }

    [Fact]
    public async Task Pauses_pass_unchanged_and_are_not_taken_for_loss()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation, peer => Offer(peer, "sendonly"));
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation, peer => Offer(peer, "recvonly"));
        await using var _2 = viewer;
        // Speech, a pause of 2.4 s in which the encoder says no more than that it goes on, and speech again.
        (uint Step, byte[] Payload, bool Begins)[] sound =
        [
            (Frame, [0x78, 1, 2, 3], true), (Frame, [0x78, 4, 5], false),
            .. Enumerable.Repeat((Pause, (byte[])[0x78], false), 6),
            (Frame, [0x78, 6, 7, 8, 9], true), (Frame, [0x78, 10], false),
        ];
        var timestamp = uint.MaxValue - (2 * Frame);
        var heard = new List<(uint Timestamp, byte[] Packet)>();
        for (var i = 0; i < sound.Length; i++)
        {
            var (step, payload, begins) = sound[i];
            timestamp += step;
            edge.Time.Advance(TimeSpan.FromSeconds(step / 48_000.0));
            viewer.Check();
            publisher.Check();
            publisher.SendRtp(TestPeer.AudioType, Source, (ushort)(65_533 + i), timestamp, payload, marker: begins);
            heard.Add((timestamp, await viewer.ReadRtpAsync(Cancellation)));
        }

        var (firstTimestamp, first) = heard[0];
        for (var i = 0; i < sound.Length; i++)
        {
            RtpHeader.TryParse(heard[i].Packet, out var header).ShouldBeTrue();
            header.SequenceNumber.ShouldBe((ushort)(BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(2)) + i));
            (header.Timestamp - BinaryPrimitives.ReadUInt32BigEndian(first.AsSpan(4))).ShouldBe(heard[i].Timestamp - firstTimestamp);
            header.Marker.ShouldBe(sound[i].Begins);
            heard[i].Packet[header.Length..].ShouldBe(sound[i].Payload);
        }

        edge.Time.Advance(TimeSpan.FromSeconds(1));
        var figures = edge.Server.Statistics(TestEdge.Room)!.Publisher!;
        (figures.Packets, figures.PacketsLost, figures.NacksSent, figures.Refused).ShouldBe((sound.Length, 0L, 0L, 0L));
    }

    // Lost sound may be asked for again here, so that a pause taken for loss would show.
    private static string Offer(TestPeer peer, string direction) => peer.Offer(direction).Replace(
        $"a=fmtp:{TestPeer.AudioType} minptime=10;useinbandfec=1",
        $"a=fmtp:{TestPeer.AudioType} {Parameters}\r\na=rtcp-fb:{TestPeer.AudioType} nack",
        StringComparison.Ordinal);
}
