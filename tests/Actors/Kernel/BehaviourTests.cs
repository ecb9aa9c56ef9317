using Xunke.Actors.Kernel;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Kernel;

public sealed class BehaviourTests
{
    [Fact]
    public async Task Become_changes_the_handler_from_the_next_message_on()
    {
        await using var test = new TestSystem();
        var script = new Script
        {
            OnMessage = (context, message) =>
            {
                if (message == "become")
                {
                    context.Become(other =>
                    {
                        if (other == "unbecome")
                        {
                            context.Unbecome();
                        }

                        return ValueTask.CompletedTask;
                    });
                }

                return ValueTask.CompletedTask;
            },
        };
        var actor = test.System.Spawn("a", Recorder.Props(script));
        foreach (var message in (string[])["1", "become", "unseen", "unbecome", "2"])
        {
            actor.Tell(message);
        }

        await script.ShouldSeeAsync("1", "become", "2");
    }

    [Fact]
    public async Task Stashed_messages_come_back_in_order_before_the_mailbox()
    {
        await using var test = new TestSystem();
        var seen = new Script();
        var actor = test.System.Spawn("a", new Props<string>(context => new Opening(context, seen)) { StashCapacity = 2 });
        foreach (var message in (string[])["1", "2", "3", "open", "4"])
        {
            actor.Tell(message);
        }

        await seen.ShouldSeeAsync("1", "2", "4");
        test.System.DeadLetters.Count(DeadLetterReason.StashFull).ShouldBe(1);
    }

    [Fact]
    public async Task Stashed_messages_outlive_a_crash()
    {
        await using var test = new TestSystem();
        var seen = new Script();
        var actor = test.System.Spawn("a", new Props<string>(context => new Opening(context, seen))
        {
            Supervision = SupervisionStrategy.Default with { FirstBackOff = TimeSpan.Zero },
        });
        foreach (var message in (string[])["1", "crash", "open"])
        {
            actor.Tell(message);
        }

        await seen.ShouldSeeAsync("1");
    }

    [Fact]
    public async Task A_watcher_hears_once_that_the_watched_actor_stopped_and_not_of_its_restarts()
    {
        await using var test = new TestSystem();
        var watchedScript = new Script();
        var watched = test.System.Spawn("watched", Recorder.Props(watchedScript) with
        {
            Supervision = SupervisionStrategy.Default with { FirstBackOff = TimeSpan.Zero },
        });
        var script = new Script
        {
            OnStart = context =>
            {
                context.Watch(watched);
                context.Watch(watched);
                return ValueTask.CompletedTask;
            },
        };
        var watcher = test.System.Spawn("watcher", Recorder.Props(script));
        await TestSystem.SettleAsync(script, watcher);
        watched.Tell("crash");
        await Eventually.TrueAsync(() => watchedScript.Instances == 2);
        await watched.StopAsync();
        watcher.Tell("end");

        await Eventually.TrueAsync(() => script.Seen.Contains("end"));
        script.Seen.Skip(1).ShouldBe(["terminated /watched", "end"]);
    }

    [Fact]
    public async Task Watching_an_actor_that_has_stopped_is_answered_at_once()
    {
        await using var test = new TestSystem();
        var gone = test.System.Spawn("gone", Recorder.Props(new Script()));
        await gone.StopAsync();
        var script = new Script
        {
            OnStart = context =>
            {
                context.Watch(gone);
                return ValueTask.CompletedTask;
            },
        };
        test.System.Spawn("watcher", Recorder.Props(script));
        await script.ShouldSeeAsync("terminated /gone");
    }

    [Fact]
    public async Task A_watcher_that_failed_hears_of_the_stop_after_its_restart()
    {
        await using var test = new TestSystem();
        var watched = test.System.Spawn("watched", Recorder.Props(new Script()));
        var script = new Script
        {
            OnMessage = (context, message) =>
            {
                if (message == "watch")
                {
                    context.Watch(watched);
                }

                return ValueTask.CompletedTask;
            },
        };
        var watcher = test.System.Spawn("watcher", Recorder.Props(script) with { Supervision = SupervisionStrategy.Default with { FirstBackOff = TimeSpan.FromSeconds(1) } });
        watcher.Tell("watch");
        watcher.Tell("crash");
        await Eventually.TrueAsync(() => watcher.Waiting == 0);
        await watched.StopAsync();
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await script.ShouldSeeAsync("watch", "released: told to", "terminated /watched");
    }

    [Fact]
    public async Task The_name_of_a_child_that_stopped_can_be_given_again_at_once()
    {
        await using var test = new TestSystem();
        var parent = test.System.Spawn("parent", new Props<ReplyTo<ActorRef<string>>>(context => new Replacing(context)));
        var first = await parent.AskAsync<ReplyTo<ActorRef<string>>, ActorRef<string>>(reply => reply, TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        await first.StopAsync();
        var second = await parent.AskAsync<ReplyTo<ActorRef<string>>, ActorRef<string>>(reply => reply, TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        second.Path.ShouldBe(first.Path);
        second.ShouldNotBeSameAs(first);
    }

    private sealed class Opening(ActorContext<string> context, Script script) : Actor<string>(context)
    {
        protected override ValueTask ReceiveAsync(string message)
        {
            switch (message)
            {
                case "crash":
                    throw new InvalidOperationException("told to");
                case "open":
                    Context.UnstashAll();
                    Context.Become(Open);
                    break;
                default:
                    Context.Stash(message);
                    break;
            }

            return ValueTask.CompletedTask;
        }

        private ValueTask Open(string message)
        {
            if (message != "open")
            {
                script.Seen.Enqueue(message);
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class Replacing(ActorContext<ReplyTo<ActorRef<string>>> context) : Actor<ReplyTo<ActorRef<string>>>(context)
    {
        private ActorRef<string>? _child;

        protected override ValueTask OnStartAsync() => ReplaceAsync();

        protected override ValueTask ReceiveAsync(ReplyTo<ActorRef<string>> message)
        {
            message.Tell(_child!);
            return ValueTask.CompletedTask;
        }

        protected override ValueTask OnTerminatedAsync(ActorRef actor) => ReplaceAsync();

        private ValueTask ReplaceAsync()
        {
            _child = Context.Spawn("child", Recorder.Props(new Script()));
            Context.Watch(_child);
            return ValueTask.CompletedTask;
        }
    }
}
