using Xunke.Streaming;

namespace Xunke.Tests.Streaming.Codecs;

/// <summary>RFC 6184, with payloads built byte by byte after its figures.</summary>
public sealed class H264DepacketizerTests
{
    // Short but with readable identifiers: SPS 0 (profile, constraints, level, then ue(v) 0 is a set bit) and PPS 0.
    private static readonly byte[] Sps = [0x67, 0x42, 0xE0, 0x1F, 0x80, 0x11];
    private static readonly byte[] Pps = [0x68, 0xCE, 0x22];
    private static readonly byte[] Idr = [0x65, 0x88, 0x01, 0x02, 0x03];
    private static readonly byte[] Slice = [0x41, 0x9A, 0x04, 0x05];

    private readonly AssemblerBench _bench = new(VideoCodec.H264);

    [Fact]
    public void Single_NAL_unit_packets_of_one_timestamp_make_one_unit_in_Annex_B()
    {
        _bench.Send(3000, false, Sps);
        _bench.Send(3000, false, Pps);
        _bench.Send(3000, true, Idr);
        _bench.Send(6000, true, Slice);

        _bench.Units.Count.ShouldBe(2);
        _bench.Units[0].Data.ShouldBe(AnnexB(Sps, Pps, Idr));
        _bench.Units[0].IsKey.ShouldBeTrue();
        _bench.Units[0].Timestamp.ShouldBe(3000u);
        _bench.Units[1].Data.ShouldBe(AnnexB(Slice));
        _bench.Units[1].IsKey.ShouldBeFalse();
        _bench.KeyFramesAsked.ShouldBe(0);
    }

    [Fact]
    public void A_STAP_A_of_figure_7_is_taken_apart()
    {
        _bench.Send(0, false, Aggregate(24, Sps, Pps));
        _bench.Send(0, true, Idr);

        _bench.Units.ShouldHaveSingleItem().Data.ShouldBe(AnnexB(Sps, Pps, Idr));
    }

    [Fact]
    public void The_FU_As_of_a_NAL_unit_are_joined_and_its_header_is_rebuilt_from_indicator_and_fragment_header()
    {
        _bench.Send(0, false, Aggregate(24, Sps, Pps));
        // NRI 3 in the indicator, type 5 in the FU header: together the header 0x65.
        _bench.Send(0, false, [0x7C, 0x85, 0x88, 0x01]);
        _bench.Send(0, false, [0x7C, 0x05, 0x02]);
        _bench.Send(0, true, [0x7C, 0x45, 0x03]);

        _bench.Units.ShouldHaveSingleItem().Data.ShouldBe(AnnexB(Sps, Pps, Idr));
    }

    [Theory]
    [InlineData(25)] // STAP-B
    [InlineData(26)] // MTAP16
    [InlineData(27)] // MTAP24
    [InlineData(29)] // FU-B
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(31)]
    public void Kinds_of_the_interleaved_mode_and_reserved_ones_spoil_the_unit(byte type)
    {
        Begin();
        _bench.Send(3000, false, [(byte)(0x60 | type), 0x00, 0x01, 0x00, 0x02, 0x41, 0x9A]);
        _bench.Send(3000, true, Slice);

        ShouldBeRefusedAsMalformed();
    }

    public static TheoryData<string, byte[]> MalformedPayloads => new()
    {
        { "STAP-A without units", [0x78] },
        { "STAP-A with half a size", [0x78, 0x00] },
        { "STAP-A with an empty unit", [0x78, 0x00, 0x00] },
        { "STAP-A whose unit is cut off", [0x78, 0x00, 0x05, 0x41, 0x9A] },
        { "STAP-A whose second size is cut off", [0x78, 0x00, 0x02, 0x41, 0x9A, 0x00] },
        { "STAP-A inside a STAP-A", [0x78, 0x00, 0x02, 0x78, 0x00] },
        { "FU-A without content", [0x7C, 0x85] },
        { "FU-A of a reserved type", [0x7C, 0x9F, 0x00] },
        { "FU-A of a fragment", [0x7C, 0x9C, 0x00] },
        { "FU-A that goes on without a start", [0x7C, 0x05, 0x00] },
        { "FU-A of type 0 that goes on without a start", [0x7C, 0x40, 0x00] },
        { "forbidden bit", [0xC1, 0x9A, 0x00] },
    };

    [Theory]
    [MemberData(nameof(MalformedPayloads))]
    public void A_malformed_payload_spoils_the_unit_and_asks_for_a_key_frame(string what, byte[] payload)
    {
        what.ShouldNotBeEmpty();
        Begin();
        _bench.Send(3000, true, payload);

        ShouldBeRefusedAsMalformed();
    }

    [Fact]
    public void Fragments_must_not_be_mixed_with_other_packets_nor_left_open()
    {
        Begin();
        _bench.Send(3000, false, [0x7C, 0x85, 0x88]);
        _bench.Send(3000, true, Slice);
        ShouldBeRefusedAsMalformed();

        _bench.Send(6000, false, Aggregate(24, Sps, Pps));
        _bench.Send(6000, true, [0x7C, 0x85, 0x88]);
        _bench.Units.Count.ShouldBe(1);
        _bench.Assembler.Counters.Malformed.ShouldBe(2);
    }

    [Fact]
    public void A_key_frame_without_parameter_sets_gets_the_newest_ones_seen()
    {
        byte[] newerSps = [0x67, 0x42, 0xE0, 0x28, 0x80, 0x22];
        Begin();
        _bench.Send(3000, false, newerSps);
        _bench.Send(3000, true, Pps);
        _bench.Assembler.RestartAtKeyFrame();
        _bench.Send(6000, true, Idr);

        _bench.Units.Count.ShouldBe(2);
        _bench.Units[1].IsKey.ShouldBeTrue();
        _bench.Units[1].Data.ShouldBe(AnnexB(newerSps, Pps, Idr));
    }

    [Fact]
    public void An_IDR_picture_without_any_parameter_sets_is_no_start()
    {
        _bench.Send(0, true, Idr);
        _bench.Units.ShouldBeEmpty();
        _bench.KeyFramesAsked.ShouldBe(1);
        _bench.Assembler.Counters.Skipped.ShouldBe(1);
    }

    [Fact]
    public void A_recovery_point_is_a_start_for_streams_that_refresh_without_IDR_pictures()
    {
        byte[] recoveryPoint = [0x06, 0x06, 0x01, 0xC4, 0x80];
        _bench.Send(0, false, Aggregate(24, Sps, Pps, recoveryPoint));
        _bench.Send(0, true, Slice);

        var unit = _bench.Units.ShouldHaveSingleItem();
        unit.IsKey.ShouldBeTrue();
        unit.Data.ShouldBe(AnnexB(Sps, Pps, recoveryPoint, Slice));
    }

    [Fact]
    public void Side_data_that_changes_no_pixel_is_left_out()
    {
        byte[] userData = [0x06, 0x05, 0x02, 0xAA, 0xBB, 0x80];
        byte[] cutOff = [0x06, 0xFF];
        byte[] filler = [0x0C, 0xFF, 0xFF, 0x80];
        Begin();
        _bench.Send(3000, false, userData);
        _bench.Send(3000, false, cutOff);
        _bench.Send(3000, false, Slice);
        _bench.Send(3000, true, filler);

        _bench.Units[1].Data.ShouldBe(AnnexB(Slice));
    }

    private void Begin()
    {
        _bench.Send(0, false, Aggregate(24, Sps, Pps));
        _bench.Send(0, true, Idr);
        _bench.Units.Count.ShouldBe(1);
    }

    private void ShouldBeRefusedAsMalformed()
    {
        _bench.Units.Count.ShouldBe(1);
        _bench.Assembler.Counters.Malformed.ShouldBe(1);
        _bench.KeyFramesAsked.ShouldBe(1);
        _bench.Pool.Outstanding.ShouldBe(0);
    }

    private static byte[] AnnexB(params byte[][] nals) => [.. nals.SelectMany(nal => (byte[])[0, 0, 0, 1, .. nal])];

    private static byte[] Aggregate(int type, params byte[][] nals) =>
        [(byte)(0x60 | type), .. nals.SelectMany(nal => (byte[])[(byte)(nal.Length >> 8), (byte)nal.Length, .. nal])];
}
