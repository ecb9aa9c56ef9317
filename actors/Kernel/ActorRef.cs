namespace Xunke.Actors.Kernel;

/// <summary>Someone's handle on an actor; it stays valid across restarts, and after the actor has stopped.</summary>
public abstract class ActorRef
{
    private protected ActorRef()
    {
    }

    /// <summary>Names from the root, such as "/district/s01/s01-304".</summary>
    public string Path => UntypedCell.Path;

    /// <summary>Cancelled once the actor has stopped for good.</summary>
    public CancellationToken Terminated => UntypedCell.Terminated;

    internal abstract ActorCell UntypedCell { get; }

    /// <summary>
    /// Asks the actor to stop: it finishes the message in hand, then its children stop, then it does. What is still in
    /// its mailbox goes to the dead letters.
    /// </summary>
    /// <returns>Completes when it has stopped.</returns>
    public Task StopAsync()
    {
        UntypedCell.RequestStop();
        return UntypedCell.WhenTerminated;
    }

    /// <inheritdoc />
    public override string ToString() => Path;
}

/// <summary>A handle that messages can be told to.</summary>
/// <typeparam name="TMessage">What the actor understands.</typeparam>
public sealed class ActorRef<TMessage> : ActorRef
    where TMessage : notnull
{
    private readonly ActorCell<TMessage> _cell;

    internal ActorRef(ActorCell<TMessage> cell) => _cell = cell;

    internal override ActorCell UntypedCell => _cell;

    /// <summary>Number of messages that wait in its mailbox, a snapshot.</summary>
    public int Waiting => _cell.Waiting;

    internal TimeProvider Time => _cell.System.Time;

    /// <summary>Puts a message into the actor's mailbox. Never blocks and never throws; what cannot be taken is a dead letter.</summary>
    public void Tell(TMessage message) => _cell.Post(message);

    /// <summary>As <see cref="Tell"/>.</summary>
    /// <returns>False where the message became a dead letter: the actor has stopped, or its mailbox is full and rejects.</returns>
    public bool TryTell(TMessage message) => _cell.Post(message);
}
