using System.Diagnostics;
using Xunke.Streaming.Decoding;

namespace Xunke.Tests.Streaming.Decoding;

public sealed class DecoderPoolTests : IAsyncLifetime
{
    private readonly TestDistrict _district = new(new DecoderPoolOptions { Workers = 2 });

    public ValueTask InitializeAsync()
    {
        _district.Pool.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _district.DisposeAsync();

    [Fact]
    public async Task A_room_in_H264_gives_one_picture_a_second_of_the_right_size_and_colour()
    {
        var clip = await CodedClip.H264Async(_district.Clips, "color=red:s=1280x720:r=15:d=4", 15, keyInterval: 300);
        _district.Pool.Watch("s01-101");
        _district.Play("s01-101", clip);

        await TestDistrict.UntilAsync(() => _district.Arrivals.Count >= 4, "four pictures");
        foreach (var arrival in _district.Arrivals)
        {
            (arrival.Width, arrival.Height).ShouldBe((1024, 576));
            (arrival.SourceWidth, arrival.SourceHeight).ShouldBe((1280, 720));
            ShouldBeRed(arrival.Middle);
        }

        var arrivals = _district.ArrivalsOf("s01-101");
        var span = arrivals[3].CapturedAt - arrivals[1].CapturedAt;
        span.TotalSeconds.ShouldBe(2, tolerance: 0.5);
        _district.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_room_in_VP8_gives_pictures_that_are_never_enlarged()
    {
        var clip = await CodedClip.Vp8Async(_district.Clips, "color=red:s=320x240:r=10:d=3", 10, keyInterval: 300);
        _district.Pool.Watch("s01-102");
        _district.Play("s01-102", clip);

        await TestDistrict.UntilAsync(() => _district.Arrivals.Count >= 2, "two pictures");
        foreach (var arrival in _district.Arrivals)
        {
            (arrival.Width, arrival.Height, arrival.SourceWidth, arrival.SourceHeight).ShouldBe((320, 240, 320, 240));
            ShouldBeRed(arrival.Middle);
        }
    }

    [Fact]
    public async Task A_killed_worker_is_a_gap_of_under_five_seconds_in_its_rooms_and_nothing_in_others()
    {
        var clip = await CodedClip.H264Async(_district.Clips, "testsrc2=s=640x360:r=15:d=6", 15, keyInterval: 300);
        string[] rooms = ["s01-201", "s01-202"];
        foreach (var room in rooms)
        {
            _district.Pool.Watch(room);
            _district.Play(room, clip);
        }

        _district.Pool.Statistics(rooms[0])!.Worker.ShouldNotBe(_district.Pool.Statistics(rooms[1])!.Worker);
        await TestDistrict.UntilAsync(() => rooms.All(room => _district.ArrivalsOf(room).Count >= 2), "both rooms to run");

        var victim = _district.Pool.Workers[_district.Pool.Statistics(rooms[0])!.Worker];
        using (var process = Process.GetProcessById(victim.ProcessId.ShouldNotBeNull()))
        {
            process.Kill();
        }

        var before = rooms.ToDictionary(room => room, room => _district.ArrivalsOf(room).Count);
        await TestDistrict.UntilAsync(
            () => rooms.All(room => _district.ArrivalsOf(room).Count >= before[room] + 3), "both rooms to go on");

        LongestGap(rooms[0]).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        LongestGap(rooms[1]).ShouldBeLessThan(TimeSpan.FromSeconds(2.5));
        _district.Pool.Workers[victim.Index].Restarts.ShouldBe(1);
        _district.Pool.Workers[1 - victim.Index].Restarts.ShouldBe(0);
        _district.Faults.ShouldBeEmpty();
    }

    private static void ShouldBeRed((byte Red, byte Green, byte Blue) pixel)
    {
        pixel.Red.ShouldBeGreaterThan((byte)230);
        pixel.Green.ShouldBeLessThan((byte)40);
        pixel.Blue.ShouldBeLessThan((byte)30);
    }

    private TimeSpan LongestGap(string roomId)
    {
        var arrivals = _district.ArrivalsOf(roomId);
        return arrivals.Zip(arrivals.Skip(1)).Max(pair => Stopwatch.GetElapsedTime(pair.First.At, pair.Second.At));
    }
}
