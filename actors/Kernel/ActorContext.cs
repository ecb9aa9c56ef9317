namespace Xunke.Actors.Kernel;

/// <summary>
/// What an actor can do besides handling messages. For use in the actor's own turn only, except <see cref="Self"/> and
/// <see cref="System"/>.
/// </summary>
/// <typeparam name="TMessage">What the actor understands.</typeparam>
public sealed class ActorContext<TMessage>
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;

    internal ActorContext(ActorCell<TMessage> cell) => _cell = cell;

    /// <summary>The actor itself.</summary>
    public ActorRef<TMessage> Self => _cell.TypedRef;

    /// <summary>The system that it lives in.</summary>
    public ActorSystem System => _cell.System;

    /// <summary>The clock.</summary>
    public TimeProvider Time => _cell.System.Time;

    /// <summary>Messages to itself at a later time.</summary>
    public ActorTimers<TMessage> Timers => _cell.Timers;

    /// <summary>All children that have not stopped.</summary>
    public IReadOnlyList<ActorRef> Children => _cell.Children();

    /// <summary>Makes a child. It stops when this actor stops, and outlives this actor's restarts.</summary>
    /// <exception cref="InvalidOperationException">There is a child of that name, or the actor is stopping.</exception>
    public ActorRef<TChild> Spawn<TChild>(string name, Props<TChild> props)
        where TChild : notnull => _cell.Spawn(name, props);

    /// <summary>The child of that name, or null.</summary>
    /// <exception cref="InvalidCastException">It understands other messages.</exception>
    public ActorRef<TChild>? Child<TChild>(string name)
        where TChild : notnull => (ActorRef<TChild>?)_cell.Child(name)?.Ref;

    /// <summary>Has <see cref="Actor{TMessage}.OnTerminatedAsync"/> called once the other has stopped, also where it has already.</summary>
    public void Watch(ActorRef other) => _cell.StartWatching(other.UntypedCell);

    /// <summary>Ends <see cref="Watch"/>; nothing comes after this, even if the other stops at the same moment.</summary>
    public void Unwatch(ActorRef other) => _cell.StopWatching(other.UntypedCell);

    /// <summary>From the next message on, another handler.</summary>
    public void Become(Func<TMessage, ValueTask> receive) => _cell.Become(receive);

    /// <summary>From the next message on, <see cref="Actor{TMessage}.ReceiveAsync"/> again.</summary>
    public void Unbecome() => _cell.BecomeInitial();

    /// <summary>Sets a message aside until <see cref="UnstashAll"/> or the next restart; a full stash makes it a dead letter.</summary>
    public void Stash(TMessage message) => _cell.SetAside(message);

    /// <summary>Handles the messages set aside next, in their order, before the mailbox.</summary>
    public void UnstashAll() => _cell.Stash.UnstashAll();

    /// <summary>Stops the actor after this message.</summary>
    public void StopSelf() => _cell.RequestStop();
}
