using Shouldly;
using Xunit;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Tests.Streaming.Viewers.Congestion;

public sealed class PathEstimateTests
{
    private readonly PathEstimate _estimate = new();
    private readonly SimulatedPath _path;

    public PathEstimateTests() => _path = new SimulatedPath(_estimate);

    [Fact]
    public void A_wide_path_shows_no_limit()
    {
        _path.Play(1_200_000, 10);

        _estimate.BitsPerSecond.ShouldBeNull();
    }

    [Fact]
    public void Loss_jitter_and_reordering_of_a_wide_path_show_no_limit()
    {
        _path.Loss = 0.05;
        _path.Jitter = 60_000;
        _path.ReportLoss = 0.05;

        _path.Play(1_200_000, 120);

        _estimate.BitsPerSecond.ShouldBeNull();
    }

    [Fact]
    public void What_a_lost_report_would_have_taken_back_is_no_loss()
    {
        _path.Loss = 0.05;
        _path.Jitter = 60_000;
        _path.ReportLoss = 0.05;
        _path.Hasty = true;

        _path.Play(3_000_000, 300);

        _estimate.BitsPerSecond.ShouldBeNull();
    }

    [Fact]
    public void A_narrow_path_is_measured_within_a_second()
    {
        _path.BitsPerSecond = 500_000;

        _path.Play(1_200_000, 1);

        _estimate.BitsPerSecond!.Value.ShouldBeInRange(400_000, 500_000);
    }

    [Fact]
    public void A_path_that_narrows_is_measured_though_reports_get_lost()
    {
        _path.ReportLoss = 0.1;
        _path.Play(1_200_000, 30);

        _path.BitsPerSecond = 700_000;
        _path.Play(1_200_000, 3);

        _estimate.BitsPerSecond!.Value.ShouldBeInRange(500_000, 700_000);
    }

    [Fact]
    public void A_path_that_drops_without_a_queue_is_measured_by_its_loss()
    {
        _path.BitsPerSecond = 500_000;
        _path.LongestQueue = 20_000;

        _path.Play(1_200_000, 3);

        _estimate.BitsPerSecond!.Value.ShouldBeInRange(300_000, 520_000);
    }

    [Fact]
    public void A_large_picture_on_a_path_that_carries_the_stream_leaves_room_for_the_stream()
    {
        _path.BitsPerSecond = 1_800_000;
        _path.Play(1_200_000, 5);

        for (var i = 0; i < 80; i++)
        {
            _path.Send(1200);
        }

        _path.Play(1_200_000, 3);

        (_estimate.BitsPerSecond ?? long.MaxValue).ShouldBeGreaterThan(1_300_000);
    }

    [Fact]
    public void Sound_alone_on_a_drained_path_neither_lowers_nor_raises_what_was_measured()
    {
        _path.BitsPerSecond = 500_000;
        _path.Play(1_200_000, 1);
        var measured = _estimate.BitsPerSecond;

        _path.Play(0, 30);

        _estimate.BitsPerSecond!.Value.ShouldBeInRange((long)(0.9 * measured!.Value), 500_000);
        _estimate.Queue.ShouldBeLessThan(TimeSpan.FromMilliseconds(50));
    }

    [Theory]
    [InlineData(500_000, false)]
    [InlineData(5_000_000, true)]
    public void A_train_of_padding_shows_whether_more_would_go_through(int bitsPerSecond, bool more)
    {
        _path.BitsPerSecond = 500_000;
        _path.Play(1_200_000, 1);
        _path.Play(0, 3);
        _path.BitsPerSecond = bitsPerSecond;

        Probe(32);

        (_estimate.BitsPerSecond > 1_200_000).ShouldBe(more);
        _estimate.IsProbing.ShouldBeFalse();
    }

    [Fact]
    public void A_train_that_gets_lost_shows_nothing_and_is_given_up()
    {
        _path.BitsPerSecond = 500_000;
        _path.Play(1_200_000, 1);
        _path.Play(0, 3);
        var measured = _estimate.BitsPerSecond;
        _path.BitsPerSecond = 50_000_000;
        _path.Loss = 1;
        _estimate.Probe(32, _path.Now);
        for (var i = 0; i < 32; i++)
        {
            _path.Send(275);
        }

        _path.Wait(3_000_000);
        _estimate.Tick(_path.Now);

        _estimate.BitsPerSecond.ShouldBe(measured);
        _estimate.IsProbing.ShouldBeFalse();
    }

    [Fact]
    public void Delivery_without_a_queue_raises_the_estimate()
    {
        _path.BitsPerSecond = 500_000;
        _path.Play(1_200_000, 1);
        _path.Play(0, 2);
        _path.BitsPerSecond = 10_000_000;

        _path.Play(800_000, 5);

        _estimate.BitsPerSecond!.Value.ShouldBeInRange(750_000, 1_000_000);
    }

    private void Probe(int packets)
    {
        _estimate.Probe(packets, _path.Now);
        for (var i = 0; i < packets; i++)
        {
            _path.Send(275);
        }

        _path.Play(0, 1);
    }
}
