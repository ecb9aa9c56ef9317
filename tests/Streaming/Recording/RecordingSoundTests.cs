using Xunke.Streaming;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Recording;
using Xunke.Streaming.Recording.Matroska;
using Xunke.Tests.Streaming.Codecs;
using Xunke.Tests.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Recording;

/// <summary>Sound stays in step with the picture, has no holes, and its absence is said.</summary>
public sealed class RecordingSoundTests : IAsyncLifetime
{
    private readonly TestClips _clips = new();
    private CodedClip _clip = null!;
    private IReadOnlyList<byte[]> _sound = null!;

    public async ValueTask InitializeAsync()
    {
        _clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=20:d=6", 20, 40);
        _sound = await MediaProbe.OpusAsync(_clips, 2);
    }

    public ValueTask DisposeAsync()
    {
        _clips.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(-0.2)]
    public async Task Sound_is_placed_by_the_senders_reports_and_not_by_its_arrival(double late)
    {
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.ReportClocks(soundLate: late);
        room.Play(_clip, new RtpPacketizer(_clip.Codec), _sound, 0);
        await recording.StopAsync();

        // The first packet has stamp 0. Where stamps are ahead by 0.2 s it was captured 0.2 s before the first picture.
        var tone = await FirstPacketOfAsync(room, _sound);
        (tone.First - tone.Number * 0.02).ShouldBe(-late, 0.011);
    }

    [Fact]
    public async Task A_hole_in_the_sound_is_filled_with_silence_so_that_what_follows_stays_in_step()
    {
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.ReportClocks();
        room.Play(_clip, new RtpPacketizer(_clip.Codec), _sound, 0);
        room.SendSound(_sound[0], (uint)(9.5 * 48_000));
        await recording.StopAsync();

        var times = await MediaProbe.TimesAsync(room.PathOf(1), 'a');
        times.Zip(times.Skip(1), (one, next) => next - one).Max().ShouldBeLessThan(0.041);
        times[^1].ShouldBe(9.5, 0.002);
        await MediaProbe.ShouldDecodeAsync(room.PathOf(1));
    }

    [Fact]
    public async Task Speech_after_a_pause_of_the_encoder_stays_in_step_and_the_pause_is_no_fault()
    {
        // Discontinuous transmission: in a pause from 1 s to 5 s, every 400 ms a frame of nothing but its first byte.
        const int Pause = 50, Speech = 250;
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.ReportClocks();
        room.Play(
            _clip, new RtpPacketizer(_clip.Codec), _sound, 0, say: number => number switch
            {
                < Pause => _sound[1 + number],
                >= Speech => _sound[number - Speech],
                _ => number % 20 == 0 ? [0xF8] : null,
            });
        var status = await recording.StopAsync();

        status.Faults.ShouldBeEmpty();
        var part = status.Parts.ShouldHaveSingleItem();
        part.File.Length.TotalSeconds.ShouldBe(6, 0.1);
        var times = await MediaProbe.TimesAsync(room.PathOf(1), 'a');
        times.Zip(times.Skip(1), (one, next) => next - one).Max().ShouldBeLessThan(0.041);
        (await FirstPacketOfAsync(room, [_sound[0]])).First.ShouldBe(5, 0.011);
        await MediaProbe.ShouldDecodeAsync(room.PathOf(1));
    }

    [Fact]
    public async Task Sound_that_never_comes_is_silence_in_the_file_and_a_fault_of_the_recording()
    {
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        var packetizer = new RtpPacketizer(_clip.Codec);
        room.Play(_clip, packetizer, [], 0);
        recording.Status.Faults.ShouldBeEmpty("six seconds may be a slow start");
        room.Play(_clip, packetizer, [], 6);
        var status = await recording.StopAsync();

        status.Faults.ShouldBe([RecordingFaults.SoundMissing]);
        (await MediaProbe.TimesAsync(room.PathOf(1), 'a'))[^1].ShouldBeGreaterThan(11);
    }

    [Theory]
    [InlineData(AudioCodec.None, "", "no-sound")]
    [InlineData(AudioCodec.Unplayable, "PCMU, PCMA", "unplayable-sound:PCMU, PCMA")]
    public async Task A_publisher_without_sound_that_browsers_play_is_a_fault_with_the_codecs_named(
        AudioCodec codec, string refused, string fault)
    {
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264, codec, refused);
        var recording = room.Record();
        room.Play(_clip, new RtpPacketizer(_clip.Codec), [], 0);
        var status = await recording.StopAsync();

        status.Faults.ShouldBe([fault]);
        status.Parts.ShouldHaveSingleItem().File.HasSound.ShouldBeFalse();
    }

    [Fact]
    public async Task Sound_alone_is_recorded_as_well()
    {
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.None);
        var recording = room.Record();
        for (var i = 0; i < 300; i++)
        {
            room.SendSound(_sound[i % _sound.Count], (uint)(i * 960));
            room.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        var status = await recording.StopAsync();
        var part = status.Parts.ShouldHaveSingleItem();
        (part.File.VideoCodec, part.File.HasSound).ShouldBe((VideoCodec.None, true));
        (await MediaProbe.TimesAsync(room.PathOf(1), 'a')).Count.ShouldBe(300);
        await MediaProbe.ShouldDecodeAsync(room.PathOf(1));
    }

    [Fact]
    public async Task Another_publishers_sound_that_comes_before_its_picture_stays_on_the_time_line()
    {
        // Every track of a room counts from a number of its own.
        const int Shift = 10_000;
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        var packetizer = new RtpPacketizer(_clip.Codec);
        room.ReportClocks(soundLate: Shift);
        room.Play(_clip, packetizer, _sound, 1000, Shift);
        room.Unpublish();
        room.Reports = null;
        room.Publish(VideoCodec.H264, session: "again");
        room.SendSound(_sound[0], (1006 + Shift) * 48_000);
        room.Play(_clip, packetizer, _sound, 1006, Shift);
        var status = await recording.StopAsync();

        status.Parts.Length.ShouldBe(2);
        status.Parts.ShouldAllBe(part => part.File.Length < TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData(MediaKinds.Video, VideoCodec.H264, false)]
    [InlineData(MediaKinds.Audio, VideoCodec.None, true)]
    public async Task What_may_not_be_seen_or_heard_is_not_recorded_and_its_absence_is_no_fault(
        MediaKinds kinds, VideoCodec video, bool sound)
    {
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record(kinds);
        room.ReportClocks();
        room.Play(_clip, new RtpPacketizer(_clip.Codec), _sound, 0);
        var status = await recording.StopAsync();

        var file = status.Parts.ShouldHaveSingleItem().File;
        (file.VideoCodec, file.HasSound).ShouldBe((video, sound));
        status.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(new byte[] { 0xF8, 0xFF, 0xFE }, 20_000)]
    [InlineData(new byte[] { 0x78, 1 }, 20_000)] // hybrid, full band, 20 ms
    [InlineData(new byte[] { 0x18, 1 }, 60_000)] // SILK, narrow band, 60 ms
    [InlineData(new byte[] { 0x09, 1 }, 40_000)] // SILK, 20 ms, two frames
    [InlineData(new byte[] { 0xE3, 3, 1 }, 7_500)] // CELT, 2.5 ms, three frames
    [InlineData(new byte[] { 0x1B, 3, 1 }, 0)] // 180 ms: more than a packet may last
    [InlineData(new byte[] { 0x1B }, 0)]
    [InlineData(new byte[0], 0)]
    public void The_length_of_an_Opus_packet_is_read_from_its_first_bytes(byte[] packet, int microseconds) =>
        OpusPacket.LengthOf(packet).ShouldBe(microseconds);

    private static async Task<(double First, int Number)> FirstPacketOfAsync(RecordedRoom room, IReadOnlyList<byte[]> sound)
    {
        await using var file = File.OpenRead(room.PathOf(1));
        var reader = new MatroskaReader(file);
        while (reader.TryRead(out var frame))
        {
            for (var i = 0; frame.Kind == MediaKind.Audio && i < sound.Count; i++)
            {
                if (frame.Data.SequenceEqual(sound[i]))
                {
                    return (frame.Time.TotalSeconds, i);
                }
            }
        }

        throw new InvalidOperationException("None of the sound is in the file.");
    }
}
