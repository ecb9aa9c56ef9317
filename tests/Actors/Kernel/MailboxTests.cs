using Xunke.Actors.Kernel;

namespace Xunke.Tests.Actors.Kernel;

public sealed class MailboxTests
{
    [Fact]
    public async Task Messages_of_one_sender_are_handled_in_order()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Mailbox = MailboxOptions<string>.Rejecting(10_000) });

        var expected = Enumerable.Range(0, 5_000).Select(number => number.ToString()).ToArray();
        foreach (var message in expected)
        {
            actor.Tell(message);
        }

        await script.ShouldSeeAsync(expected);
    }

    [Fact]
    public async Task No_message_is_handled_before_the_one_in_hand_is_done()
    {
        await using var test = new TestSystem();
        var release = new TaskCompletionSource();
        var inside = 0;
        var most = 0;
        var script = new Script
        {
            OnMessage = async (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await release.Task;
                Interlocked.Decrement(ref inside);
            },
        };
        var actor = test.System.Spawn("a", Recorder.Props(script));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => actor.Tell($"{number}"))));
        release.SetResult();

        await Support.Eventually.TrueAsync(() => script.Seen.Count == 8);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task A_full_mailbox_rejects_the_newcomer_to_the_dead_letters()
    {
        await using var test = new TestSystem();
        var (script, release, actor) = Held(test, MailboxOptions<string>.Rejecting(2));
        await script.ShouldSeeAsync("hold");

        actor.TryTell("1").ShouldBeTrue();
        actor.TryTell("2").ShouldBeTrue();
        actor.TryTell("3").ShouldBeFalse();
        test.System.DeadLetters.Count(DeadLetterReason.MailboxFull).ShouldBe(1);

        release.SetResult();
        await script.ShouldSeeAsync("hold", "1", "2");
    }

    [Fact]
    public async Task A_full_mailbox_drops_its_oldest_where_that_is_its_policy()
    {
        await using var test = new TestSystem();
        var (script, release, actor) = Held(test, MailboxOptions<string>.DroppingOldest(2));
        await script.ShouldSeeAsync("hold");

        foreach (var message in (string[])["1", "2", "3"])
        {
            actor.TryTell(message).ShouldBeTrue();
        }

        test.System.DeadLetters.Count(DeadLetterReason.Dropped).ShouldBe(1);
        release.SetResult();
        await script.ShouldSeeAsync("hold", "2", "3");
    }

    [Fact]
    public async Task The_newest_sample_of_a_key_takes_the_place_of_the_one_that_waits()
    {
        await using var test = new TestSystem();
        var options = MailboxOptions<string>.LatestWins(3, message => message.StartsWith("sample") ? message[..8] : null);
        var (script, release, actor) = Held(test, options);
        await script.ShouldSeeAsync("hold");

        foreach (var message in (string[])["sample A1", "gone", "sample B1", "sample A2", "sample A3"])
        {
            actor.TryTell(message).ShouldBeTrue();
        }

        actor.TryTell("one too many").ShouldBeFalse();
        actor.TryTell("sample B2").ShouldBeTrue();
        release.SetResult();
        await script.ShouldSeeAsync("hold", "sample A3", "gone", "sample B2");
        test.System.DeadLetters.Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_was_handled_queues_anew()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.System.Spawn("a", Recorder.Props(script) with { Mailbox = MailboxOptions<string>.LatestWins(2, message => message[..1]) });
        for (var number = 0; number < 5; number++)
        {
            actor.Tell($"k{number}");
            await script.ShouldSeeAsync([.. Enumerable.Range(0, number + 1).Select(seen => $"k{seen}")]);
        }
    }

    [Fact]
    public async Task A_stop_overtakes_the_messages_that_wait_and_they_become_dead_letters()
    {
        await using var test = new TestSystem();
        var (script, release, actor) = Held(test, MailboxOptions<string>.Rejecting(100));
        await script.ShouldSeeAsync("hold");
        actor.Tell("1");
        actor.Tell("2");
        var stopping = actor.StopAsync();
        release.SetResult();

        await stopping.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        script.Seen.ShouldBe(["hold", "stopped"]);
        test.System.DeadLetters.Count(DeadLetterReason.Stopped).ShouldBe(2);

        actor.TryTell("late").ShouldBeFalse();
        test.System.DeadLetters.Count(DeadLetterReason.Stopped).ShouldBe(3);
    }

    [Fact]
    public async Task A_busy_actor_gives_way_to_others_after_its_budget()
    {
        await using var test = new TestSystem();
        var options = MailboxOptions<string>.Rejecting(16) with { Throughput = 1 };
        var both = new Script();
        // Each tells itself on for ever; were a turn endless, a machine's worth of them would shut the last one out.
        var props = Recorder.Props(new Script { OnMessage = Again }) with { Mailbox = options };
        for (var number = 0; number <= Environment.ProcessorCount; number++)
        {
            test.System.Spawn($"busy{number}", props).Tell("go");
        }

        var last = test.System.Spawn("last", Recorder.Props(both));
        last.Tell("heard");
        await both.ShouldSeeAsync("heard");

        static ValueTask Again(ActorContext<string> context, string message)
        {
            context.Self.Tell(message);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task Telling_a_warm_actor_allocates_nothing()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", new Props<string>(context => new Idle(context)) { Mailbox = MailboxOptions<string>.Rejecting(4096) });
        for (var number = 0; number < 4_000; number++)
        {
            actor.Tell("warm");
        }

        await Support.Eventually.TrueAsync(() => actor.Waiting == 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 0; number < 4_000; number++)
        {
            actor.Tell("warm");
        }

        // The thread pool grows its own queue now and then; a message's worth would be at least 24 bytes each.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000);
    }

    private static (Script Script, TaskCompletionSource Release, ActorRef<string> Actor) Held(TestSystem test, MailboxOptions<string> options)
    {
        var release = new TaskCompletionSource();
        var script = new Script { OnMessage = async (_, message) => await (message == "hold" ? release.Task : Task.CompletedTask) };
        var actor = test.System.Spawn("held", Recorder.Props(script) with { Mailbox = options });
        actor.Tell("hold");
        return (script, release, actor);
    }

    private sealed class Idle(ActorContext<string> context) : Actor<string>(context)
    {
        protected override ValueTask ReceiveAsync(string message) => ValueTask.CompletedTask;
    }
}
