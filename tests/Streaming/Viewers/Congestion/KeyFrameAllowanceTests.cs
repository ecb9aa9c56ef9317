using Shouldly;
using Xunit;
using Xunke.Streaming.Viewers.Congestion;

namespace Xunke.Tests.Streaming.Viewers.Congestion;

public sealed class KeyFrameAllowanceTests
{
    private readonly KeyFrameAllowance _allowance = new();

    [Fact]
    public void A_quiet_viewer_is_served_at_once_each_time()
    {
        for (var time = 0L; time < 60_000_000; time += 5_000_000)
        {
            _allowance.TryTake(time).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_viewer_that_keeps_asking_is_served_more_and_more_seldom()
    {
        var served = 0;
        for (var time = 0L; time < 60_000_000; time += 100_000)
        {
            served += _allowance.TryTake(time) ? 1 : 0;
        }

        served.ShouldBeInRange(8, 12);
    }
}
