using Xunke.Streaming;
using Xunke.Streaming.Codecs.AccessUnits;

namespace Xunke.Tests.Streaming.Codecs;

public sealed class AccessUnitAssemblerTests
{
    private static readonly byte[] KeyFrame = [0x10, 0x10, 0x02, 0x00];
    private static readonly byte[] InterFrame = [0x10, 0x11, 0x05];

    private readonly AssemblerBench _bench = new(VideoCodec.Vp8);

    [Fact]
    public void Nothing_comes_out_before_the_first_key_frame_and_one_is_asked_for()
    {
        _bench.Send(0, true, InterFrame);
        _bench.Send(3000, true, InterFrame);
        _bench.Units.ShouldBeEmpty();
        _bench.KeyFramesAsked.ShouldBe(2);
        _bench.Assembler.Counters.Skipped.ShouldBe(2);

        _bench.Send(6000, true, KeyFrame);
        _bench.Send(9000, true, InterFrame);
        _bench.Units.Select(unit => unit.Timestamp).ShouldBe([6000u, 9000u]);
    }

    [Fact]
    public void Joining_in_the_middle_of_a_picture_drops_its_rest()
    {
        _bench.Send(0, false, [0x00, 0xAA]);
        _bench.Send(0, true, [0x00, 0xBB]);
        _bench.Send(3000, true, KeyFrame);

        _bench.Assembler.Counters.Damaged.ShouldBe(1);
        _bench.Assembler.Counters.Malformed.ShouldBe(0);
        _bench.Units.ShouldHaveSingleItem().Timestamp.ShouldBe(3000u);
    }

    [Fact]
    public void After_a_lost_packet_everything_up_to_the_next_key_frame_is_dropped()
    {
        _bench.Send(0, true, KeyFrame);
        _bench.Send(3000, false, InterFrame);
        _ = _bench.Packet(3000, false, 0x00, 0xAA);
        _bench.Send(3000, true, 0x00, 0xBB);
        _bench.Send(6000, true, InterFrame);
        _bench.Units.Count.ShouldBe(1);
        _bench.Assembler.Counters.Damaged.ShouldBe(1);
        _bench.KeyFramesAsked.ShouldBeGreaterThan(0);

        _bench.Send(9000, true, KeyFrame);
        _bench.Send(12000, true, InterFrame);
        _bench.Units.Select(unit => unit.Timestamp).ShouldBe([0u, 9000u, 12000u]);
    }

    [Fact]
    public void The_loss_of_a_whole_picture_is_noticed_too()
    {
        _bench.Send(0, true, KeyFrame);
        _ = _bench.Packet(3000, true, InterFrame);
        _bench.Send(6000, true, InterFrame);
        _bench.Units.Count.ShouldBe(1);
        _bench.KeyFramesAsked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_picture_whose_marker_never_comes_ends_with_the_next_timestamp()
    {
        _bench.Send(0, false, KeyFrame);
        _bench.Send(3000, false, InterFrame);
        _bench.Send(6000, false, InterFrame);
        _bench.Units.Select(unit => unit.Timestamp).ShouldBe([0u, 3000u]);
    }

    [Fact]
    public void A_packet_that_comes_twice_or_late_is_passed_over()
    {
        var key = _bench.Packet(0, true, KeyFrame);
        var inter = _bench.Packet(3000, true, InterFrame);
        _bench.Push(key);
        _bench.Push(inter);
        _bench.Push(inter);
        _bench.Push(key);
        _bench.Send(6000, true, InterFrame);
        _bench.Units.Select(unit => unit.Timestamp).ShouldBe([0u, 3000u, 6000u]);
    }

    [Fact]
    public void Padding_is_cut_off_and_packets_of_padding_alone_only_count()
    {
        var padded = _bench.Packet(0, false, [.. KeyFrame, 0x00, 0x00, 0x03]);
        padded[0] |= 0x20;
        _bench.Push(padded);
        var paddingOnly = _bench.Packet(0, true, 0x00, 0x02);
        paddingOnly[0] |= 0x20;
        _bench.Push(paddingOnly);
        _bench.Send(3000, true, InterFrame);

        _bench.Units[0].Data.ShouldBe(KeyFrame[1..]);
        _bench.Units.Count.ShouldBe(2);
    }

    [Fact]
    public void A_picture_above_the_bound_is_dropped_and_counted()
    {
        var bench = new AssemblerBench(VideoCodec.Vp8, maximumBytes: 1000);
        bench.Send(0, false, KeyFrame);
        bench.Send(0, false, [0x00, .. new byte[1100]]);
        bench.Send(0, true, [0x00, .. new byte[1100]]);
        bench.Units.ShouldBeEmpty();
        bench.Assembler.Counters.Oversized.ShouldBe(1);
        bench.Pool.Outstanding.ShouldBe(0);

        bench.Send(3000, true, KeyFrame);
        bench.Units.Count.ShouldBe(1);
    }

    [Fact]
    public void Another_codec_starts_anew_at_its_own_key_frame()
    {
        _bench.Send(0, true, KeyFrame);
        byte[] aggregate = [0x78, 0, 5, 0x67, 0x42, 0xE0, 0x1F, 0x80, 0, 2, 0x68, 0xCE, 0, 2, 0x65, 0x88];
        _bench.Assembler.Push(VideoCodec.H264, _bench.Packet(3000, true, 0x41, 0x9A), DateTimeOffset.UnixEpoch);
        _bench.Assembler.Push(VideoCodec.H264, _bench.Packet(6000, true, aggregate), DateTimeOffset.UnixEpoch);
        _bench.Units.Select(unit => unit.Timestamp).ShouldBe([0u, 6000u]);
    }

    [Theory]
    [InlineData(VideoCodec.H264, 1)]
    [InlineData(VideoCodec.H264, 2)]
    [InlineData(VideoCodec.Vp8, 3)]
    [InlineData(VideoCodec.Vp8, 4)]
    public void Mutated_packets_never_throw_and_never_leak(VideoCodec codec, int seed)
    {
        var random = new Random(seed);
        var bench = new AssemblerBench(codec, maximumBytes: 20_000);
        byte[][] seeds = codec == VideoCodec.Vp8
            ? [KeyFrame, InterFrame, [0x90, 0xF0, 0x92, 0x34, 0x07, 0x45, 0x10]]
            : [[0x78, 0, 4, 0x67, 0x42, 0xE0, 0x1F, 0, 2, 0x68, 0xCE], [0x65, 0x88, 1], [0x7C, 0x85, 0x88], [0x7C, 0x45, 1],
                [0x06, 0x06, 1, 0xC4, 0x80]];
        for (var i = 0; i < 40_000; i++)
        {
            byte[] payload = [.. seeds[random.Next(seeds.Length)], .. new byte[random.Next(3)]];
            payload[random.Next(payload.Length)] ^= (byte)random.Next(256);
            var packet = bench.Packet((uint)(i / 3), random.Next(3) == 0, payload[..random.Next(payload.Length + 1)]);
            packet[random.Next(12)] ^= random.Next(8) == 0 ? (byte)random.Next(256) : (byte)0;
            bench.Push(packet[..(random.Next(20) == 0 ? random.Next(packet.Length) : packet.Length)]);
        }

        bench.Assembler.Reset();
        bench.Pool.Outstanding.ShouldBe(0);
    }

    [Fact]
    public void Steady_pictures_allocate_nothing()
    {
        var receiver = new ReturningReceiver();
        var pool = new AccessUnitPool();
        var assembler = new AccessUnitAssembler(pool, receiver, 1 << 20);
        var packetizer = new RtpPacketizer(VideoCodec.Vp8);
        byte[][] packets = [.. Enumerable.Range(0, 4000).Select(i => packetizer.Packet(
            (byte[])[(byte)(i % 4 == 0 ? 0x10 : 0x00), .. new byte[1100]], (uint)(i / 4), marker: i % 4 == 3))];

        long allocated = 0;
        for (var i = 0; i < packets.Length; i++)
        {
            if (i == packets.Length / 2)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
            }

            assembler.Push(VideoCodec.Vp8, packets[i], DateTimeOffset.UnixEpoch);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        receiver.Count.ShouldBe(1000);
        allocated.ShouldBe(0);
    }

    private sealed class ReturningReceiver : IAccessUnitReceiver
    {
        public int Count { get; private set; }

        public void OnUnit(AccessUnit unit)
        {
            Count++;
            unit.Return();
        }

        public void OnKeyFrameNeeded()
        {
        }
    }
}
