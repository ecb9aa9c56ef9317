using Xunke.Actors.Messaging;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Messaging;

public sealed class BoundedMailboxTests
{
    [Fact]
    public async Task Messages_of_one_sender_are_handled_in_order()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        var expected = Enumerable.Range(0, 5_000).Select(number => $"{number}").ToArray();
        foreach (var text in expected)
        {
            actor.Tell(new Say(text));
        }

        await script.ShouldSeeAsync(expected);
    }

    [Fact]
    public async Task A_full_mailbox_rejects_the_newcomer_to_the_dead_letters()
    {
        await using var test = new TestSystem();
        using var held = new HeldScript();
        var actor = await held.SpawnAsync(test, TestSystem.Small);
        foreach (var text in (string[])["1", "2", "3"])
        {
            actor.Tell(new Say(text));
        }

        test.Host.DeadLetters.Count(DeadLetterReason.MailboxFull).ShouldBe(1);
        held.Release();
        await held.Script.ShouldSeeAsync("hold", "1", "2");
        test.Host.DeadLetters.Total.ShouldBe(1);
    }

    [Fact]
    public async Task The_newest_sample_takes_the_place_of_the_one_that_waits()
    {
        await using var test = new TestSystem();
        using var held = new HeldScript();
        var actor = await held.SpawnAsync(test, TestSystem.Small);
        Word[] words = [new Sample("A", 1), new Say("1"), new Sample("B", 1), new Sample("A", 2), new Say("2"), new Say("one too many"), new Sample("B", 2), new Sample("A", 3)];
        foreach (var word in words)
        {
            actor.Tell(word);
        }

        held.Release();
        await held.Script.ShouldSeeAsync("hold", "A3", "1", "B2", "2");
        test.Host.DeadLetters.Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_was_handled_queues_anew()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script, TestSystem.Small));
        for (var number = 0; number < 5; number++)
        {
            actor.Tell(new Sample("k", number));
            await script.ShouldSeeAsync([.. Enumerable.Range(0, number + 1).Select(seen => $"k{seen}")]);
        }
    }

    [Fact]
    public async Task A_timer_that_fires_comes_before_a_full_mailbox()
    {
        await using var test = new TestSystem();
        using var held = new HeldScript((actor, message) =>
        {
            if (message is Say { Text: "hold" })
            {
                actor.Timers.StartSingleTimer("t", new Say("beat"), TimeSpan.FromSeconds(1));
            }
        });
        var actor = await held.SpawnAsync(test, TestSystem.Small);
        actor.Tell(new Say("1"));
        actor.Tell(new Say("2"));
        test.Time.Advance(TimeSpan.FromSeconds(1));
        held.Release();
        await held.Script.ShouldSeeAsync("hold", "beat", "1", "2");
    }

    [Fact]
    public async Task What_an_actor_tells_itself_fits_a_full_mailbox()
    {
        await using var test = new TestSystem();
        var work = new TaskCompletionSource<string>();
        using var held = new HeldScript((actor, message) =>
        {
            if (message is Say { Text: "hold" })
            {
                actor.Pipe(work.Task);
            }
        });
        var actor = await held.SpawnAsync(test, TestSystem.Small);
        actor.Tell(new Say("1"));
        actor.Tell(new Say("2"));
        work.SetResult("done");
        held.Release();
        await Eventually.TrueAsync(() => held.Script.Seen.Count == 4);
        held.Script.Seen.ShouldContain("done");
        test.Host.DeadLetters.Total.ShouldBe(0);
    }

    [Fact]
    public async Task Messages_set_aside_come_back_in_order_before_the_mailbox_and_one_too_many_is_a_dead_letter()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(Opening(script)));
        foreach (var text in (string[])["1", "2", "3", "open", "4"])
        {
            actor.Tell(new Say(text));
        }

        await script.ShouldSeeAsync("1", "2", "4");
        test.Host.DeadLetters.Count(DeadLetterReason.StashFull).ShouldBe(1);
        test.Host.DeadLetters.Total.ShouldBe(1);
    }

    [Fact]
    public async Task Messages_set_aside_outlive_a_crash()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var opening = Opening(script);
        var actor = test.Host.Spawn("a", Recorder.Props(opening));
        foreach (var word in (Word[])[new Say("1"), new Crash(), new Say("open")])
        {
            actor.Tell(word);
        }

        await Eventually.TrueAsync(() => Restarted(test, opening));
        await script.ShouldSeeAsync("1");
    }

    [Fact]
    public async Task What_waits_for_an_actor_that_stops_becomes_a_dead_letter()
    {
        await using var test = new TestSystem();
        using var held = new HeldScript((actor, message) =>
        {
            if (message is Say { Text: "hold" })
            {
                actor.StopSelf();
            }
        });
        var actor = await held.SpawnAsync(test, TestSystem.Small);
        actor.Tell(new Say("1"));
        actor.Tell(new Say("2"));
        held.Release();
        await held.Script.ShouldSeeAsync("hold", "stopped");
        await Eventually.TrueAsync(() => test.Host.DeadLetters.Count(DeadLetterReason.Stopped) == 2);

        actor.Tell(new Say("late"));
        test.Host.DeadLetters.Count(DeadLetterReason.Stopped).ShouldBe(3);
    }

    internal static bool Restarted(TestSystem test, Script script, int instances = 2)
    {
        test.Time.Advance(TimeSpan.FromMilliseconds(50));
        return script.Instances == instances;
    }

    /// <summary>Sets everything aside until it is told to open; notes what it handles after that.</summary>
    private static Script Opening(Script seen) => new()
    {
        OnMessage = (actor, message) =>
        {
            if (message is Say { Text: "open" })
            {
                actor.Stash.UnstashAll();
                actor.BecomeAnother(seen.Note);
            }
            else
            {
                actor.Aside(message);
            }
        },
    };
}
