using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;
using Xunke.Streaming.Recording;
using Xunke.Tests.Streaming.Recording;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Rtsp;

/// <summary>Cameras whose times are astray, with ffmpeg behind: the picture runs all the same.</summary>
public sealed class CameraTimesTests(HabitClip clip) : IClassFixture<HabitClip>
{
    [Theory]
    [InlineData("right")]
    [InlineData("stray back")]
    [InlineData("stray ahead")]
    [InlineData("stray ahead a little")]
    [InlineData("stray back a little")]
    [InlineData("two strays in a row")]
    [InlineData("the first is astray")]
    [InlineData("steps back and stays")]
    [InlineData("steps ahead and stays")]
    [InlineData("steps back a second again and again")]
    [InlineData("stands still")]
    [InlineData("stands still for a while")]
    [InlineData("nonsense")]
    public async Task The_picture_runs_whatever_the_camera_says_of_its_times(string way)
    {
        var random = new Random(5);
        await using var camera = new HabitCamera(clip) { Time = (picture, time) => Stray(way, picture, time, random) };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source, pictures: 120);

        room.Pictures.ShouldRun();
        camera.Players.ShouldBe(1);
    }

    [Theory]
    [InlineData("stray back")]
    [InlineData("stray ahead")]
    [InlineData("steps ahead and stays")]
    public async Task The_sound_runs_too_and_the_picture_with_it(string way)
    {
        await using var camera = new HabitCamera(clip)
        {
            HasSound = true,
            Time = (picture, time) => Stray(way, picture, time, Random.Shared),
            SoundTime = (packet, time) => packet % 100 == 99 ? time - (8000 * 9800) : time,
        };
        await using var room = new CameraRoom();

        await room.PlayAsync(camera.Source, pictures: 120);

        room.Pictures.ShouldRun();
        room.Pictures.SoundShouldRun();
    }

    [Fact]
    public async Task A_recording_of_a_camera_with_stray_times_runs_as_long_as_it_took()
    {
        var folder = Directory.CreateTempSubdirectory("xunke-strays-");
        try
        {
            await using var camera = new HabitCamera(clip) { Time = (picture, time) => Stray("stray back", picture, time, Random.Shared) };
            await using var room = new CameraRoom();
            await using var recorder = new Recorder(room.Media, TimeProvider.System, NullLoggerFactory.Instance);
            await room.PlayAsync(camera.Source, pictures: 10);
            var recording = recorder.Start(CameraRoom.Id, folder.FullName, MediaKinds.Video);
            var before = room.Pictures.Video.Count;
            await Eventually.TrueAsync(() => room.Pictures.Video.Count > before + 120, within: TimeSpan.FromSeconds(60));
            await recording.StopAsync();

            var path = Path.Combine(folder.FullName, RecordedPart.FileName(1));
            var times = await MediaProbe.TimesAsync(path, 'v');
            var steps = times.Zip(times.Skip(1), (one, next) => next - one).ToList();
            var told = string.Join(' ', steps);
            steps.Count.ShouldBeGreaterThan(90);
            steps.Min().ShouldBeGreaterThan(0.01, told);
            steps.Max().ShouldBeLessThan(0.5, told);
            (times[^1] - times[0]).ShouldBe(steps.Count / (double)HabitClip.PicturesPerSecond, 1.0, told);
            await MediaProbe.ShouldDecodeAsync(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static uint Stray(string way, int picture, uint time, Random random) => unchecked(way switch
    {
        "stray back" => picture % 30 == 29 ? time - (90_000u * 9800) : time,
        "stray ahead" => picture % 30 == 29 ? time + (90_000u * 9800) : time,
        "stray ahead a little" => picture % 20 == 19 ? time + 150_000 : time,
        "stray back a little" => picture % 20 == 19 ? time - 45_000 : time,
        "two strays in a row" => picture % 30 is 28 or 29 ? time - (90_000u * 9800) : time,
        "the first is astray" => picture == 0 ? time - (90_000u * 9800) : time,
        "steps back and stays" => picture >= 60 ? time - (90_000u * 600) : time,
        "steps ahead and stays" => picture >= 60 ? time + (90_000u * 3600) : time,
        "steps back a second again and again" => time - (uint)(picture / 40 * 90_000),
        "stands still" => 4711,
        "stands still for a while" => picture is >= 30 and < 75 ? time - (uint)((picture - 30) * 6000) : time,
        "nonsense" => (uint)random.NextInt64(uint.MaxValue),
        _ => time,
    });
}
