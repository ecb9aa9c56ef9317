using Xunke.Actors.Kernel;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Kernel;

public sealed class SupervisionTests
{
    private static readonly SupervisionStrategy AtOnce =
        SupervisionStrategy.Restarting(TimeSpan.Zero, TimeSpan.Zero, 10, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_failed_actor_restarts_and_goes_on_with_the_next_message()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Supervision = AtOnce });
        foreach (var message in (string[])["1", "crash", "2"])
        {
            actor.Tell(message);
        }

        await script.ShouldSeeAsync("1", "released: told to", "2");
        script.Instances.ShouldBe(2);
    }

    [Fact]
    public async Task A_crash_of_one_child_restarts_only_that_child()
    {
        await using var test = new TestSystem();
        var children = new[] { new Script(), new Script(), new Script() };
        var parent = new Script
        {
            OnStart = context =>
            {
                for (var number = 0; number < children.Length; number++)
                {
                    context.Spawn($"child{number}", Recorder.Props(children[number]) with { Supervision = AtOnce });
                }

                return ValueTask.CompletedTask;
            },
            OnMessage = (context, message) =>
            {
                var (child, text) = (message[0], message[1..]);
                context.Child<string>($"child{child}")!.Tell(text);
                return ValueTask.CompletedTask;
            },
        };
        var actor = test.System.Spawn("parent", Recorder.Props(parent));
        foreach (var message in (string[])["0before", "1crash", "2before", "0after", "1after", "2after"])
        {
            actor.Tell(message);
        }

        await children[0].ShouldSeeAsync("before", "after");
        await children[1].ShouldSeeAsync("released: told to", "after");
        await children[2].ShouldSeeAsync("before", "after");
        children.Select(child => child.Instances).ShouldBe([1, 2, 1]);
        parent.Instances.ShouldBe(1);
    }

    [Fact]
    public async Task The_back_off_doubles_up_to_its_longest_and_messages_wait_meanwhile()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var strategy = SupervisionStrategy.Restarting(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), 100, TimeSpan.FromMinutes(1));
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Supervision = strategy });
        var instances = 1;
        foreach (var seconds in (int[])[1, 2, 3, 3])
        {
            actor.Tell("crash");
            await Eventually.TrueAsync(() => actor.Waiting == 0);
            actor.Tell($"after {seconds}");
            await WaitForBackOffAsync(test, seconds, () => script.Instances, instances);
            instances++;
            await Eventually.TrueAsync(() => actor.Waiting == 0);
        }

        script.Seen.Where(seen => seen.StartsWith("after")).ShouldBe(["after 1", "after 2", "after 3", "after 3"]);
    }

    [Fact]
    public async Task A_quiet_stretch_clears_the_count_of_failures()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var strategy = SupervisionStrategy.Restarting(TimeSpan.Zero, TimeSpan.Zero, 1, TimeSpan.FromSeconds(10));
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Supervision = strategy });
        for (var failure = 0; failure < 5; failure++)
        {
            actor.Tell("crash");
            await TestSystem.SettleAsync(script, actor);
            test.Time.Advance(TimeSpan.FromSeconds(11));
        }

        script.Instances.ShouldBe(6);
    }

    [Fact]
    public async Task Too_many_restarts_escalate_and_the_parent_restarts_with_the_child()
    {
        await using var test = new TestSystem();
        var child = new Script();
        var bystander = new Script();
        var strategy = SupervisionStrategy.Restarting(TimeSpan.Zero, TimeSpan.Zero, 2, TimeSpan.FromMinutes(1));
        var parent = new Script
        {
            OnStart = context =>
            {
                _ = context.Child<string>("child") ?? context.Spawn("child", Recorder.Props(child) with { Supervision = strategy });
                _ = context.Child<string>("bystander") ?? context.Spawn("bystander", Recorder.Props(bystander));
                return ValueTask.CompletedTask;
            },
            OnMessage = (context, message) =>
            {
                context.Child<string>("child")!.Tell(message == "poison" ? "crash" : message);
                return ValueTask.CompletedTask;
            },
        };
        var actor = test.System.Spawn("parent", Recorder.Props(parent) with { Supervision = AtOnce });
        actor.Tell("poison");
        actor.Tell("poison");
        actor.Tell("fine");
        await child.ShouldSeeAsync("released: told to", "released: told to", "fine");
        parent.Instances.ShouldBe(1);

        actor.Tell("poison");
        await Eventually.TrueAsync(() => parent.Instances == 2 && child.Instances == 4);
        actor.Tell("fine again");
        await Eventually.TrueAsync(() => child.Seen.Last() == "fine again");
        bystander.Instances.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_can_stop_the_actor_and_its_children()
    {
        await using var test = new TestSystem();
        var child = new Script();
        var script = new Script
        {
            OnStart = context =>
            {
                context.Spawn("child", Recorder.Props(child));
                return ValueTask.CompletedTask;
            },
        };
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Supervision = SupervisionStrategy.Stopping });
        actor.Tell("crash");

        await script.ShouldSeeAsync("released: told to");
        await child.ShouldSeeAsync("stopped");
        await Eventually.TrueAsync(() => actor.Terminated.IsCancellationRequested);
    }

    [Fact]
    public async Task A_failure_that_comes_up_to_the_root_stops_that_actor_and_no_other()
    {
        await using var test = new TestSystem();
        var other = new Script();
        var actor = test.System.Spawn("a", Recorder.Props(new Script()) with { Supervision = SupervisionStrategy.Escalating });
        var neighbour = test.System.Spawn("b", Recorder.Props(other));
        actor.Tell("crash");
        await Eventually.TrueAsync(() => actor.Terminated.IsCancellationRequested);
        neighbour.Tell("still here");
        await other.ShouldSeeAsync("still here");
    }

    [Fact]
    public async Task An_actor_that_cannot_start_is_tried_again()
    {
        await using var test = new TestSystem();
        var attempts = 0;
        var script = new Script
        {
            OnStart = _ => ++attempts < 3 ? throw new IOException("not yet") : ValueTask.CompletedTask,
        };
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Supervision = AtOnce });
        actor.Tell("hello");
        await script.ShouldSeeAsync("released: not yet", "released: not yet", "hello");
    }

    [Fact]
    public async Task A_system_that_stops_stops_children_before_their_parents()
    {
        var test = new TestSystem();
        var order = new Script();
        var child = new Script { OnStart = _ => ValueTask.CompletedTask };
        test.System.Spawn("parent", new Props<string>(context => new Named(context, "parent", order, spawnChild: true)));
        await Eventually.TrueAsync(() => order.Seen.Count == 2);
        await test.DisposeAsync();
        order.Seen.Skip(2).ShouldBe(["child stops", "parent stops"]);
        Should.Throw<InvalidOperationException>(() => test.System.Spawn("late", Recorder.Props(child)));
    }

    /// <summary>The restart must come with the last step of the clock, and not before.</summary>
    private static async Task WaitForBackOffAsync(TestSystem test, int seconds, Func<int> instances, int before)
    {
        for (var second = 1; second < seconds; second++)
        {
            test.Time.Advance(TimeSpan.FromSeconds(1));
        }

        test.Time.Advance(TimeSpan.FromMilliseconds(900));
        instances().ShouldBe(before);
        test.Time.Advance(TimeSpan.FromMilliseconds(100));
        await Eventually.TrueAsync(() => instances() == before + 1);
    }

    private sealed class Named(ActorContext<string> context, string name, Script log, bool spawnChild) : Actor<string>(context)
    {
        protected override ValueTask OnStartAsync()
        {
            log.Seen.Enqueue($"{name} starts");
            if (spawnChild)
            {
                Context.Spawn("child", new Props<string>(child => new Named(child, "child", log, spawnChild: false)));
            }

            return ValueTask.CompletedTask;
        }

        protected override ValueTask ReceiveAsync(string message) => ValueTask.CompletedTask;

        protected override ValueTask OnStopAsync(Exception? failure)
        {
            log.Seen.Enqueue($"{name} stops");
            return ValueTask.CompletedTask;
        }
    }
}
