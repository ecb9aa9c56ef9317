using Microsoft.Extensions.Logging;

namespace Xunke.Actors.Kernel;

/// <summary>The root of a tree of actors, with their clock and their dead letters.</summary>
public sealed class ActorSystem : IAsyncDisposable
{
    private readonly ActorCell<Stop> _root;

    /// <summary>Starts an empty tree.</summary>
    /// <param name="time">The clock of all timers, back-offs and time-outs.</param>
    /// <param name="loggers">Failures are logged as warnings, dead letters at debug level.</param>
    public ActorSystem(TimeProvider time, ILoggerFactory loggers)
    {
        Time = time;
        Log = new KernelLog(loggers.CreateLogger<ActorSystem>());
        DeadLetters = new DeadLetters(loggers.CreateLogger<DeadLetters>());
        _root = new ActorCell<Stop>(this, null, "", new Props<Stop>(context => new Root(context)));
        _root.Post(new Start());
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Messages that no actor handled.</summary>
    public DeadLetters DeadLetters { get; }

    internal KernelLog Log { get; }

    /// <summary>Makes an actor at the top of the tree. A failure that comes up from it stops it and nothing else.</summary>
    /// <exception cref="InvalidOperationException">The name is taken, or the system is stopping.</exception>
    public ActorRef<TMessage> Spawn<TMessage>(string name, Props<TMessage> props)
        where TMessage : notnull => _root.Spawn(name, props);

    /// <summary>Stops every actor, children before their parents.</summary>
    public async ValueTask DisposeAsync()
    {
        _root.RequestStop();
        await _root.WhenTerminated.ConfigureAwait(false);
    }

    private sealed class Root(ActorContext<Stop> context) : Actor<Stop>(context)
    {
        protected override ValueTask ReceiveAsync(Stop message) => ValueTask.CompletedTask;
    }
}
