using Xunke.Actors.Kernel;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Kernel;

public sealed class AskTests
{
    private sealed record Question(int Number, ReplyTo<int> Reply);

    [Fact]
    public async Task An_answer_comes_back_to_the_asker()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", Props((question, _) => question.Reply.Tell(question.Number * 2)));
        (await actor.AskAsync<Question, int>(reply => new Question(21, reply), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).ShouldBe(42);
    }

    [Fact]
    public async Task A_question_without_an_answer_times_out_by_the_systems_clock()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", Props((_, _) => { }));
        var asking = actor.AskAsync<Question, int>(reply => new Question(1, reply), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        test.Time.Advance(TimeSpan.FromSeconds(4.9));
        await Task.Yield();
        asking.IsCompleted.ShouldBeFalse();
        test.Time.Advance(TimeSpan.FromSeconds(0.1));
        (await Should.ThrowAsync<AskTimeoutException>(asking)).Message.ShouldContain("/a");
    }

    [Fact]
    public async Task An_answer_after_the_time_out_is_ignored()
    {
        await using var test = new TestSystem();
        ReplyTo<int>? late = null;
        var actor = test.System.Spawn("a", Props((question, _) => Volatile.Write(ref late, question.Reply)));
        var asking = actor.AskAsync<Question, int>(reply => new Question(1, reply), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Volatile.Read(ref late) is not null);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<AskTimeoutException>(asking);
        late!.Tell(1);
    }

    [Fact]
    public async Task A_fault_is_told_to_the_asker_and_does_not_fail_the_actor()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", Props((question, _) =>
        {
            if (question.Number < 0)
            {
                question.Reply.Fail(new ArgumentException("negative"));
            }
            else
            {
                question.Reply.Tell(question.Number);
            }
        }));
        await Should.ThrowAsync<ArgumentException>(actor.AskAsync<Question, int>(reply => new Question(-1, reply), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        (await actor.AskAsync<Question, int>(reply => new Question(7, reply), TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken)).ShouldBe(7);
    }

    [Fact]
    public async Task Asking_an_actor_that_has_stopped_fails_at_once()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", Props((_, _) => { }));
        await actor.StopAsync();
        await Should.ThrowAsync<ActorUnavailableException>(
            actor.AskAsync<Question, int>(reply => new Question(1, reply), TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_actor_that_stops_before_it_answers_lets_the_asker_go()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", Props((_, context) => context.StopSelf()));
        await Should.ThrowAsync<ActorUnavailableException>(
            actor.AskAsync<Question, int>(reply => new Question(1, reply), TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_asker_can_give_up()
    {
        await using var test = new TestSystem();
        var actor = test.System.Spawn("a", Props((_, _) => { }));
        using var giveUp = new CancellationTokenSource();
        var asking = actor.AskAsync<Question, int>(reply => new Question(1, reply), TimeSpan.FromHours(1), giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
    }

    private static Props<Question> Props(Action<Question, ActorContext<Question>> answer) =>
        new(context => new Answering(context, answer));

    private sealed class Answering(ActorContext<Question> context, Action<Question, ActorContext<Question>> answer) : Actor<Question>(context)
    {
        protected override ValueTask ReceiveAsync(Question message)
        {
            answer(message, Context);
            return ValueTask.CompletedTask;
        }
    }
}
