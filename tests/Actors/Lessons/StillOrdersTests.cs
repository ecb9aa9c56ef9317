using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Lessons;
using Xunke.Analytics.Scheduling;
using Xunke.Tests.Analytics.Scheduling;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Lessons;

/// <summary>How often stills are asked for: the analysis itself makes them, on a clock that the test moves.</summary>
public sealed class StillOrdersTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly Pictures _pictures = new();
    private readonly RecordedSamples _samples = new();

    [Theory]
    [InlineData(15, 1, 4)]
    [InlineData(15, 2, 2)]
    [InlineData(0, 1, 0)]
    public async Task One_is_made_every_so_often_and_none_where_that_is_0(int seconds, int spacing, int made)
    {
        await using AnalysisScheduler scheduler = Start();
        var orders = new StillOrders("a", TimeSpan.FromSeconds(seconds), scheduler.Orders, _time);
        for (int second = 0; second < 60; second++)
        {
            orders.WantWhereDue(spacing);
            await LookAsync(scheduler);
        }

        _samples.Stills.Count.ShouldBe(made);
    }

    [Fact]
    public async Task After_the_lesson_none_is_made_though_one_was_asked_for_and_the_next_lesson_has_one_at_once()
    {
        await using AnalysisScheduler scheduler = Start();
        var orders = new StillOrders("a", TimeSpan.FromSeconds(15), scheduler.Orders, _time);
        orders.WantWhereDue(1);
        orders.Drop();
        await LookAsync(scheduler);
        await LookAsync(scheduler);
        _samples.Stills.ShouldBeEmpty();

        orders.WantWhereDue(1);
        await LookAsync(scheduler);
        await LookAsync(scheduler);
        _samples.Stills.Count.ShouldBe(1);
    }

    private AnalysisScheduler Start() => new(
        new SchedulerOptions(), () => new PacedEstimator(_ => { }), _samples, _time, NullLogger<AnalysisScheduler>.Instance);

    /// <summary>A picture of the room, and a second; the room after it says that all of the first is done.</summary>
    private async Task LookAsync(AnalysisScheduler scheduler)
    {
        int before = _samples.Count;
        scheduler.Submit("a", _pictures.Take(_time.GetUtcNow()));
        await Eventually.TrueAsync(() => _samples.Count == before + 1);
        await Eventually.TrueAsync(() => scheduler.Statistics.Analysed == _samples.Count);
        _time.Advance(Second);
    }
}
