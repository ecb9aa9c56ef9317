using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Hosting;

/// <summary>
/// An actor system of Akka.NET within this process: no port, no thread of its own, and no hand on the process's signals
/// or its exit. All members may be called from any thread.
/// </summary>
public sealed class ActorHost : IAsyncDisposable
{
    private readonly ExtendedActorSystem _system;
    private readonly TimeProvider _time;

    /// <summary>Starts an empty system.</summary>
    /// <param name="time">The clock of all timers, back-offs and time limits.</param>
    /// <param name="loggers">Gets Akka's lines; dead letters at debug level.</param>
    /// <param name="mailboxes">The mailboxes of the actors to come.</param>
    public ActorHost(TimeProvider time, ILoggerFactory loggers, IEnumerable<MailboxBound> mailboxes)
    {
        _time = time;
        DeadLetters = new DeadLetters(loggers.CreateLogger<DeadLetters>());
        var log = new AkkaLog(loggers.CreateLogger("Akka"));
        _system = (ExtendedActorSystem)ActorSystem.Create("xunke", $$"""
            akka {
                loglevel = {{log.Level}}
                # Listened to below, without an actor between.
                loggers = []
                stdout-loglevel = OFF
                log-dead-letters = off
                scheduler.implementation = "{{typeof(TimeProviderScheduler).AssemblyQualifiedName}}"
                actor.guardian-supervisor-strategy = "{{typeof(BackOffConfigurator).AssemblyQualifiedName}}"
                # The host stops the system, in its order, and waits for as long as it takes.
                coordinated-shutdown {
                    run-by-clr-shutdown-hook = off
                    run-by-actor-system-terminate = off
                    exit-clr = off
                }
            }
            {{string.Join(Environment.NewLine, mailboxes.Select(mailbox => mailbox.Hocon))}}
            """);
        ((TimeProviderScheduler)_system.Scheduler).Time = time;
        _system.EventStream.Subscribe(new EventListener<LogEvent>("log", _system, log.Write), typeof(LogEvent));
        _system.EventStream.Subscribe(new EventListener<AllDeadLetters>("dead-letters", _system, DeadLetters.Add), typeof(AllDeadLetters));
    }

    /// <summary>Messages that no actor handled.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>Makes an actor. It is restarted with a growing wait for as long as it fails.</summary>
    /// <exception cref="InvalidActorNameException">The name is taken.</exception>
    public ActorRef<TMessage> Spawn<TMessage>(string name, Props<TMessage> props)
        where TMessage : notnull
    {
        var actor = _system.ActorOf(props.Untyped, Uri.EscapeDataString(name));
        return new ActorRef<TMessage>(actor, actor.Path.ToStringWithoutAddress(), _time);
    }

    /// <summary>The actor of that name, which may be made later.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="child">A child of that actor, which is meant instead; null for the actor itself.</param>
    public ActorRef<TMessage> Find<TMessage>(string name, string? child = null)
        where TMessage : notnull
    {
        var path = _system.Guardian.Path / Uri.EscapeDataString(name);
        path = child is null ? path : path / child;
        return new ActorRef<TMessage>(_system.ActorSelection(path), path.ToStringWithoutAddress(), _time);
    }

    /// <summary>Stops every actor after the message in hand.</summary>
    public async ValueTask DisposeAsync() => await _system.Terminate().ConfigureAwait(false);
}
