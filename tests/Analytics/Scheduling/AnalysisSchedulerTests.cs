using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Vision;
using Xunke.Tests.Support;

namespace Xunke.Tests.Analytics.Scheduling;

/// <summary>The scheduler with its real threads, on a clock that the test moves.</summary>
public sealed class AnalysisSchedulerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly Pictures _pictures = new();
    private readonly RecordedSamples _samples = new();

    [Fact]
    public async Task The_newest_picture_of_a_room_wins_and_the_one_it_replaces_is_given_back()
    {
        using var busy = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        await using AnalysisScheduler scheduler = Start(_ => { busy.Set(); go.Wait(TestContext.Current.CancellationToken); });
        Submit(scheduler, "other");
        busy.Wait(TestContext.Current.CancellationToken);

        Submit(scheduler, "a");
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Submit(scheduler, "a");
        _pictures.Held.ShouldBe(2);
        go.Set();
        await Eventually.TrueAsync(() => _samples.Count == 2);

        _samples.All[1].Sample.At.ShouldBe(_time.GetUtcNow());
        scheduler.Statistics.Replaced.ShouldBe(1);
        await Eventually.TrueAsync(() => _pictures.Held == 0);
    }

    [Fact]
    public async Task A_room_is_not_looked_at_again_before_its_interval_is_over()
    {
        await using AnalysisScheduler scheduler = Start(_ => { });
        Submit(scheduler, "a");
        await Eventually.TrueAsync(() => _samples.Count == 1);

        _time.Advance(Second / 2);
        Submit(scheduler, "a");
        Submit(scheduler, "b");
        await Eventually.TrueAsync(() => _samples.Count == 2);
        _samples.All[1].RoomId.ShouldBe("b");

        _time.Advance(Second / 2);
        await Eventually.TrueAsync(() => _samples.Count == 3);
        _samples.All[2].RoomId.ShouldBe("a");
        _samples.All.ShouldAllBe(sample => sample.Sample.Interval == Second);
    }

    [Fact]
    public async Task Everyone_who_asks_for_a_rooms_picture_gets_its_next_one_with_everybody_hidden()
    {
        await using AnalysisScheduler scheduler = Start(_ => { });
        Task<RoomPicture>[] asked =
        [
            scheduler.Orders.NextPictureAsync("a", TestContext.Current.CancellationToken),
            scheduler.Orders.NextPictureAsync("a", TestContext.Current.CancellationToken),
        ];
        Submit(scheduler, "b");
        await Eventually.TrueAsync(() => _samples.Count == 1);
        asked.ShouldAllBe(one => !one.IsCompleted);

        Submit(scheduler, "a");

        RoomPicture picture = await asked[0];
        (await asked[1]).ShouldBeSameAs(picture);
        (picture.Width, picture.Height, picture.Pixels.Length, picture.At).ShouldBe((64, 36, 64 * 36 * 3, _time.GetUtcNow()));
    }

    [Fact]
    public async Task A_still_is_made_once_of_the_next_picture_that_shows_the_class_and_not_when_it_is_not_wanted_any_more()
    {
        await using AnalysisScheduler scheduler = Start(_ => { });
        scheduler.Orders.WantStill("a");
        scheduler.Orders.WantStill("a");
        scheduler.Orders.WantStill("dropped");
        scheduler.Orders.DropStill("dropped");
        foreach (string room in new[] { "dropped", "other", "a" })
        {
            Submit(scheduler, room);
        }

        await Eventually.TrueAsync(() => _samples is { Count: 3, Stills.Count: 1 });
        _samples.Stills[0].RoomId.ShouldBe("a");
        _samples.Stills[0].Still.At.ShouldBe(_time.GetUtcNow());
        _samples.Stills[0].Still.Jpeg[..2].ToArray().ShouldBe([0xFF, 0xD8]);

        // A camera that has gone dark shows nobody.
        scheduler.Orders.WantStill("b");
        scheduler.Submit("b", _pictures.TakeDark(_time.GetUtcNow()));
        await Eventually.TrueAsync(() => _samples.Count == 4);
        _time.Advance(Second);
        scheduler.Submit("b", _pictures.TakeDark(_time.GetUtcNow()));
        await Eventually.TrueAsync(() => _samples.Count == 5);
        _samples.Stills.Count.ShouldBe(1);
        _time.Advance(Second);
        Submit(scheduler, "b");
        await Eventually.TrueAsync(() => _samples.Stills.Count == 2);
        _samples.Stills[1].Still.At.ShouldBe(_time.GetUtcNow());
    }

    [Fact]
    public async Task When_the_node_is_full_the_interval_grows_for_all_alike_and_shrinks_when_rooms_leave()
    {
        const int Rooms = 20;
        await using AnalysisScheduler scheduler = Start(_ => _time.Advance(Second / 10));
        for (int look = 0; look < 5; look++)
        {
            await LookAtAllAsync(scheduler, Rooms);
        }

        // 20 rooms at 0.1 s each fill 2 s of one worker's time, 2.2 s at 90 % utilisation.
        scheduler.Interval.ShouldBeInRange(2.2 * Second, 2.3 * Second);
        _samples.All.TakeLast(Rooms).ShouldAllBe(sample => sample.Sample.Interval > 2 * Second);
        scheduler.Statistics.ActiveRooms.ShouldBe(Rooms);

        _time.Advance(11 * Second);
        await LookAtAllAsync(scheduler, 3);

        scheduler.Interval.ShouldBe(Second);
        scheduler.Statistics.ActiveRooms.ShouldBe(3);
    }

    [Fact]
    public async Task A_picture_on_which_the_estimator_fails_costs_that_picture_only()
    {
        bool fail = true;
        await using AnalysisScheduler scheduler = Start(_ =>
        {
            if (fail)
            {
                throw new InvalidOperationException("The model cannot take this picture.");
            }
        });
        Submit(scheduler, "a");
        await Eventually.TrueAsync(() => scheduler.Statistics.Failed == 1);
        _samples.Count.ShouldBe(0);
        _pictures.Held.ShouldBe(0);

        fail = false;
        _time.Advance(Second);
        Submit(scheduler, "a");
        await Eventually.TrueAsync(() => _samples.Count == 1);
        await Eventually.TrueAsync(() => scheduler.Statistics.Analysed == 1);
    }

    [Fact]
    public async Task A_forgotten_room_gives_no_sample_from_the_picture_in_hand_nor_from_the_waiting_one()
    {
        using var busy = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        await using AnalysisScheduler scheduler = Start(_ => { busy.Set(); go.Wait(TestContext.Current.CancellationToken); });
        Submit(scheduler, "a");
        busy.Wait(TestContext.Current.CancellationToken);
        Submit(scheduler, "a");

        scheduler.Forget("a");
        go.Set();
        Submit(scheduler, "b");
        await Eventually.TrueAsync(() => _samples.Count == 1);

        _samples.All[0].RoomId.ShouldBe("b");
        await Eventually.TrueAsync(() => _pictures.Held == 0);
    }

    [Fact]
    public async Task Two_workers_look_at_two_rooms_at_once()
    {
        using var both = new Barrier(2);
        await using AnalysisScheduler scheduler = Start(
            _ => both.SignalAndWait(TestContext.Current.CancellationToken), new SchedulerOptions { Workers = 2 });
        Submit(scheduler, "a");
        Submit(scheduler, "b");

        await Eventually.TrueAsync(() => _samples.Count == 2);
    }

    [Fact]
    public async Task A_room_in_hand_waits_although_another_worker_is_free()
    {
        using var go = new ManualResetEventSlim();
        int entered = 0;
        await using AnalysisScheduler scheduler = Start(
            _ => { Interlocked.Increment(ref entered); go.Wait(TestContext.Current.CancellationToken); },
            new SchedulerOptions { Workers = 2 });
        Submit(scheduler, "a");
        await Eventually.TrueAsync(() => Volatile.Read(ref entered) == 1);

        _time.Advance(2 * Second);
        Submit(scheduler, "a");
        Submit(scheduler, "b");
        await Eventually.TrueAsync(() => Volatile.Read(ref entered) == 2);
        go.Set();
        await Eventually.TrueAsync(() => _samples.Count == 3);

        _samples.All.Where(sample => sample.RoomId == "a").Select(sample => sample.Sample.At).ShouldBeInOrder();
        _samples.All.Count(sample => sample.RoomId == "a").ShouldBe(2);
    }

    [Fact]
    public async Task A_picture_of_which_nothing_can_be_made_out_is_not_searched_for_people_and_its_sample_says_why()
    {
        int searched = 0;
        await using AnalysisScheduler scheduler = Start(_ => searched++);
        scheduler.Submit("a", _pictures.TakeDark(_time.GetUtcNow()));
        await Eventually.TrueAsync(() => _samples.Count == 1);

        _samples.All[0].Sample.Tamper.ShouldBe(Tamper.Dark);
        searched.ShouldBe(0);
        await Eventually.TrueAsync(() => _pictures.Held == 0);
    }

    [Fact]
    public async Task Disposing_gives_back_the_waiting_pictures_and_the_estimators_and_takes_no_more()
    {
        int disposed = 0;
        AnalysisScheduler scheduler = Start(_ => { }, new SchedulerOptions { Workers = 2 }, () => Interlocked.Increment(ref disposed));
        Submit(scheduler, "a");
        await Eventually.TrueAsync(() => _samples.Count == 1);
        Submit(scheduler, "a");

        await scheduler.DisposeAsync();
        Submit(scheduler, "b");

        _pictures.Held.ShouldBe(0);
        disposed.ShouldBe(2);
        _samples.Count.ShouldBe(1);
    }

    [Fact]
    public void An_estimator_that_cannot_be_loaded_fails_the_start_and_leaves_none_behind()
    {
        int loaded = 0, disposed = 0;

        Should.Throw<FileNotFoundException>(() => new AnalysisScheduler(
            new SchedulerOptions { Workers = 3 },
            () => ++loaded == 3
                ? throw new FileNotFoundException("No such model.")
                : new PacedEstimator(_ => { }, () => disposed++),
            _samples,
            _time,
            NullLogger<AnalysisScheduler>.Instance));

        disposed.ShouldBe(2);
    }

    private AnalysisScheduler Start(Action<RgbFrame> work, SchedulerOptions? options = null, Action? disposed = null) => new(
        options ?? new SchedulerOptions(),
        () => new PacedEstimator(work, disposed),
        _samples,
        _time,
        NullLogger<AnalysisScheduler>.Instance);

    private void Submit(AnalysisScheduler scheduler, string roomId) => scheduler.Submit(roomId, _pictures.Take(_time.GetUtcNow()));

    private async Task LookAtAllAsync(AnalysisScheduler scheduler, int rooms)
    {
        _time.Advance(2 * scheduler.Interval);
        long before = scheduler.Statistics.Analysed;
        for (int room = 0; room < rooms; room++)
        {
            Submit(scheduler, $"r{room}");
        }

        await Eventually.TrueAsync(() => scheduler.Statistics.Analysed == before + rooms);
    }
}
