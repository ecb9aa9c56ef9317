using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Streaming.Recording.Matroska;
using Xunke.Tests.Streaming.Codecs;
using Xunke.Tests.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Recording;

/// <summary>What the end of the process or a power cut leaves can be played again.</summary>
public sealed class RecordingRepairTests : IAsyncLifetime
{
    private readonly TestClips _clips = new();
    private readonly RecordedRoom _room = new();
    private RoomRecording _recording = null!;

    private string Copy => Path.Combine(_room.Folder, "copy.mkv");

    public async ValueTask InitializeAsync()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=9", 15, 30);
        _room.Publish(VideoCodec.H264);
        _recording = _room.Record();
        _room.ReportClocks();
        _room.Play(clip, new RtpPacketizer(clip.Codec), await MediaProbe.OpusAsync(_clips, 2), 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        _clips.Dispose();
    }

    [Fact]
    public async Task A_file_that_the_process_left_behind_is_completed_and_has_lost_no_more_than_its_last_fragment()
    {
        // As a kill -9 leaves it: what was handed to the operating system, and nothing more.
        await Support.Eventually.TrueAsync(() => _recording.Waiting == 0);
        File.Copy(_room.PathOf(1), Copy);
        (await MediaProbe.LengthAsync(Copy)).ShouldBe(0, "nobody could write it yet");

        var repaired = RecordingRepair.Complete(Copy).ShouldNotBeNull();

        repaired.Length.TotalSeconds.ShouldBeInRange(6.9, 9.1);
        repaired.StartedAt.ShouldBe(_room.Time.GetUtcNow() - TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(0.1));
        (repaired.VideoCodec, repaired.Width, repaired.Height, repaired.HasSound).ShouldBe((VideoCodec.H264, 320, 180, true));
        (await MediaProbe.LengthAsync(Copy)).ShouldBe(repaired.Length.TotalSeconds, 0.001);
        await MediaProbe.ShouldDecodeAsync(Copy);
    }

    [Fact]
    public async Task Wherever_the_file_was_cut_off_the_rest_of_it_plays()
    {
        await _recording.StopAsync();
        var whole = await File.ReadAllBytesAsync(_room.PathOf(1), TestContext.Current.CancellationToken);
        Unseal(whole);
        var clusters = 0;
        for (var length = 0; length < whole.Length; length += 1 + (whole.Length / 211))
        {
            await File.WriteAllBytesAsync(Copy, whole[..length], TestContext.Current.CancellationToken);
            if (RecordingRepair.Complete(Copy) is not { } repaired)
            {
                clusters.ShouldBe(0, "what was playable stays so");
                continue;
            }

            clusters++;
            RecordingRepair.Complete(Copy).ShouldBe(repaired, "a second time changes nothing");
            if (clusters % 40 == 1)
            {
                await MediaProbe.ShouldDecodeAsync(Copy);
                (await MediaProbe.LengthAsync(Copy)).ShouldBe(repaired.Length.TotalSeconds, 0.001);
            }
        }

        clusters.ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task A_fragment_that_a_power_cut_left_as_zeros_is_cut_off()
    {
        await _recording.StopAsync();
        var whole = await File.ReadAllBytesAsync(_room.PathOf(1), TestContext.Current.CancellationToken);
        Unseal(whole);
        Array.Clear(whole, (int)(whole.Length * 0.9), whole.Length - (int)(whole.Length * 0.9));
        await File.WriteAllBytesAsync(Copy, whole, TestContext.Current.CancellationToken);

        RecordingRepair.Complete(Copy).ShouldNotBeNull().Length.TotalSeconds.ShouldBeInRange(4, 9);
        await MediaProbe.ShouldDecodeAsync(Copy);
    }

    [Fact]
    public async Task A_fragment_that_says_to_be_shorter_than_its_first_block_is_cut_off()
    {
        await _recording.StopAsync();
        var whole = await File.ReadAllBytesAsync(_room.PathOf(1), TestContext.Current.CancellationToken);
        Unseal(whole);
        // What was behind its end would be read as its block, and is the index once the file is complete.
        var last = whole.AsSpan().LastIndexOf(new byte[] { 0x1F, 0x43, 0xB6, 0x75 });
        new byte[] { 0x10, 0, 0, 0 }.CopyTo(whole, last + 4);
        await File.WriteAllBytesAsync(Copy, whole, TestContext.Current.CancellationToken);

        var repaired = RecordingRepair.Complete(Copy).ShouldNotBeNull();

        repaired.Length.TotalSeconds.ShouldBeInRange(4, 9);
        RecordingRepair.Complete(Copy).ShouldBe(repaired, "a second time changes nothing");
        await MediaProbe.ShouldDecodeAsync(Copy);
    }

    [Fact]
    public async Task A_complete_file_is_left_as_it_is()
    {
        var part = (await _recording.StopAsync()).Parts.ShouldHaveSingleItem();
        var before = await File.ReadAllBytesAsync(_room.PathOf(1), TestContext.Current.CancellationToken);

        RecordingRepair.Complete(_room.PathOf(1)).ShouldBe(part.File);

        (await File.ReadAllBytesAsync(_room.PathOf(1), TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_no_recording_is_refused_and_not_touched()
    {
        await File.WriteAllTextAsync(Copy, new string('x', 100_000), TestContext.Current.CancellationToken);
        RecordingRepair.Complete(Copy).ShouldBeNull();
        new FileInfo(Copy).Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task The_index_of_a_file_leads_to_its_key_frames()
    {
        await _recording.StopAsync();
        var seen = await MediaProbe.RunAsync(
            "ffprobe", "-v error -select_streams v -read_intervals 5%+#1 -show_entries packet=pts_time,flags -of csv=p=0", _room.PathOf(1));
        seen.ShouldStartWith("4.0");
        seen.ShouldContain("K");
    }

    /// <summary>Makes the beginning what it is while the file is written: the size of the segment unknown.</summary>
    private static void Unseal(byte[] file)
    {
        var layout = MatroskaLayout.Read(file);
        layout.IsComplete.ShouldBeTrue();
        new byte[] { 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }.CopyTo(file, layout.SegmentSizeAt);
    }
}
