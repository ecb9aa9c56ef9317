using Akka.Actor;

namespace Xunke.Actors.Messaging;

/// <summary>A handle that only takes the messages of its actor. It stays valid when the actor restarts.</summary>
/// <typeparam name="TMessage">The base record of the actor's messages.</typeparam>
public sealed class ActorRef<TMessage>
    where TMessage : notnull
{
    private readonly ICanTell _target;
    private readonly TimeProvider _time;

    internal ActorRef(ICanTell target, string path, TimeProvider time)
    {
        _target = target;
        _time = time;
        Path = path;
    }

    /// <summary>Such as "/user/district".</summary>
    public string Path { get; }

    /// <summary>Puts a message into the actor's mailbox. Never blocks; a message that does not fit is a dead letter.</summary>
    public void Tell(TMessage message) => _target.Tell(message, ActorRefs.NoSender);

    /// <summary>Puts a message into the actor's mailbox whose answer goes to somebody else.</summary>
    internal void Tell(TMessage message, IActorRef asker) => _target.Tell(message, asker);

    /// <summary>Asks the actor and waits for its answer. Not for use inside an actor.</summary>
    /// <param name="question">One of the actor's messages.</param>
    /// <param name="timeout">How long to wait, by the injected clock.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AskTimeoutException">No answer in time.</exception>
    /// <exception cref="ActorUnavailableException">The actor has stopped, or its mailbox is full.</exception>
    public Task<TReply> AskAsync<TReply>(
        IQuestion<TMessage, TReply> question, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        _target.AskAsync<TReply>(question, Path, timeout, _time, cancellationToken);

    /// <inheritdoc />
    public override string ToString() => Path;
}
