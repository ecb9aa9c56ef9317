using System.Buffers.Binary;
using System.Security.Cryptography;
using Xunke.Streaming.Transport.Srtp;

namespace Xunke.Tests.Streaming.Transport.Srtp;

public class SrtpTests
{
    private const uint Ssrc = 0xCAFE0001;
    private const SrtpProfile Counter = SrtpProfile.Aes128CmHmacSha1_80;
    private const SrtpProfile Gcm = SrtpProfile.AeadAes128Gcm;

    private static readonly byte[] MasterKey = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];
    private static readonly byte[] MasterSalt = [.. Enumerable.Range(101, 14).Select(value => (byte)value)];

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void A_packet_comes_back_as_it_was(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        foreach (var size in new[] { 12, 13, 28, 29, 500, 1200, 5000 })
        {
            var clear = Packet((ushort)size, size);
            var packet = Protect(sender, clear);

            packet.Length.ShouldBe(size + sender.RtpOverhead);
            if (size > 100)
            {
                packet.AsSpan(12, 64).SequenceEqual(clear.AsSpan(12, 64)).ShouldBeFalse("the payload must not be in the clear");
            }

            var result = receiver.UnprotectRtp(packet);
            result.Error.ShouldBe(SrtpError.None);
            packet.AsSpan(0, result.Length).SequenceEqual(clear).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void CSRCs_and_header_extension_stay_clear_and_are_authenticated(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        var clear = Packet(1, 80);
        clear[0] = 0x80 | 0x10 | 2;
        BinaryPrimitives.WriteUInt16BigEndian(clear.AsSpan(20), 0xBEDE);
        BinaryPrimitives.WriteUInt16BigEndian(clear.AsSpan(22), 3);
        const int headerLength = 12 + 8 + 4 + 12;
        var packet = Protect(sender, clear);

        packet.AsSpan(0, headerLength).SequenceEqual(clear.AsSpan(0, headerLength)).ShouldBeTrue();
        packet.AsSpan(headerLength, 40).SequenceEqual(clear.AsSpan(headerLength, 40)).ShouldBeFalse();

        for (var position = 0; position < packet.Length; position++)
        {
            using var receiver = Receiver(profile);
            var tampered = (byte[])packet.Clone();
            tampered[position] ^= 1;
            receiver.UnprotectRtp(tampered).Succeeded.ShouldBeFalse($"byte {position}");
            receiver.StreamCount.ShouldBe(0);
        }

        using var honest = Receiver(profile);
        honest.UnprotectRtp(packet).Length.ShouldBe(clear.Length);
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void A_replayed_packet_is_refused(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        var packet = Protect(sender, Packet(7, 100));
        receiver.UnprotectRtp([.. packet]).Succeeded.ShouldBeTrue();

        receiver.UnprotectRtp([.. packet]).Error.ShouldBe(SrtpError.Replayed);
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void A_packet_sent_again_is_the_same_bytes_and_still_accepted_if_the_first_was_lost(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        var first = Protect(sender, Packet(1, 100));
        for (ushort sequence = 2; sequence < 500; sequence++)
        {
            receiver.UnprotectRtp(Protect(sender, Packet(sequence, 100))).Succeeded.ShouldBeTrue();
        }

        var again = Protect(sender, Packet(1, 100));

        again.ShouldBe(first);
        receiver.UnprotectRtp(again).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void A_packet_older_than_the_window_is_refused(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        var old = Protect(sender, Packet(1, 100));
        var justInside = Protect(sender, Packet(2, 100));
        receiver.UnprotectRtp(Protect(sender, Packet(1 + ReplayWindow.Size, 100))).Succeeded.ShouldBeTrue();

        receiver.UnprotectRtp(old).Error.ShouldBe(SrtpError.Replayed);
        receiver.UnprotectRtp(justInside).Error.ShouldBe(SrtpError.None);
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void Packets_are_followed_across_sequence_number_wraps_and_reordering(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        var accepted = 0;
        var held = default(byte[]);
        const int count = 70_000;
        for (var number = 0; number < count; number++)
        {
            // The 65536th to 65545th packets come with the wrap; every seventh packet comes one late.
            var packet = Protect(sender, Packet((ushort)(60_000 + number), 60));
            if (number % 7 == 0)
            {
                held = packet;
                continue;
            }

            accepted += receiver.UnprotectRtp(packet).Succeeded ? 1 : 0;
            if (held is not null)
            {
                accepted += receiver.UnprotectRtp(held).Succeeded ? 1 : 0;
                held = null;
            }
        }

        accepted.ShouldBe(held is null ? count : count - 1);
    }

    [Theory]
    [InlineData(100ul, (ushort)101, 101ul)]
    [InlineData(0x0_FFFFul, (ushort)0, 0x1_0000ul)]
    [InlineData(0x1_0000ul, (ushort)0xFFFF, 0x0_FFFFul)]
    [InlineData(0x5_0010ul, (ushort)0xFFF0, 0x4_FFF0ul)]
    [InlineData(0x5_FFF0ul, (ushort)0x0010, 0x6_0010ul)]
    [InlineData(0x5_0000ul, (ushort)0x8000, 0x5_8000ul)]
    [InlineData(0x5_8000ul, (ushort)0x0000, 0x5_0000ul)]
    public void The_index_is_guessed_as_in_RFC_3711_3_3_1(ulong highest, ushort sequenceNumber, ulong expected)
    {
        PacketIndex.TryGuess(highest, sequenceNumber, out var index).ShouldBeTrue();
        index.ShouldBe(expected);
    }

    [Fact]
    public void An_index_before_the_stream_or_behind_its_end_is_not_guessed()
    {
        PacketIndex.TryGuess(5, 0xFFFF, out _).ShouldBeFalse();
        PacketIndex.TryGuess(PacketIndex.Limit - 1, 0, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void Forged_SSRCs_take_no_place_in_the_table(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = new SrtpReceiver(profile, MasterKey, Salt(profile), maximumStreams: 2);
        for (uint forged = 0; forged < 100; forged++)
        {
            var packet = Protect(sender, Packet(1, 60));
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), forged);
            receiver.UnprotectRtp(packet).Error.ShouldBe(SrtpError.AuthenticationFailed);
        }

        receiver.StreamCount.ShouldBe(0);
        receiver.UnprotectRtp(Protect(sender, Packet(2, 60, 1))).Succeeded.ShouldBeTrue();
        receiver.UnprotectRtp(Protect(sender, Packet(2, 60, 2))).Succeeded.ShouldBeTrue();
        receiver.UnprotectRtp(Protect(sender, Packet(2, 60, 3))).Error.ShouldBe(SrtpError.TooManyStreams);
        receiver.UnprotectRtp(Protect(sender, Packet(3, 60, 1))).Succeeded.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void RTCP_comes_back_once_and_only_untampered(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        byte[] clear = [0x80, 200, 0, 6, .. BitConverter.GetBytes(Ssrc), .. RandomNumberGenerator.GetBytes(20)];
        byte[] buffer = [.. clear, .. new byte[sender.RtcpOverhead]];
        var result = sender.ProtectRtcp(buffer, clear.Length);
        result.Length.ShouldBe(buffer.Length);
        for (var position = 0; position < buffer.Length; position++)
        {
            byte[] tampered = [.. buffer];
            tampered[position] ^= 0x04;
            receiver.UnprotectRtcp(tampered).Succeeded.ShouldBeFalse($"byte {position}");
        }

        byte[] copy = [.. buffer];
        var back = receiver.UnprotectRtcp(copy);
        back.Error.ShouldBe(SrtpError.None);
        copy.AsSpan(0, back.Length).SequenceEqual(clear).ShouldBeTrue();
        receiver.UnprotectRtcp([.. buffer]).Error.ShouldBe(SrtpError.Replayed);
    }

    [Fact]
    public void Keys_of_the_wrong_length_are_refused()
    {
        Should.Throw<ArgumentException>(() => new SrtpSender(Gcm, MasterKey, MasterSalt));
        Should.Throw<ArgumentException>(() => new SrtpSender(Counter, MasterKey[..15], MasterSalt));
    }

    [Theory]
    [InlineData(Counter)]
    [InlineData(Gcm)]
    public void Nothing_is_allocated_per_packet(SrtpProfile profile)
    {
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        var packet = Packet(0, 1200);
        var buffer = new byte[1500];
        var next = 0;
        Send(5_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Send(20_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Send(int count)
        {
            for (var sent = 0; sent < count; sent++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)next++);
                packet.CopyTo(buffer, 0);
                var rtp = sender.ProtectRtp(buffer, packet.Length);
                var rtpBack = receiver.UnprotectRtp(buffer.AsSpan(0, rtp.Length));
                packet.AsSpan(0, 100).CopyTo(buffer);
                var rtcp = sender.ProtectRtcp(buffer, 100);
                var rtcpBack = receiver.UnprotectRtcp(buffer.AsSpan(0, rtcp.Length));
                if (!rtpBack.Succeeded || !rtcpBack.Succeeded)
                {
                    throw new InvalidOperationException($"Refused: {rtpBack.Error}, {rtcpBack.Error}.");
                }
            }
        }
    }

    [Theory]
    [InlineData(Counter, 400_000)]
    [InlineData(Gcm, 60_000)]
    public void Random_and_mutated_packets_are_survived(SrtpProfile profile, int rounds)
    {
        var random = new Random(3711);
        using var sender = Sender(profile);
        using var receiver = Receiver(profile);
        var sample = Protect(sender, Packet(1, 90));
        var packet = new byte[1700];
        for (var round = 0; round < rounds; round++)
        {
            var length = round % 3 == 0 ? random.Next(packet.Length) : random.Next(sample.Length + 1);
            if (round % 3 == 0)
            {
                random.NextBytes(packet.AsSpan(0, length));
            }
            else
            {
                sample.AsSpan(0, length).CopyTo(packet);
                for (var change = random.Next(1, 4); change > 0 && length > 0; change--)
                {
                    packet[random.Next(Math.Min(length, 20))] = (byte)random.Next(256);
                }
            }

            var result = round % 2 == 0
                ? receiver.UnprotectRtp(packet.AsSpan(0, length))
                : receiver.UnprotectRtcp(packet.AsSpan(0, length));
            (result.Succeeded && !packet.AsSpan(0, 12).SequenceEqual(sample.AsSpan(0, 12))).ShouldBeFalse();
        }

        receiver.StreamCount.ShouldBeLessThanOrEqualTo(1);
    }

    private static byte[] Packet(ushort sequenceNumber, int length, uint ssrc = Ssrc)
    {
        var packet = new byte[length];
        new Random(sequenceNumber).NextBytes(packet.AsSpan(12));
        packet[0] = 0x80;
        packet[1] = 102;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), sequenceNumber * 3000u);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), ssrc);
        return packet;
    }

    private static byte[] Protect(SrtpSender sender, byte[] clear)
    {
        byte[] buffer = [.. clear, .. new byte[sender.RtpOverhead]];
        sender.ProtectRtp(buffer, clear.Length).Length.ShouldBe(buffer.Length);
        return buffer;
    }

    private static byte[] Salt(SrtpProfile profile) => MasterSalt[..SrtpKeyingMaterial.SaltLength(profile)];

    private static SrtpSender Sender(SrtpProfile profile) => new(profile, MasterKey, Salt(profile));

    private static SrtpReceiver Receiver(SrtpProfile profile) => new(profile, MasterKey, Salt(profile));
}
