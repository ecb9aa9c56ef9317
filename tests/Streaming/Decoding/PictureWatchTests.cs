using Xunke.Streaming.Decoding;
using Xunke.Streaming.Decoding.Workers;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Decoding;

public sealed class PictureWatchTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Video_without_a_picture_is_told_once_per_limit_with_its_cause()
    {
        var watch = new PictureWatch(TimeSpan.FromSeconds(5), _time);
        Faults(watch, seconds: 4.5).ShouldBeEmpty();
        Faults(watch, seconds: 1).ShouldBe([DecodeFaults.NoPicture]);
        watch.OnDecodeError();
        Faults(watch, seconds: 5).ShouldBe([DecodeFaults.CannotDecode]);
        Faults(watch, seconds: 5, malformed: 1).ShouldBe([DecodeFaults.CannotDecode]);
        Faults(watch, seconds: 5, malformed: 1).ShouldBe([DecodeFaults.NoPicture]);
    }

    [Fact]
    public void A_picture_or_a_silence_gives_the_whole_time_anew()
    {
        var watch = new PictureWatch(TimeSpan.FromSeconds(5), _time);
        Faults(watch, seconds: 4).ShouldBeEmpty();
        watch.OnPicture();
        Faults(watch, seconds: 4).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(30));
        Faults(watch, seconds: 4).ShouldBeEmpty();
    }

    [Fact]
    public void A_worker_that_dies_young_waits_longer_each_time_and_one_that_lived_does_not()
    {
        var delay = new RestartDelay();
        double[] waits = [.. Enumerable.Range(0, 9).Select(_ => delay.After(TimeSpan.FromSeconds(1)).TotalSeconds)];
        waits.ShouldBe([0, 0.25, 0.5, 1, 2, 4, 8, 10, 10]);
        delay.After(TimeSpan.FromMinutes(1)).ShouldBe(TimeSpan.Zero);
        delay.After(TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.Zero);
    }

    private List<string> Faults(PictureWatch watch, double seconds, long malformed = 0)
    {
        var faults = new List<string>();
        for (var i = 0; i < seconds * 2; i++)
        {
            if (watch.OnPacket(malformed) is { } code)
            {
                faults.Add(code);
            }

            _time.Advance(TimeSpan.FromSeconds(0.5));
        }

        return faults;
    }
}
