using Xunke.Actors.Messaging;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Messaging;

public sealed class AskTests
{
    private static readonly TimeSpan Ever = TimeSpan.FromHours(1);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_comes_back_to_the_asker()
    {
        await using var test = new TestSystem();
        var actor = test.Host.Spawn("a", Recorder.Props(new Script { OnMessage = (self, message) => self.Reply((HowMany)message, 42) }));
        (await actor.AskAsync(new HowMany(), Ever, Cancelled)).ShouldBe(42);
    }

    [Fact]
    public async Task A_question_without_an_answer_times_out_by_the_injected_clock()
    {
        await using var test = new TestSystem();
        var script = new Script();
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        var asking = actor.AskAsync(new HowMany(), TimeSpan.FromSeconds(5), Cancelled);
        await script.ShouldSeeAsync(nameof(HowMany));
        test.Time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Delay(20, Cancelled);
        asking.IsCompleted.ShouldBeFalse();
        test.Time.Advance(TimeSpan.FromSeconds(0.1));
        (await Should.ThrowAsync<AskTimeoutException>(asking)).Message.ShouldContain("/user/a");
    }

    [Fact]
    public async Task Asking_an_actor_that_has_stopped_fails_at_once()
    {
        await using var test = new TestSystem();
        var script = new Script { OnMessage = (self, _) => self.StopSelf() };
        var actor = test.Host.Spawn("a", Recorder.Props(script));
        actor.Tell(new Say("stop"));
        await script.ShouldSeeAsync("stop", "stopped");
        await Should.ThrowAsync<ActorUnavailableException>(actor.AskAsync(new HowMany(), Ever, Cancelled));
    }

    [Fact]
    public async Task An_actor_that_stops_before_it_comes_to_the_question_lets_the_asker_go()
    {
        await using var test = new TestSystem();
        using var held = new HeldScript((self, _) => self.StopSelf());
        var actor = await held.SpawnAsync(test, TestSystem.Large);
        var asking = actor.AskAsync(new HowMany(), Ever, Cancelled);
        held.Release();
        await Should.ThrowAsync<ActorUnavailableException>(asking);
    }

    [Fact]
    public async Task Asking_an_actor_whose_mailbox_is_full_fails_at_once()
    {
        await using var test = new TestSystem();
        using var held = new HeldScript();
        var actor = await held.SpawnAsync(test, TestSystem.Small);
        actor.Tell(new Say("1"));
        actor.Tell(new Say("2"));
        await Should.ThrowAsync<ActorUnavailableException>(actor.AskAsync(new HowMany(), Ever, Cancelled));
    }

    [Fact]
    public async Task An_asker_can_give_up()
    {
        await using var test = new TestSystem();
        var actor = test.Host.Spawn("a", Recorder.Props(new Script()));
        using var giveUp = new CancellationTokenSource();
        var asking = actor.AskAsync(new HowMany(), Ever, giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
    }
}
