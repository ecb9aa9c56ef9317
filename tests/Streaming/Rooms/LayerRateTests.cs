using Shouldly;
using Xunit;
using Xunke.Streaming.Rooms;

namespace Xunke.Tests.Streaming.Rooms;

public sealed class LayerRateTests
{
    private readonly LayerRate _rate = new();
    private long _now;

    [Fact]
    public void A_key_frame_makes_a_layer_little_dearer()
    {
        Play(150_000, seconds: 4);

        _rate.Count(15_000);
        Play(150_000, seconds: 1);

        _rate.BitsPerSecond.ShouldBeInRange(150_000, 225_000);
    }

    [Fact]
    public void A_layer_that_falls_silent_ends_within_a_second_and_comes_back_at_its_new_rate()
    {
        Play(1_500_000, seconds: 4);
        Play(0, seconds: 1);
        _rate.BitsPerSecond.ShouldBe(0);

        Play(300_000, seconds: 1);

        _rate.BitsPerSecond.ShouldBeInRange(250_000, 330_000);
    }

    private void Play(int bitsPerSecond, int seconds)
    {
        for (var end = _now + (seconds * 1_000_000L); _now < end; _now += 20_000)
        {
            _rate.Count(bitsPerSecond / 8 / 50);
            _rate.Tick(_now);
        }
    }
}
