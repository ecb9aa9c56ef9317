using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster.Sharding;
using Akka.Configuration;
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
    internal const string SystemName = "xunke";

    private readonly ExtendedActorSystem _system;
    private readonly TimeProvider _time;
    private readonly bool _isClustered;

    /// <summary>Starts an empty system within this process.</summary>
    /// <param name="time">The clock of all timers, back-offs and time limits.</param>
    /// <param name="loggers">Gets Akka's lines; dead letters at debug level.</param>
    /// <param name="mailboxes">The mailboxes of the actors to come.</param>
    public ActorHost(TimeProvider time, ILoggerFactory loggers, IEnumerable<MailboxBound> mailboxes)
        : this(time, loggers, mailboxes, null)
    {
    }

    /// <summary>Starts an empty system, which may be a node of a cluster.</summary>
    /// <param name="time">The clock of all timers, back-offs and time limits.</param>
    /// <param name="loggers">Gets Akka's lines; dead letters at debug level.</param>
    /// <param name="mailboxes">The mailboxes of the actors to come.</param>
    /// <param name="cluster">The node, and what may travel between nodes; null for a system within this process.</param>
    internal ActorHost(
        TimeProvider time, ILoggerFactory loggers, IEnumerable<MailboxBound> mailboxes,
        (ClusterNode Node, IReadOnlyList<WireMessage> Messages)? cluster)
    {
        _time = time;
        _isClustered = cluster is not null;
        DeadLetters = new DeadLetters(loggers.CreateLogger<DeadLetters>());
        var log = new AkkaLog(loggers.CreateLogger("Akka"));
        _system = (ExtendedActorSystem)ActorSystem.Create(SystemName, BootstrapSetup.Create().WithConfig($$"""
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
            {{cluster?.Node.Hocon}}
            """).And(MessageSerializer.Setup(cluster?.Messages ?? [])));
        ((TimeProviderScheduler)_system.Scheduler).Time = time;
        _system.EventStream.Subscribe(new EventListener<LogEvent>("log", _system, log.Write), typeof(LogEvent));
        _system.EventStream.Subscribe(new EventListener<AllDeadLetters>("dead-letters", _system, DeadLetters.Add), typeof(AllDeadLetters));
    }

    /// <summary>Messages that no actor handled.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>Actors of one kind, found by their ids: in this process, or, in a cluster, on any node.</summary>
    /// <param name="kind">Names the kind.</param>
    /// <param name="props">How to make the one of an id.</param>
    internal Entities<TMessage> Entities<TMessage>(string kind, Func<string, Props<TMessage>> props)
        where TMessage : notnull => _isClustered
        ? new ShardedEntities<TMessage>(
            kind,
            ClusterSharding.Get(_system).Start(
                kind, id => props(id).Untyped, ClusterShardingSettings.Create(_system), ShardedEntities<TMessage>.Extractor),
            _time)
        : new LocalEntities<TMessage>(kind, id => _system.ActorOf(props(id).Untyped, Uri.EscapeDataString($"{kind}-{id}")), _time);

    /// <summary>Makes an actor. It is restarted with a growing wait for as long as it fails.</summary>
    /// <exception cref="InvalidActorNameException">The name is taken.</exception>
    public ActorRef<TMessage> Spawn<TMessage>(string name, Props<TMessage> props)
        where TMessage : notnull
    {
        var actor = _system.ActorOf(props.Untyped, Uri.EscapeDataString(name));
        return new ActorRef<TMessage>(actor, actor.Path.ToStringWithoutAddress(), _time);
    }

    /// <summary>Stops every actor after the message in hand. A node of a cluster leaves it first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClustered)
        {
            await CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).ConfigureAwait(false);
        }

        await _system.Terminate().ConfigureAwait(false);
    }
}
