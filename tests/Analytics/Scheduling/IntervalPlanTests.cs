using Shouldly;
using Xunit;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>What is given up when rooms come: first the finer look, then the interval.</summary>
public sealed class IntervalPlanTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly IntervalPlan _plan = new(new SchedulerOptions { Workers = 2, TargetUtilisation = 1 });

    [Theory]
    [InlineData(6, Fineness.Fine, 1)]
    [InlineData(21, Fineness.Fine, 1)]
    [InlineData(26, Fineness.Coarse, 1)]
    [InlineData(33, Fineness.Coarse, 1)]
    [InlineData(59, Fineness.Coarse, 1.8)]
    public void Rooms_are_looked_at_as_finely_and_then_as_often_as_there_is_time(int rooms, Fineness fineness, double seconds)
    {
        Serve(rooms, looks: 1000);

        _plan.Fineness.ShouldBe(fineness);
        _plan.Interval.ShouldBe(seconds * Second);
    }

    [Fact]
    public void A_plan_at_its_limit_does_not_sway()
    {
        for (int rooms = 20; rooms < 28; rooms++)
        {
            Serve(rooms, looks: 500);
            int changes = Serve(rooms, looks: 500);

            changes.ShouldBe(0, $"{rooms} rooms");
        }
    }

    [Fact]
    public void When_rooms_leave_the_finer_look_comes_back()
    {
        Serve(40, looks: 500);
        _plan.Fineness.ShouldBe(Fineness.Coarse);

        Serve(10, looks: 1);
        _plan.Fineness.ShouldBe(Fineness.Fine);
        _plan.Interval.ShouldBe(Second);
    }

    /// <summary>Looks as the plan says; a coarse look takes 60 ms, a fine one 93.</summary>
    /// <returns>How often the fineness changed.</returns>
    private int Serve(int rooms, int looks)
    {
        int changes = 0;
        for (int look = 0; look < looks; look++)
        {
            Fineness fineness = _plan.Fineness;
            _plan.Served(TimeSpan.FromMilliseconds(fineness == Fineness.Fine ? 93 : 60), fineness, rooms);
            changes += _plan.Fineness == fineness ? 0 : 1;
        }

        return changes;
    }
}
