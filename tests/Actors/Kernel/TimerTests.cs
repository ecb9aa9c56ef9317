using Xunke.Actors.Kernel;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Kernel;

public sealed class TimerTests
{
    [Fact]
    public async Task A_single_timer_fires_once()
    {
        await using var test = new TestSystem();
        var script = Starting(context => context.Timers.StartSingle("t", "beat", TimeSpan.FromSeconds(1)));
        var actor = test.System.Spawn("a", Recorder.Props(script));
        await TestSystem.SettleAsync(script, actor);
        test.Time.Advance(TimeSpan.FromSeconds(10));
        await TestSystem.SettleAsync(script, actor);
        Beats(script).ShouldBe(1);
    }

    [Fact]
    public async Task A_periodic_timer_fires_at_every_interval()
    {
        await using var test = new TestSystem();
        var script = Starting(context => context.Timers.StartPeriodic("t", "beat", TimeSpan.FromSeconds(1)));
        var actor = test.System.Spawn("a", Recorder.Props(script));
        await TestSystem.SettleAsync(script, actor);
        for (var beat = 1; beat <= 3; beat++)
        {
            test.Time.Advance(TimeSpan.FromSeconds(1));
            await TestSystem.SettleAsync(script, actor);
            Beats(script).ShouldBe(beat);
        }
    }

    [Fact]
    public async Task Beats_that_a_busy_actor_missed_come_as_one()
    {
        await using var test = new TestSystem();
        var release = new TaskCompletionSource();
        var script = new Script
        {
            OnStart = context =>
            {
                context.Timers.StartPeriodic("t", "beat", TimeSpan.FromSeconds(1));
                return ValueTask.CompletedTask;
            },
            OnMessage = async (_, message) => await (message == "hold" ? release.Task : Task.CompletedTask),
        };
        var actor = test.System.Spawn("a", Recorder.Props(script));
        actor.Tell("hold");
        await Eventually.TrueAsync(() => script.Seen.Contains("hold"));
        test.Time.Advance(TimeSpan.FromSeconds(50));
        actor.Tell("after");
        release.SetResult();
        await script.ShouldSeeAsync("hold", "beat", "after");
    }

    [Fact]
    public async Task A_timer_that_fired_but_was_cancelled_before_its_turn_is_not_delivered()
    {
        await using var test = new TestSystem();
        var release = new TaskCompletionSource();
        var script = new Script
        {
            OnMessage = async (context, message) =>
            {
                if (message == "hold")
                {
                    context.Timers.StartSingle("t", "beat", TimeSpan.FromSeconds(1));
                    await release.Task;
                    context.Timers.Cancel("t").ShouldBeTrue();
                }
            },
        };
        var actor = test.System.Spawn("a", Recorder.Props(script));
        actor.Tell("hold");
        await Eventually.TrueAsync(() => script.Seen.Contains("hold"));
        test.Time.Advance(TimeSpan.FromSeconds(2));
        release.SetResult();
        actor.Tell("after");
        await script.ShouldSeeAsync("hold", "after");
    }

    [Fact]
    public async Task A_timer_of_the_same_key_replaces_the_other()
    {
        await using var test = new TestSystem();
        var script = Starting(context =>
        {
            context.Timers.StartSingle("t", "old", TimeSpan.FromSeconds(1));
            context.Timers.StartSingle("t", "beat", TimeSpan.FromSeconds(2));
        });
        var actor = test.System.Spawn("a", Recorder.Props(script));
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
        var script = Starting(context =>
        {
            if (++starts == 1)
            {
                context.Timers.StartPeriodic("t", "beat", TimeSpan.FromSeconds(1));
            }
        });
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Supervision = SupervisionStrategy.Default with { FirstBackOff = TimeSpan.Zero } });
        actor.Tell("crash");
        await TestSystem.SettleAsync(script, actor);
        test.Time.Advance(TimeSpan.FromSeconds(5));
        await TestSystem.SettleAsync(script, actor);
        Beats(script).ShouldBe(0);
    }

    [Fact]
    public async Task A_stop_cancels_the_timers()
    {
        await using var test = new TestSystem();
        var script = Starting(context => context.Timers.StartPeriodic("t", "beat", TimeSpan.FromSeconds(1)));
        var actor = test.System.Spawn("a", Recorder.Props(script));
        await TestSystem.SettleAsync(script, actor);
        await actor.StopAsync();
        test.Time.Advance(TimeSpan.FromSeconds(5));
        Beats(script).ShouldBe(0);
        test.System.DeadLetters.Total.ShouldBe(0);
    }

    private static Script Starting(Action<ActorContext<string>> start) => new()
    {
        OnStart = context =>
        {
            start(context);
            return ValueTask.CompletedTask;
        },
    };

    private static int Beats(Script script) => script.Seen.Count(seen => seen == "beat");
}
