using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Tests.Streaming.Codecs;
using Xunke.Tests.Streaming.Decoding;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Recording;

/// <summary>A disk that is slow or gone, and what recording costs the media thread.</summary>
public sealed class RecordingDiskTests : IDisposable
{
    private readonly TestClips _clips = new();

    public void Dispose() => _clips.Dispose();

    [Fact]
    public async Task A_disk_that_does_not_keep_up_costs_whole_fragments_and_shows_as_a_gap_between_parts()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=4", 15, 30);
        SlowDisk disk = null!;
        await using var room = new RecordedRoom(clock => disk = new SlowDisk(clock));
        room.Publish(VideoCodec.H264, AudioCodec.None);
        room.Patient = false;
        var recording = room.Record();
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        for (var i = 0; i < 4; i++)
        {
            room.Play(clip, packetizer, [], 4 * i);
        }

        recording.Status.Faults.ShouldBe([RecordingFaults.NoSound, RecordingFaults.DiskSlow]);
        var asked = room.KeyFramesAsked;
        asked.ShouldBeGreaterThan(0, "the next part needs a key frame");
        disk.Release();
        room.Patient = true;
        await Eventually.TrueAsync(() => recording.Status.Parts.Length > 0);
        room.Play(clip, packetizer, [], 16);
        var status = await recording.StopAsync();

        status.Parts.Length.ShouldBeGreaterThan(1);
        foreach (var part in status.Parts)
        {
            await MediaProbe.ShouldDecodeAsync(room.PathOf(part.Number));
        }

        var (first, last) = (status.Parts[0], status.Parts[^1]);
        (last.Offset - first.Offset - first.File.Length).TotalSeconds.ShouldBeGreaterThan(1);
        last.Offset.TotalSeconds.ShouldBe(16, 0.1);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_failure_that_the_recording_reports()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=320x180:r=15:d=5", 15, 30);
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264);
        var recording = room.Record();
        Directory.Delete(room.Folder);
        room.Play(clip, new RtpPacketizer(VideoCodec.H264), [], 0);
        await Eventually.TrueAsync(() => recording.Status.HasFailed);
        var status = await recording.StopAsync();
        Directory.CreateDirectory(room.Folder);

        status.Faults.ShouldContain(RecordingFaults.DiskFailed);
        status.Parts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Taking_a_packet_allocates_next_to_nothing()
    {
        var clip = await CodedClip.H264Async(_clips, "testsrc2=s=640x360:r=15:d=20", 15, 30);
        var packetizer = new RtpPacketizer(VideoCodec.H264);
        var packets = clip.Units.Select((unit, i) => packetizer.Packetize(unit, (uint)(i * 6000))).ToList();
        await using var room = new RecordedRoom();
        room.Publish(VideoCodec.H264, AudioCodec.None);
        var recording = room.Record();
        var perPacket = new List<double>();
        foreach (var group in packets.Chunk(30).Select((pictures, number) => (pictures, number)))
        {
            var written = recording.Status.Bytes;
            room.Time.Advance(TimeSpan.FromSeconds(2));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var sent = 0;
            foreach (var packet in group.pictures.SelectMany(picture => picture))
            {
                room.Send(VideoCodec.H264, packet);
                sent++;
            }

            perPacket.Add((double)(GC.GetAllocatedBytesForCurrentThread() - before) / sent);
            // The two seconds that have passed hand on the fragment before.
            SpinWait.SpinUntil(() => group.number == 0 || recording.Status.Bytes > written, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        }

        await recording.StopAsync();

        // A fragment is a few small objects; the bytes are pooled. The first groups fill the pools, and the collector may
        // empty them for the other tests' sake.
        perPacket.Order().ElementAt(perPacket.Count / 2).ShouldBeLessThan(80);
    }

    /// <summary>The test's clock, which the writer's thread asks once a fragment: there it waits, as it does for a disk.</summary>
    private sealed class SlowDisk(TimeProvider clock) : TimeProvider
    {
        private readonly ManualResetEventSlim _released = new();

        public override long TimestampFrequency => clock.TimestampFrequency;

        public void Release() => _released.Set();

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);

        public override long GetTimestamp()
        {
            if (Thread.CurrentThread.Name == "recording writer")
            {
                _released.Wait();
            }

            return clock.GetTimestamp();
        }
    }
}
