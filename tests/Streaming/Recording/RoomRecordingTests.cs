using Xunke.Streaming;
using Xunke.Streaming.Codecs;
using Xunke.Streaming.Recording;
using Xunke.Streaming.Recording.Matroska;
using Xunke.Tests.Streaming.Codecs;
using Xunke.Tests.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Recording;

/// <summary>From a room's packets to files that other programs read.</summary>
public sealed class RoomRecordingTests : IDisposable
{
    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task H264_is_recorded_picture_for_picture_and_at_its_times()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=7", 15, 30);
        await HoldsWholeClipAsync(clip, "V_MPEG4/ISO/AVC");
    }

    [Fact]
    public async Task Vp8_is_recorded_picture_for_picture_and_at_its_times()
    {
        var clip = await CodedClip.Vp8Async(_clips, "testsrc2=s=640x360:r=15:d=7", 15, 30);
        await HoldsWholeClipAsync(clip, "V_VP8");
    }

    [Fact]
    public async Task The_decoded_pictures_are_those_of_the_camera_bit_for_bit()
    {
        var source = await _clips.MakeAsync("source.h264", "-f lavfi -i testsrc2=s=640x360:r=15:d=4 -c:v libx264 -pix_fmt yuv420p -tune zerolatency -bf 0 -g 15 -x264-params aud=1 -f h264");
        var clip = new CodedClip(
            VideoCodec.H264, 15, CodedClip.SplitAnnexB(await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken)));
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264, AudioCodec.None);
        var recording = room.Record();
        room.Play(clip, new RtpPacketizer(clip.Codec), [], 0);
        await recording.StopAsync();

        (await MediaProbe.PicturesAsync(room.PathOf(1))).ShouldBe(await MediaProbe.PicturesAsync(source));
    }

    [Fact]
    public async Task Our_own_reader_reads_what_our_writer_wrote()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=3", 15, 30);
        var sound = await MediaProbe.OpusAsync(_clips, 2);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.ReportClocks();
        room.Play(clip, new RtpPacketizer(clip.Codec), sound, 0);
        await recording.StopAsync();

        await using var file = File.OpenRead(room.PathOf(1));
        var reader = new MatroskaReader(file);
        var (pictures, packets) = (0, new List<byte[]>());
        while (reader.TryRead(out var frame))
        {
            pictures += frame.Kind == MediaKind.Video ? 1 : 0;
            if (frame.Kind == MediaKind.Audio)
            {
                packets.Add(frame.Data.ToArray());
            }
        }

        pictures.ShouldBe(clip.Units.Count);
        packets.Take(sound.Count).ShouldBe(sound, "packets are kept as they are");
        H264Configuration.Parse(reader.VideoConfiguration).LengthSize.ShouldBe(4);
    }

    [Fact]
    public async Task A_new_picture_size_begins_a_new_part_and_nothing_is_lost()
    {
        var large = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=3", 15, 30);
        var small = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=3", 15, 30);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        room.Play(large, packetizer, [], 0);
        room.Play(small, packetizer, [], 3);
        var status = await recording.StopAsync();

        status.Parts.Select(part => (part.File.Width, part.File.Height)).ShouldBe([(640, 360), (320, 180)]);
        await ShouldHoldAsync(room, 1, large);
        await ShouldHoldAsync(room, 2, small);
        (status.Parts[1].Offset - status.Parts[0].Offset).TotalSeconds.ShouldBe(3, 0.01);
    }

    [Fact]
    public async Task A_new_size_of_VP8_begins_a_new_part()
    {
        var large = await CodedClip.Vp8Async(_clips, "testsrc2=s=640x360:r=15:d=2", 15, 30);
        var small = await CodedClip.Vp8Async(_clips, "testsrc2=s=320x180:r=15:d=2", 15, 30);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.Vp8);
        var recording = room.Record();
        var packetizer = new RtpPacketizer(VideoCodec.Vp8);
        room.Play(large, packetizer, [], 0);
        room.Play(small, packetizer, [], 2);
        var status = await recording.StopAsync();

        status.Parts.Select(part => part.File.Width).ShouldBe([640, 320]);
        await ShouldHoldAsync(room, 2, small);
    }

    [Fact]
    public async Task Another_codec_begins_a_new_part()
    {
        var first = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=2", 15, 30);
        var second = await CodedClip.Vp8Async(_clips, "testsrc2=s=640x360:r=15:d=2", 15, 30);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.Play(first, new RtpPacketizer(VideoCodec.H264, 100), [], 0);
        room.Publish(VideoCodec.Vp8, session: "other");
        room.Play(second, new RtpPacketizer(VideoCodec.Vp8, 5000), [], 2);
        var status = await recording.StopAsync();

        status.Parts.Select(part => part.File.VideoCodec).ShouldBe([VideoCodec.H264, VideoCodec.Vp8]);
        await ShouldHoldAsync(room, 1, first);
        await ShouldHoldAsync(room, 2, second);
    }

    [Fact]
    public async Task A_publisher_that_comes_again_begins_a_new_part_after_the_gap()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=3", 15, 30);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        room.Play(clip, packetizer, [], 0);
        room.Unpublish();
        room.Time.Advance(TimeSpan.FromSeconds(20));
        recording.Status.IsReceiving.ShouldBeFalse("while nobody publishes");
        room.Publish(VideoCodec.H264, session: "again");
        room.Play(clip, packetizer, [], 23);
        var status = await recording.StopAsync();

        status.Parts.Length.ShouldBe(2);
        (status.Parts[1].Offset - status.Parts[0].Offset).TotalSeconds.ShouldBe(23, 0.01);
        (status.Parts[1].File.StartedAt - status.Parts[0].File.StartedAt).TotalSeconds.ShouldBe(23, 0.01);
        status.Length.TotalSeconds.ShouldBe(26, 0.1);
        await ShouldHoldAsync(room, 1, clip);
        await ShouldHoldAsync(room, 2, clip);
    }

    [Fact]
    public async Task A_publisher_whose_clock_jumps_begins_a_new_part_instead_of_a_file_of_hours()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=6", 15, 30);
        var sound = await MediaProbe.OpusAsync(_clips, 2);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        room.Play(clip, packetizer, sound, 0);
        room.Play(clip, packetizer, sound, 9000);
        var status = await recording.StopAsync();

        status.Parts.Length.ShouldBe(2);
        status.Parts.ShouldAllBe(part => part.File.Length < TimeSpan.FromSeconds(8));
        status.Length.ShouldBe(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_lost_packet_costs_the_pictures_up_to_the_next_key_frame_and_never_shows_as_a_broken_one()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=4", 15, 15);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.Play(clip, new RtpPacketizer(VideoCodec.H264), [], 0, lose: (picture, packet) => picture == 20 && packet == 0);
        var status = await recording.StopAsync();

        status.Parts.ShouldHaveSingleItem();
        room.KeyFramesAsked.ShouldBeGreaterThan(0);
        await MediaProbe.ShouldDecodeAsync(room.PathOf(1));
        (await MediaProbe.TimesAsync(room.PathOf(1), 'v')).Count.ShouldBe(clip.Units.Count - 10);
    }

    [Fact]
    public async Task Key_frames_are_asked_for_so_that_a_file_can_be_sought_in()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=21", 15, 1000);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        room.Play(clip, new RtpPacketizer(VideoCodec.H264), [], 0);
        await recording.StopAsync();

        room.KeyFramesAsked.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_recording_goes_on_behind_what_it_made_before_a_restart()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=3", 15, 30);
        await using var room = new RecordedRoom();
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        room.Publish(VideoCodec.H264);
        var began = room.Time.GetUtcNow();
        var recording = room.Record();
        room.Play(clip, packetizer, [], 0);
        var before = await recording.StopAsync();
        room.Time.Advance(TimeSpan.FromMinutes(1));

        var resumed = room.Record(earlier: new EarlierParts(began, 2, before.Parts, [RecordingFaults.Interrupted]));
        (resumed.Status.Length, resumed.Status.Bytes).ShouldBe((before.Length, before.Bytes));
        room.Play(clip, packetizer, [], 63);
        var status = await resumed.StopAsync();

        // Number 2 is a file that could not be read.
        status.Parts.Select(part => part.Number).ShouldBe([1, 3]);
        status.Parts[0].ShouldBe(before.Parts[0]);
        status.Parts[1].Offset.TotalSeconds.ShouldBe(63, 0.2);
        status.Parts[1].File.StartedAt.ShouldBe(began + status.Parts[1].Offset, TimeSpan.FromMilliseconds(1));
        status.Length.TotalSeconds.ShouldBe(66, 0.3);
        status.Bytes.ShouldBe(status.Parts.Sum(part => part.File.Bytes));
        status.Faults.ShouldBe([RecordingFaults.Interrupted]);
        await ShouldHoldAsync(room, 3, clip);
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_parts_overlap()
    {
        var file = new RecordedFile(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(10), 1, VideoCodec.H264, 320, 180, HasSound: false);
        var earlier = new EarlierParts(DateTimeOffset.UnixEpoch, 1, [new RecordedPart(1, TimeSpan.FromMinutes(1), file)], []);

        earlier.Since(DateTimeOffset.UnixEpoch.AddMinutes(-60)).ShouldBe(TimeSpan.FromMinutes(11));
        earlier.Since(DateTimeOffset.UnixEpoch.AddMinutes(60)).ShouldBe(TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task A_recording_of_a_room_that_nobody_publishes_to_says_so()
    {
        await using var room = new RecordedRoom();
        var status = await room.Record().StopAsync();

        status.Parts.ShouldBeEmpty();
        status.Faults.ShouldBe([RecordingFaults.NoPicture]);
    }

    private async Task HoldsWholeClipAsync(CodedClip clip, string codecId)
    {
        var sound = await MediaProbe.OpusAsync(_clips, 2);
        await using var room = new RecordedRoom();
        room.Publish(clip.Codec);
        var recording = room.Record();
        room.ReportClocks();
        room.Play(clip, new RtpPacketizer(clip.Codec), sound, start: 17_000);
        var status = await recording.StopAsync();

        var part = status.Parts.ShouldHaveSingleItem();
        (part.File.VideoCodec, part.File.Width, part.File.Height, part.File.HasSound).ShouldBe((clip.Codec, 640, 360, true));
        part.File.Bytes.ShouldBe(new FileInfo(room.PathOf(1)).Length);
        status.Faults.ShouldBeEmpty();
        await ShouldHoldAsync(room, 1, clip);
        (await MediaProbe.LengthAsync(room.PathOf(1))).ShouldBe(7, 0.1);
        var heard = await MediaProbe.TimesAsync(room.PathOf(1), 'a');
        heard.Count.ShouldBe(350);
        heard.Select((time, i) => Math.Abs(time - (i * 0.02))).Max().ShouldBeLessThan(0.002);
        (await File.ReadAllTextAsync(room.PathOf(1), System.Text.Encoding.Latin1, TestContext.Current.CancellationToken))
            .ShouldContain(codecId);
    }

    private static async Task ShouldHoldAsync(RecordedRoom room, int part, CodedClip clip)
    {
        await MediaProbe.ShouldDecodeAsync(room.PathOf(part));
        var times = await MediaProbe.TimesAsync(room.PathOf(part), 'v');
        times.Count.ShouldBe(clip.Units.Count);
        times.Select((time, i) => Math.Abs(time - ((double)i / clip.FramesPerSecond))).Max().ShouldBeLessThan(0.002);
    }
}
