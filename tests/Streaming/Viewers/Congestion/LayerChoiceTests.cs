using Shouldly;
using Xunit;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Tests.Streaming.Viewers.Congestion;

public sealed class LayerChoiceTests
{
    private const long Second = 1_000_000;
    private const long Sound = 40_000;

    private static readonly LayerOffer[] Layers = [new(2, 150_000), new(0, 500_000), new(1, 1_500_000)];

    private readonly PathEstimate _estimate = new();
    private readonly SimulatedPath _path;
    private readonly LayerChoice _choice = new() { Current = 1 };

    public LayerChoiceTests() => _path = new SimulatedPath(_estimate);

    [Fact]
    public void A_path_without_a_known_limit_gets_the_best_layer_and_is_not_probed()
    {
        Play(2_000_000, Layers);

        _choice.Current.ShouldBe(1);
        _choice.TryTakeProbe(Layers, Sound, 100 * Second, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(800_000, 0)]
    [InlineData(500_000, 2)]
    [InlineData(100_000, LayerChoice.Paused)]
    public void An_overloaded_path_gets_the_best_layer_that_fits_what_it_was_measured_to_carry(int bitsPerSecond, int layer)
    {
        _path.BitsPerSecond = bitsPerSecond;

        Play(1_500_000, Layers);

        _choice.Current.ShouldBe(layer);
    }

    [Fact]
    public void A_better_layer_is_measured_for_before_it_is_taken_and_more_seldom_while_that_disappoints()
    {
        _path.BitsPerSecond = 500_000;
        Play(1_500_000, Layers);
        var probes = new List<long>();

        for (var end = _path.Now + (120 * Second); _path.Now < end;)
        {
            if (_choice.TryTakeProbe(Layers, Sound, _path.Now, out var needed))
            {
                needed.ShouldBe((long)(500_000 * 1.15) + Sound);
                probes.Add(_path.Now);
            }

            Play(150_000, Layers, 0.5);
        }

        _choice.Current.ShouldBe(2);
        probes.Count.ShouldBeInRange(4, 8);
        (probes[^1] - probes[^2]).ShouldBeGreaterThan(4 * (probes[1] - probes[0]));
    }

    [Fact]
    public void A_measurement_that_shows_room_brings_the_better_layer()
    {
        _path.BitsPerSecond = 500_000;
        Play(1_500_000, Layers);
        _path.BitsPerSecond = 20_000_000;
        Play(150_000, Layers, 3);

        _choice.TryTakeProbe(Layers, Sound, _path.Now, out _).ShouldBeTrue();
        _estimate.Probe(40, _path.Now);
        for (var i = 0; i < 40; i++)
        {
            _path.Send(275);
        }

        Play(150_000, Layers, 1);

        _choice.Current.ShouldBe(1);
    }

    [Fact]
    public void A_layer_that_ends_is_replaced_by_the_best_that_lives()
    {
        Play(1_500_000, Layers);

        Play(500_000, Layers[..2]);

        _choice.Current.ShouldBe(0);
    }

    [Fact]
    public void Layers_that_cost_about_the_same_are_not_swapped_for_each_other()
    {
        Play(1_500_000, Layers);

        Play(1_500_000, [new(1, 1_000_000), new(0, 1_200_000)]);

        _choice.Current.ShouldBe(1);
    }

    [Fact]
    public void A_layer_that_is_dearer_once_taken_is_tried_more_and_more_seldom()
    {
        _path.BitsPerSecond = 500_000;
        var steps = new List<long>();

        while (_path.Now < 120 * Second)
        {
            var before = _choice.Current;
            Play(before == 1 ? 900_000 : 150_000, [new(0, 150_000), new(1, before == 1 ? 900_000 : 300_000)], 0.02);
            if (_choice.Current > before)
            {
                steps.Add(_path.Now);
            }
        }

        steps.Count.ShouldBeInRange(2, 8);
        (steps[^1] - steps[^2]).ShouldBeGreaterThan(20 * Second);
    }

    [Fact]
    public void While_a_queue_drains_nothing_better_is_taken()
    {
        _path.BitsPerSecond = 500_000;
        Play(1_500_000, Layers);
        _choice.Current.ShouldBe(2);

        Play(1_500_000, Layers, 0.5);
        Play(0, [new(2, 150_000), new(0, 200_000)], 0.5);

        _choice.Current.ShouldBe(2);
    }

    private void Play(int video, ReadOnlySpan<LayerOffer> layers, double seconds = 1)
    {
        for (var end = _path.Now + (long)(seconds * Second); _path.Now < end;)
        {
            _path.Play(video, 0.05);
            _choice.Update(layers, Sound, _estimate, _path.Now);
        }
    }
}
