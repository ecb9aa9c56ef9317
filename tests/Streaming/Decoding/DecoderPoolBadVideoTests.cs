using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Publishers whose video is broken, or changes under way.</summary>
public sealed class DecoderPoolBadVideoTests : IAsyncLifetime
{
    private const string Bad = "s02-101";
    private const string Good = "s02-102";

    // One worker, so that the good room shares it with the bad one.
    private readonly TestDistrict _district = new(new DecoderPoolOptions { Workers = 1, PictureLimit = TimeSpan.FromSeconds(2) });

    public async ValueTask InitializeAsync()
    {
        _district.Pool.Start();
        await TestDistrict.UntilAsync(() => _district.Pool.Workers[0].ProcessId is not null, "the worker to be ready");
        _district.Pool.Watch(Bad);
    }

    public ValueTask DisposeAsync() => _district.DisposeAsync();

    [Fact]
    public async Task H264_that_does_not_decode_is_a_fault_of_its_room_and_pictures_come_again_with_good_video()
    {
        var clip = await SmallClipAsync();
        var broken = clip with { Units = [.. clip.Units.Select((unit, index) => Scramble(unit, seed: index))] };
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        var playing = _district.Play(Bad, broken, packetizer);
        await TestDistrict.UntilAsync(() => _district.Faults.Contains((Bad, DecodeFaults.CannotDecode)), "the fault");
        _district.Room(Bad).KeyFramesAsked.ShouldBeGreaterThan(0);
        _district.Pool.Statistics(Bad)!.DecodeErrors.ShouldBeGreaterThan(0);

        await playing.CancelAsync();
        _district.Play(Bad, clip, packetizer);
        await TestDistrict.UntilAsync(() => _district.ArrivalsOf(Bad).Count > 0, "pictures of good video");
        _district.Pool.Workers[0].Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task Video_in_a_packetization_that_is_not_taken_is_a_fault()
    {
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        for (uint timestamp = 0; _district.Faults.IsEmpty; timestamp += 6000)
        {
            // STAP-B, which only the interleaved mode has.
            _district.Room(Bad).Send(VideoCodec.H264, packetizer.Packet([0x79, 0, 1, 0, 2, 0x65, 0x88], timestamp, marker: true));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        _district.Faults.ShouldContain((Bad, DecodeFaults.CannotDecode));
    }

    [Fact]
    public async Task Video_without_key_frames_is_a_fault_of_another_name()
    {
        var clip = await SmallClipAsync(keyInterval: 300);
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        var withoutKey = clip with { Units = [.. clip.Units.Skip(1)] };
        _district.Play(Bad, withoutKey, packetizer, deaf: true);
        await TestDistrict.UntilAsync(() => !_district.Faults.IsEmpty, "the fault");
        _district.Faults.ShouldContain((Bad, DecodeFaults.NoPicture));
        _district.Room(Bad).KeyFramesAsked.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Mutated_bitstreams_disturb_no_other_room()
    {
        var clip = await SmallClipAsync();
        _district.Pool.Watch(Good);
        _district.Play(Good, clip);

        var random = new Random(7);
        var mutated = clip with { Units = [.. clip.Units.Select(unit => Mutate(unit, random))] };
        _district.Play(Bad, mutated);
        var vp8 = await CodedClip.Vp8Async(_district.Clips, "testsrc2=s=320x240:r=15:d=3", 15, keyInterval: 5);
        _district.Pool.Watch("s02-103");
        _district.Play("s02-103", vp8 with { Units = [.. vp8.Units.Select(unit => Mutate(unit, random))] });

        await TestDistrict.UntilAsync(() => _district.ArrivalsOf(Good).Count >= 5, "five pictures of the good room");
        _district.Pool.Statistics(Good)!.DecodeErrors.ShouldBe(0);
        _district.Pool.Workers[0].Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task A_publisher_may_change_its_resolution_and_its_codec_under_way()
    {
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        var small = await CodedClip.H264Async(_district.Clips, "color=red:s=640x360:r=15:d=2", 15, keyInterval: 15);
        var playing = _district.Play(Bad, small, packetizer);
        await TestDistrict.UntilAsync(() => _district.Arrivals.Any(arrival => arrival is { Width: 640, Height: 360 }), "the small size");
        await playing.CancelAsync();

        var tall = await CodedClip.H264Async(_district.Clips, "color=red:s=720x1280:r=15:d=2", 15, keyInterval: 15);
        playing = _district.Play(Bad, tall, packetizer);
        await TestDistrict.UntilAsync(() => _district.Arrivals.Any(arrival => arrival is { Width: 324, Height: 576 }), "the tall size");
        await playing.CancelAsync();

        var vp8 = await CodedClip.Vp8Async(_district.Clips, "color=red:s=320x240:r=15:d=2", 15, keyInterval: 15);
        _district.Play(Bad, vp8);
        await TestDistrict.UntilAsync(() => _district.Arrivals.Any(arrival => arrival.SourceWidth == 320), "the other codec");
        _district.Arrivals.ShouldAllBe(arrival => arrival.Middle.Red > 230 && arrival.Middle.Green < 40);
    }

    [Fact]
    public async Task A_stream_that_refreshes_without_key_frames_can_be_joined_at_a_recovery_point()
    {
        var clip = await CodedClip.H264Async(
            _district.Clips, "testsrc2=s=640x360:r=15:d=6", 15, keyInterval: 15, more: ":intra-refresh=1");
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        // The parameter sets come with the first picture; its slices are lost.
        foreach (var packet in packetizer.Packetize(clip.Units[0], 0).Take(1))
        {
            _district.Room(Bad).Send(VideoCodec.H264, packet);
        }

        _district.Play(Bad, clip with { Units = [.. clip.Units.Skip(1)] }, packetizer, deaf: true);
        await TestDistrict.UntilAsync(() => _district.ArrivalsOf(Bad).Count >= 2, "pictures");
    }

    private Task<CodedClip> SmallClipAsync(int keyInterval = 15) =>
        CodedClip.H264Async(_district.Clips, "testsrc2=s=640x360:r=15:d=4", 15, keyInterval);

    /// <summary>Replaces the content of all slices, beyond their first bytes, with noise.</summary>
    private static byte[] Scramble(byte[] unit, int seed)
    {
        var random = new Random(seed);
        return [.. CodedClip.NalUnits(unit).SelectMany(nal =>
        {
            if ((nal[0] & 0x1F) is 1 or 5 && nal.Length > 8)
            {
                random.NextBytes(nal.AsSpan(8));
                // A zero could make a start code of the noise.
                nal.AsSpan(8).Replace((byte)0, (byte)1);
            }

            return (byte[])[0, 0, 0, 1, .. nal];
        })];
    }

    private static byte[] Mutate(byte[] unit, Random random)
    {
        var mutated = unit.ToArray();
        for (var i = 0; i < 1 + (mutated.Length / 200); i++)
        {
            mutated[random.Next(mutated.Length)] ^= (byte)(1 << random.Next(8));
        }

        return mutated;
    }
}
