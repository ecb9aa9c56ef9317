using Xunke.Actors.Messaging;
using Xunke.Tests.Actors.Messaging;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Hosting;

public sealed class BackOffTests
{
    [Fact]
    public async Task A_failed_actor_restarts_and_goes_on_with_the_next_message()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        foreach (var word in (Word[])[new Say("1"), new Crash(), new Say("2")])
        {
            actor.Tell(word);
        }

        await Eventually.TrueAsync(() => BoundedMailboxTests.Restarted(test, script));
        await script.ShouldSeeAsync("1", "stopped", "2");
    }

    [Fact]
    public async Task A_crash_of_one_actor_touches_no_other()
    {
        await using var test = new TestSystem();
        var scripts = new[] { new Script(), new Script(), new Script() };
        var actors = scripts.Select((script, number) => test.Host.Spawn($"{number}", Recorder.Props(script))).ToArray();
        actors[1].Tell(new Crash());
        foreach (var actor in actors)
        {
            actor.Tell(new Say("after"));
        }

        await scripts[0].ShouldSeeAsync("after");
        await scripts[2].ShouldSeeAsync("after");
        await Eventually.TrueAsync(() => BoundedMailboxTests.Restarted(test, scripts[1]));
        await scripts[1].ShouldSeeAsync("stopped", "after");
        scripts.Select(script => script.Instances).ShouldBe([1, 2, 1]);
    }

    [Fact]
    public async Task The_back_off_doubles_up_to_its_longest_and_the_mailbox_holds_what_comes_meanwhile()
    {
        using var log = new FailureLog();
        await using var test = new TestSystem(log);
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script, TestSystem.Small));
        var failures = 0;
        foreach (var wait in (double[])[0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10])
        {
            actor.Tell(new Crash());
            failures++;
            await Eventually.TrueAsync(() => log.Failures == failures);
            actor.Tell(new Sample("k", 1));
            actor.Tell(new Say($"after {failures}"));
            actor.Tell(new Sample("k", 2));
            test.Time.Advance(TimeSpan.FromSeconds(wait) - TimeSpan.FromMilliseconds(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
            script.Instances.ShouldBe(failures);
            test.Time.Advance(TimeSpan.FromMilliseconds(1));
            await Eventually.TrueAsync(() => script.Seen.LastOrDefault() == $"after {failures}", () => $"saw [{string.Join(", ", script.Seen)}]");
            script.Seen.TakeLast(3).ShouldBe(["stopped", "k2", $"after {failures}"]);
        }

        test.Host.DeadLetters.Total.ShouldBe(0);
    }

    [Fact]
    public async Task A_quiet_minute_clears_the_back_off()
    {
        using var log = new FailureLog();
        await using var test = new TestSystem(log);
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        for (var failure = 1; failure <= 5; failure++)
        {
            actor.Tell(new Crash());
            await Eventually.TrueAsync(() => log.Failures == failure);
            test.Time.Advance(TimeSpan.FromMilliseconds(200));
            await TestSystem.SettleAsync(script, actor);
            test.Time.Advance(TimeSpan.FromSeconds(61));
        }

        script.Instances.ShouldBe(6);
    }

    [Fact]
    public async Task An_actor_that_cannot_start_is_tried_again()
    {
        await using var test = new TestSystem();
        var attempts = 0;
        var script = new Script
        {
            OnStart = _ =>
            {
                if (++attempts < 3)
                {
                    throw new IOException("not yet");
                }
            },
        };
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        actor.Tell(new Say("hello"));
        await Eventually.TrueAsync(() => BoundedMailboxTests.Restarted(test, script, 3));
        await script.ShouldSeeAsync("hello");
    }

    [Fact]
    public async Task A_system_that_stops_does_not_wait_for_a_back_off()
    {
        using var log = new FailureLog();
        var test = new TestSystem(log);
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        actor.Tell(new Crash());
        await Eventually.TrueAsync(() => log.Failures == 1);
        await test.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        test.Time.Advance(TimeSpan.FromSeconds(10));
        script.Seen.ShouldBe(["stopped"]);
        script.Instances.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_is_a_warning_in_the_log_with_its_cause()
    {
        using var log = new FailureLog();
        await using var test = new TestSystem(log);
        test.Host.Spawn("a", Recorder.Props(new Script())).Tell(new Crash());
        await Eventually.TrueAsync(() => log.Failures == 1);
        log.Last.ShouldBe("Warning: /user/a: failed and restarts in 200 ms (told to)");
    }
}
