using Xunke.Streaming;

namespace Xunke.Tests.Streaming.Codecs;

/// <summary>RFC 7741: the descriptors of section 4.2 and the examples of section 4.5.</summary>
public sealed class Vp8DepacketizerTests
{
    // The lowest bit of the first byte of a frame is 0 in a key frame.
    private static readonly byte[] KeyFrame = [0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A];
    private static readonly byte[] InterFrame = [0x11, 0x05, 0x06];

    private readonly AssemblerBench _bench = new(VideoCodec.Vp8);

    public static TheoryData<string, byte[]> Descriptors => new()
    {
        { "no extension", [0x10] },
        { "non-reference frame", [0x30] },
        { "7-bit picture identifier", [0x90, 0x80, 0x11] },
        { "15-bit picture identifier", [0x90, 0x80, 0x92, 0x34] },
        { "TL0PICIDX", [0x90, 0x40, 0x07] },
        { "temporal layer only", [0x90, 0x20, 0x40] },
        { "key index only", [0x90, 0x10, 0x05] },
        { "layer and key index share a byte", [0x90, 0x30, 0x45] },
        { "everything", [0x90, 0xF0, 0x92, 0x34, 0x07, 0x45] },
    };

    [Theory]
    [MemberData(nameof(Descriptors))]
    public void Every_form_of_the_payload_descriptor_is_stripped(string what, byte[] descriptor)
    {
        what.ShouldNotBeEmpty();
        _bench.Send(0, true, [.. descriptor, .. KeyFrame]);
        var unit = _bench.Units.ShouldHaveSingleItem();
        unit.Data.ShouldBe(KeyFrame);
        unit.IsKey.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Descriptors))]
    public void A_descriptor_that_is_cut_off_or_has_nothing_behind_it_is_malformed(string what, byte[] descriptor)
    {
        what.ShouldNotBeEmpty();
        for (var length = 1; length <= descriptor.Length; length++)
        {
            // The first byte alone may be a whole descriptor, but never with data.
            var bench = new AssemblerBench(VideoCodec.Vp8);
            bench.Send(0, true, descriptor[..length]);
            bench.Units.ShouldBeEmpty();
            bench.Assembler.Counters.Malformed.ShouldBe(1);
            bench.Pool.Outstanding.ShouldBe(0);
        }
    }

    [Fact]
    public void The_fragments_and_partitions_of_a_frame_are_joined()
    {
        _bench.Send(0, false, [0x90, 0x80, 0x11, .. KeyFrame]);
        // A later fragment of the first partition, then the start of the second one, which starts no frame.
        _bench.Send(0, false, [0x80, 0x80, 0x11, 0xAA]);
        _bench.Send(0, true, [0x91, 0x80, 0x11, 0xBB]);
        _bench.Send(3000, true, [0x10, .. InterFrame]);

        _bench.Units.Count.ShouldBe(2);
        _bench.Units[0].Data.ShouldBe([.. KeyFrame, 0xAA, 0xBB]);
        _bench.Units[1].Data.ShouldBe(InterFrame);
        _bench.Units[1].IsKey.ShouldBeFalse();
    }

    [Fact]
    public void A_frame_without_its_start_or_with_two_is_refused()
    {
        _bench.Send(0, true, [0x10, .. KeyFrame]);
        _bench.Send(3000, true, [0x00, 0xAA]);
        _bench.Assembler.Counters.Malformed.ShouldBe(1);

        _bench.Send(6000, false, [0x10, .. KeyFrame]);
        _bench.Send(6000, true, [0x10, .. KeyFrame]);
        _bench.Assembler.Counters.Malformed.ShouldBe(2);
        _bench.Units.Count.ShouldBe(1);
    }
}
