using Xunke.Tests.Actors.Messaging;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Hosting;

public sealed class TimeProviderSchedulerTests
{
    [Fact]
    public async Task A_single_timer_fires_once_when_the_clock_is_moved()
    {
        await using var test = new TestSystem();
        var script = Starting(actor => actor.Timers.StartSingleTimer("t", new Say("beat"), TimeSpan.FromSeconds(1)));
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        await TestSystem.SettleAsync(script, actor);
        Beats(script).ShouldBe(0);
        test.Time.Advance(TimeSpan.FromSeconds(10));
        await TestSystem.SettleAsync(script, actor);
        Beats(script).ShouldBe(1);
    }

    [Fact]
    public async Task A_periodic_timer_fires_at_every_interval()
    {
        await using var test = new TestSystem();
        var script = Starting(actor => actor.Timers.StartPeriodicTimer("t", new Say("beat"), TimeSpan.FromSeconds(1)));
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        await TestSystem.SettleAsync(script, actor);
        for (var beat = 1; beat <= 3; beat++)
        {
            test.Time.Advance(TimeSpan.FromSeconds(1));
            await TestSystem.SettleAsync(script, actor);
            Beats(script).ShouldBe(beat);
        }
    }

    [Fact]
    public async Task A_timer_that_fired_but_was_cancelled_before_its_turn_is_not_delivered()
    {
        await using var test = new TestSystem();
        var started = new TaskCompletionSource();
        using var moved = new ManualResetEventSlim();
        var script = new Script
        {
            OnMessage = (actor, message) =>
            {
                if (message is Say { Text: "hold" })
                {
                    actor.Timers.StartSingleTimer("t", new Say("beat"), TimeSpan.FromSeconds(1));
                    started.SetResult();
                    moved.Wait(TimeSpan.FromSeconds(15)).ShouldBeTrue();
                    actor.Timers.Cancel("t");
                }
            },
        };
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        actor.Tell(new Say("hold"));
        await started.Task;
        test.Time.Advance(TimeSpan.FromSeconds(2));
        moved.Set();
        actor.Tell(new Say("after"));
        await script.ShouldSeeAsync("hold", "after");
    }

    [Fact]
    public async Task A_timer_of_the_same_key_replaces_the_other()
    {
        await using var test = new TestSystem();
        var script = Starting(actor =>
        {
            actor.Timers.StartSingleTimer("t", new Say("old"), TimeSpan.FromSeconds(1));
            actor.Timers.StartSingleTimer("t", new Say("beat"), TimeSpan.FromSeconds(2));
        });
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        await TestSystem.SettleAsync(script, actor);
        test.Time.Advance(TimeSpan.FromSeconds(5));
        await TestSystem.SettleAsync(script, actor);
        Beats(script).ShouldBe(1);
        script.Seen.ShouldNotContain("old");
    }

    [Fact]
    public async Task A_crash_cancels_the_timers()
    {
        await using var test = new TestSystem();
        var starts = 0;
        var script = Starting(actor =>
        {
            if (++starts == 1)
            {
                actor.Timers.StartPeriodicTimer("t", new Say("beat"), TimeSpan.FromSeconds(5));
            }
        });
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        actor.Tell(new Crash());
        await Eventually.TrueAsync(() => BoundedMailboxTests.Restarted(test, script));
        test.Time.Advance(TimeSpan.FromSeconds(30));
        await TestSystem.SettleAsync(script, actor);
        Beats(script).ShouldBe(0);
        test.Host.DeadLetters.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_stop_cancels_the_timers()
    {
        await using var test = new TestSystem();
        var script = new Script
        {
            OnStart = actor => actor.Timers.StartPeriodicTimer("t", new Say("beat"), TimeSpan.FromSeconds(1)),
            OnMessage = (actor, _) => actor.StopSelf(),
        };
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        actor.Tell(new Say("stop"));
        await script.ShouldSeeAsync("stop", "stopped");
        test.Time.Advance(TimeSpan.FromSeconds(5));
        Beats(script).ShouldBe(0);
        test.Host.DeadLetters.Total.ShouldBe(0);
    }

    private static Script Starting(Action<Recorder> start) => new() { OnStart = start };

    private static int Beats(Script script) => script.Seen.Count(seen => seen == "beat");
}
