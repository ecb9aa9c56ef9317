using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Hosting;
using Xunke.Actors.Messaging;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Messaging;

/// <summary>What a <see cref="Recorder"/> understands.</summary>
internal abstract record Word;

internal sealed record Say(string Text) : Word;

internal sealed record Sample(string Of, int Number) : Word, INewestWins
{
    string INewestWins.Key => Of;
}

internal sealed record Result(string Text) : Word, IToSelf;

internal sealed record HowMany : Word, IQuestion<Word, int>;

internal sealed record Crash : Word;

/// <summary>An actor made of functions, which notes what happens to it.</summary>
internal sealed class Recorder : TypedActor<Word>
{
    private readonly Script _script;

    private Recorder(Script script)
        : base(stashCapacity: 2)
    {
        _script = script;
        Interlocked.Increment(ref script.Instances);
    }

    public static Props<Word> Props(Script script, MailboxBound? mailbox = null) =>
        Props<Word>.Of(() => new Recorder(script), mailbox ?? TestSystem.Large);

    public void Aside(Word message) => SetAside(message);

    public void Pipe(Task<string> task) => PipeToSelf(task, text => new Result(text), failure => new Result(failure.Message));

    public void Reply(HowMany question, int number) => Answer(question, number);

    public void BecomeAnother(Action<Word> behaviour) => Become(behaviour);

    public void StopSelf() => Context.Stop(Self);

    protected override void PreStart() => _script.OnStart(this);

    protected override void PostStop() => _script.Seen.Enqueue("stopped");

    protected override void Handle(Word message)
    {
        if (message is Crash)
        {
            throw new InvalidOperationException("told to");
        }

        _script.Note(message);
        _script.OnMessage(this, message);
    }
}

/// <summary>What a <see cref="Recorder"/> does, and what it has seen.</summary>
internal sealed class Script
{
    public int Instances;

    public ConcurrentQueue<string> Seen { get; } = new();

    public Action<Recorder> OnStart { get; init; } = _ => { };

    public Action<Recorder, Word> OnMessage { get; init; } = (_, _) => { };

    public void Note(Word message) => Seen.Enqueue(message switch
    {
        Say say => say.Text,
        Sample sample => $"{sample.Of}{sample.Number}",
        Result result => result.Text,
        _ => message.GetType().Name,
    });

    /// <summary>Waits until exactly these have been seen.</summary>
    public async Task ShouldSeeAsync(params string[] expected)
    {
        await Eventually.TrueAsync(() => Seen.Count >= expected.Length, () => $"saw [{string.Join(", ", Seen)}], expected [{string.Join(", ", expected)}]");
        Seen.ShouldBe(expected);
    }
}

/// <summary>A script whose actor stays in its first message, "hold", until it is released.</summary>
internal sealed class HeldScript : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private volatile bool _holding;

    public HeldScript(Action<Recorder, Word>? onMessage = null) => Script = new Script
    {
        OnMessage = (actor, message) =>
        {
            onMessage?.Invoke(actor, message);
            if (message is Say { Text: "hold" })
            {
                _holding = true;
                _release.Wait(TimeSpan.FromSeconds(15)).ShouldBeTrue();
            }
        },
    };

    public Script Script { get; }

    public async Task<ActorRef<Word>> SpawnAsync(TestSystem test, MailboxBound mailbox)
    {
        var actor = test.Host.Spawn("held", Recorder.Props(Script, mailbox));
        actor.Tell(new Say("hold"));
        await Eventually.TrueAsync(() => _holding);
        return actor;
    }

    public void Release() => _release.Set();

    public void Dispose()
    {
        Release();
        _release.Dispose();
    }
}

/// <summary>A system with a clock that the test moves.</summary>
internal sealed class TestSystem : IAsyncDisposable
{
    public TestSystem(ILoggerFactory? loggers = null) => Host = new ActorHost(Time, loggers ?? NullLoggerFactory.Instance, [Small, Large]);

    public static MailboxBound Small { get; } = new("small", 2);

    public static MailboxBound Large { get; } = new("large", 10_000);

    public ManualTime Time { get; } = new();

    public ActorHost Host { get; }

    /// <summary>Lets an actor finish what it was told before.</summary>
    public static async Task SettleAsync(Script script, ActorRef<Word> actor)
    {
        var mark = $"mark {Guid.NewGuid()}";
        actor.Tell(new Say(mark));
        await Eventually.TrueAsync(() => script.Seen.Contains(mark), () => $"{actor} did not settle");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
