using System.Diagnostics;
using System.Runtime.Versioning;
using Xunke.Streaming;
using Xunke.Streaming.Decoding;
using Xunke.Tests.Streaming.Codecs;

namespace Xunke.Tests.Streaming.Decoding;

/// <summary>Workers that die, hang, talk nonsense or are not there.</summary>
[SupportedOSPlatform("linux")]
public sealed class DecoderPoolWorkerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-workers-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_worker_that_hangs_is_killed_and_replaced()
    {
        await using var district = new TestDistrict(
            new DecoderPoolOptions { Workers = 1, SilenceLimit = TimeSpan.FromSeconds(2), QueuedUnits = 8 });
        var room = await RunRoomAsync(district);
        var first = district.Pool.Workers[0].ProcessId.ShouldNotBeNull();
        await SignalAsync("-STOP", first);

        await TestDistrict.UntilAsync(() => district.Pool.Workers[0] is { Restarts: 1, ProcessId: not null }, "a new worker");
        // Meanwhile the queue was full, so the room had to be told to start at a key frame again.
        district.Pool.Statistics(room)!.Overflowed.ShouldBeGreaterThan(0);
        var before = district.Arrivals.Count;
        await TestDistrict.UntilAsync(() => district.Arrivals.Count >= before + 2, "pictures again");
        district.Pool.Workers[0].ProcessId.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_worker_that_stands_still_for_some_seconds_is_not_killed_and_goes_on()
    {
        await using var district = new TestDistrict(new DecoderPoolOptions { Workers = 1, QueuedUnits = 8 });
        await RunRoomAsync(district);
        var first = district.Pool.Workers[0].ProcessId.ShouldNotBeNull();
        await SignalAsync("-STOP", first);
        await Task.Delay(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        await SignalAsync("-CONT", first);

        var before = district.Arrivals.Count;
        await TestDistrict.UntilAsync(() => district.Arrivals.Count >= before + 2, "pictures again");
        district.Pool.Workers[0].ProcessId.ShouldBe(first);
        district.Pool.Workers[0].Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_spins_and_takes_nothing_is_killed()
    {
        // It greets as a worker does, and then never reads.
        var path = Path.Combine(_folder.FullName, "worker");
        await File.WriteAllTextAsync(
            path, "#!/bin/sh\nprintf '\\011\\000\\000\\000\\003\\001\\000\\074\\000\\000\\000\\000\\000'\nwhile :; do :; done\n",
            TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var district =
            new TestDistrict(new DecoderPoolOptions { Workers = 1, WorkerPath = path, StallLimit = TimeSpan.FromSeconds(1) });
        const string room = "s03-101";
        var clip = await CodedClip.H264Async(district.Clips, "testsrc2=s=640x360:r=15:d=4", 15, keyInterval: 300, more: ":bitrate=4000");
        district.Pool.Start();
        district.Pool.Watch(room);
        district.Play(room, clip, new RtpPacketizer(VideoCodec.H264));

        await TestDistrict.UntilAsync(() => district.Pool.Workers[0].Restarts >= 1, "a new worker");
    }

    [Fact]
    public async Task A_room_is_watched_until_it_is_unwatched()
    {
        await using var district = new TestDistrict(new DecoderPoolOptions { Workers = 1 });
        var room = await RunRoomAsync(district);
        district.Pool.Unwatch(room);
        district.Pool.Statistics(room).ShouldBeNull();
        district.Pool.Workers[0].Rooms.ShouldBe(0);

        var before = district.Arrivals.Count;
        district.Pool.Watch(room);
        await TestDistrict.UntilAsync(() => district.Arrivals.Count > before, "pictures after it is watched again");
    }

    [Fact]
    public async Task The_interval_can_be_changed_while_rooms_run()
    {
        await using var district = new TestDistrict(new DecoderPoolOptions { Workers = 1, Interval = TimeSpan.FromHours(1) });
        await RunRoomAsync(district);
        var before = district.Arrivals.Count;
        district.Pool.Interval = TimeSpan.FromSeconds(0.2);
        district.Pool.Unwatch("s03-101");
        district.Pool.Watch("s03-101");
        await TestDistrict.UntilAsync(() => district.Arrivals.Count >= before + 6, "six pictures");
        var arrivals = district.Arrivals.Skip(before).ToList();
        (arrivals[5].CapturedAt - arrivals[1].CapturedAt).TotalSeconds.ShouldBe(0.8, tolerance: 0.4);
    }

    [Theory]
    [InlineData("head -c 100000 /dev/urandom; sleep 60")]
    [InlineData("printf '\\011\\000\\000\\000\\003\\001\\000\\000\\000\\000\\000\\000\\000\\377\\377\\377\\177\\004'; sleep 60")]
    [InlineData("printf '\\011\\000\\000\\000\\003\\001\\000\\000\\000\\000\\000\\000\\000'; exec 1>&-; exec sleep 60")]
    [InlineData("exit 1")]
    public async Task A_worker_that_talks_nonsense_or_dies_at_once_is_started_again_more_and_more_slowly(string script)
    {
        var path = Path.Combine(_folder.FullName, "worker");
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{script}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var district = new TestDistrict(new DecoderPoolOptions { Workers = 1, WorkerPath = path });
        var started = Stopwatch.GetTimestamp();
        district.Pool.Watch("s03-101");
        district.Pool.Start();
        await TestDistrict.UntilAsync(() => district.Pool.Workers[0].Restarts >= 4, "restarts");
        // 0, 250, 500 ms, and then the fourth wait has begun.
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task A_worker_program_that_is_missing_leaves_the_pool_able_to_close()
    {
        await using var district = new TestDistrict(
            new DecoderPoolOptions { Workers = 1, WorkerPath = Path.Combine(_folder.FullName, "nowhere") });
        district.Pool.Start();
        district.Pool.Watch("s03-101");
        await TestDistrict.UntilAsync(() => district.Pool.Workers[0].Restarts >= 2, "tries");
        district.Pool.Workers[0].ProcessId.ShouldBeNull();
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> RunRoomAsync(TestDistrict district)
    {
        const string room = "s03-101";
        var clip = await CodedClip.H264Async(district.Clips, "testsrc2=s=640x360:r=15:d=4", 15, keyInterval: 300, more: ":bitrate=4000");
        district.Pool.Start();
        district.Pool.Watch(room);
        district.Play(room, clip, new RtpPacketizer(VideoCodec.H264));
        await TestDistrict.UntilAsync(() => !district.Arrivals.IsEmpty, "the first picture");
        return room;
    }
}
