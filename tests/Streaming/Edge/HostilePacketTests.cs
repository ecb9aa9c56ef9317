using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Xunit;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Ice;
using Xunke.Tests.Streaming.Client;

namespace Xunke.Tests.Streaming.Edge;

public sealed class HostilePacketTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replayed_packet_is_refused_and_counted()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        var datagram = publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        await viewer.ReadRtpAsync(Cancellation);

        publisher.SendRaw(datagram);
        publisher.SendRtp(TestPeer.VideoType, 1, 2, 1, [0x41, 2]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)2);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task A_tampered_packet_is_refused_and_counted()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var datagram = publisher.ProtectRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        datagram[^1] ^= 1;

        publisher.SendRaw(datagram);

        await TestEdge.UntilAsync(() => edge.Server.Statistics(TestEdge.Room)!.Publisher!.Refused == 1, Cancellation);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.Packets.ShouldBe(0);
    }

    [Fact]
    public async Task Random_datagrams_from_strangers_and_from_the_peers_own_address_disturb_nothing()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;
        using var stranger = Stranger(edge);
        var random = new Random(7983);
        var bytes = new byte[1400];
        for (var round = 0; round < 3000; round++)
        {
            random.NextBytes(bytes);
            var datagram = bytes.AsMemory(0, random.Next(0, round % 10 == 0 ? bytes.Length : 60));
            if (datagram.Length > 1)
            {
                datagram.Span[0] = (byte)(random.Next(5) switch { 0 => 0, 1 => 22, 2 => 128, 3 => 144, _ => datagram.Span[0] });
            }

            stranger.Send(datagram.Span);
            publisher.SendRaw(datagram.Span);
            if (round % 50 == 0)
            {
                // The tests beside this one share the loopback device's queue.
                await Task.Delay(1, Cancellation);
            }
        }

        // Loopback drops what overflows the buffer, so the real packet is sent until it is through.
        for (ushort sequence = 1; !viewer.TryReadRtp(out var packet); sequence++)
        {
            sequence.ShouldBeLessThan((ushort)2000);
            publisher.SendRtp(TestPeer.VideoType, 1, sequence, 1, [0x65, 1]);
            await Task.Delay(10, Cancellation);
            packet.ShouldBeNull();
        }

        stranger.Available.ShouldBe(0);
        edge.Server.Dropped.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("nobodyhx", "a password of no session")]
    [InlineData(null, "a wrong password of a session")]
    public async Task A_connectivity_check_with_wrong_credentials_gets_no_answer(string? fragment, string password)
    {
        await using var edge = new TestEdge();
        await using var peer = new TestPeer();
        var answer = edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));
        fragment ??= Xunke.Streaming.Sdp.SessionDescription.Parse(answer.Sdp).Media[0].UserFragment!;
        using var stranger = Stranger(edge);

        var length = WriteCheck(out var request, fragment, password);
        stranger.Send(request.AsSpan(0, length));

        await TestEdge.UntilAsync(() => edge.Server.Dropped == 1, Cancellation);
        stranger.Available.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_to_a_check_is_no_larger_than_the_check()
    {
        await using var edge = new TestEdge();
        await using var peer = new TestPeer();
        var section = Xunke.Streaming.Sdp.SessionDescription.Parse(edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly")).Sdp).Media[0];
        using var client = Stranger(edge);
        client.ReceiveTimeout = 10_000;

        var length = WriteCheck(out var request, section.UserFragment!, section.Password!);
        client.Send(request.AsSpan(0, length));
        var response = new byte[2000];

        client.Receive(response).ShouldBeLessThanOrEqualTo(length);
    }

    [Fact]
    public async Task A_guesser_is_no_longer_listened_to_for_a_while_but_who_is_known_is()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var section = publisher.Answer!.Media[0];
        using var guesser = Stranger(edge);
        var length = WriteCheck(out var wrong, section.UserFragment!, "not the password of it");
        for (var guess = 0; guess < 200; guess++)
        {
            guesser.Send(wrong.AsSpan(0, length));
            await TestEdge.UntilAsync(() => edge.Server.Dropped == guess + 1, Cancellation);
        }

        length = WriteCheck(out var right, section.UserFragment!, section.Password!);
        guesser.Send(right.AsSpan(0, length));
        await TestEdge.UntilAsync(() => edge.Server.Dropped == 201, Cancellation);
        guesser.Available.ShouldBe(0);
        await publisher.CheckAsync(Cancellation);

        edge.Time.Advance(TimeSpan.FromSeconds(1));
        guesser.Send(right.AsSpan(0, length));
        await TestEdge.UntilAsync(() => guesser.Available > 0, Cancellation);
    }

    [Fact]
    public async Task A_handshake_from_an_address_without_a_check_is_not_answered()
    {
        await using var edge = new TestEdge();
        await using var peer = new TestPeer();
        edge.Server.Publish(TestEdge.Room, peer.Offer("sendonly"));
        using var stranger = Stranger(edge);
        using var certificate = DtlsCertificate.Create(TimeProvider.System);
        using var client = new DtlsTransport(certificate, DtlsRole.Client, datagram => stranger.Send(datagram));

        client.Start();

        await TestEdge.UntilAsync(() => edge.Server.Dropped == 1, Cancellation);
        stranger.Available.ShouldBe(0);
    }

    [Fact]
    public async Task A_viewer_that_sends_media_is_ignored()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        viewer.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 1]);
        publisher.SendRtp(TestPeer.VideoType, 1, 1, 1, [0x65, 2]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)2);
    }

    [Fact]
    public async Task A_payload_type_that_was_not_agreed_on_is_not_forwarded()
    {
        await using var edge = new TestEdge();
        var (publisher, _) = await edge.PublishAsync(Cancellation);
        await using var _1 = publisher;
        var (viewer, _) = await edge.ViewAsync(Cancellation);
        await using var _2 = viewer;

        publisher.SendRtp(99, 1, 1, 1, [0x65, 1]);
        publisher.SendRtp(TestPeer.VideoType, 2, 1, 1, [0x65, 2]);

        (await viewer.ReadRtpAsync(Cancellation))[13].ShouldBe((byte)2);
        edge.Server.Statistics(TestEdge.Room)!.Publisher!.Refused.ShouldBe(1);
    }

    private static Socket Stranger(TestEdge edge)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(new IPEndPoint(IPAddress.Loopback, edge.Server.Port));
        return socket;
    }

    private static int WriteCheck(out byte[] request, string fragment, string password)
    {
        request = new byte[Stun.MaximumWrittenLength];
        return Stun.WriteBindingRequest(
            request,
            new IceCheck { Username = Encoding.UTF8.GetBytes($"{fragment}:remote"), Priority = 1, TieBreaker = 1, UseCandidate = true },
            RandomNumberGenerator.GetBytes(Stun.TransactionIdLength),
            Encoding.UTF8.GetBytes(password));
    }
}
