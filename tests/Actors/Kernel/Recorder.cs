using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Kernel;
using Xunke.Tests.Support;

namespace Xunke.Tests.Actors.Kernel;

/// <summary>An actor made of functions, which notes what happens to it.</summary>
internal sealed class Recorder : Actor<string>
{
    private readonly Script _script;

    private Recorder(ActorContext<string> context, Script script)
        : base(context)
    {
        _script = script;
        Interlocked.Increment(ref script.Instances);
    }

    public static Props<string> Props(Script script) => new(context => new Recorder(context, script));

    protected override async ValueTask OnStartAsync() => await _script.OnStart(Context);

    protected override async ValueTask ReceiveAsync(string message)
    {
        if (message == "crash")
        {
            throw new InvalidOperationException("told to");
        }

        _script.Seen.Enqueue(message);
        await _script.OnMessage(Context, message);
    }

    protected override ValueTask OnTerminatedAsync(ActorRef actor)
    {
        _script.Seen.Enqueue($"terminated {actor.Path}");
        return ValueTask.CompletedTask;
    }

    protected override ValueTask OnStopAsync(Exception? failure)
    {
        _script.Seen.Enqueue(failure is null ? "stopped" : $"released: {failure.Message}");
        return ValueTask.CompletedTask;
    }
}

/// <summary>What a <see cref="Recorder"/> does, and what it has seen.</summary>
internal sealed class Script
{
    public int Instances;

    public ConcurrentQueue<string> Seen { get; } = new();

    public Func<ActorContext<string>, ValueTask> OnStart { get; init; } = _ => ValueTask.CompletedTask;

    public Func<ActorContext<string>, string, ValueTask> OnMessage { get; init; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Waits until exactly these have been seen.</summary>
    public async Task ShouldSeeAsync(params string[] expected)
    {
        await Eventually.TrueAsync(() => Seen.Count >= expected.Length, () => $"saw [{string.Join(", ", Seen)}], expected [{string.Join(", ", expected)}]");
        Seen.ShouldBe(expected);
    }
}

/// <summary>A system with a clock that the test moves.</summary>
internal sealed class TestSystem : IAsyncDisposable
{
    public TestSystem() => System = new ActorSystem(Time, NullLoggerFactory.Instance);

    public ManualTime Time { get; } = new();

    public ActorSystem System { get; }

    /// <summary>Lets an actor finish what it was told before, through a question that queues behind it.</summary>
    public static async Task SettleAsync(Script script, ActorRef<string> actor)
    {
        var mark = $"mark {Guid.NewGuid()}";
        actor.Tell(mark);
        await Eventually.TrueAsync(() => script.Seen.Contains(mark), () => $"{actor} did not settle");
    }

    public ValueTask DisposeAsync() => System.DisposeAsync();
}
