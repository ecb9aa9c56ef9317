using Akka.Actor;

namespace Xunke.Actors.Messaging;

/// <summary>
/// The actors of one kind, each found by its id, wherever it lives. The first message makes it. Callable from any thread.
/// </summary>
/// <typeparam name="TMessage">The base record of their messages.</typeparam>
/// <param name="kind">Names the kind, such as "room".</param>
/// <param name="time">The clock of time limits.</param>
internal abstract class Entities<TMessage>(string kind, TimeProvider time)
    where TMessage : notnull
{
    /// <summary>Makes the actor, unless it is there.</summary>
    public abstract void Start(string id);

    /// <summary>Puts a message into the actor's mailbox. Never blocks; a message that does not fit is a dead letter.</summary>
    public void Tell(string id, TMessage message)
    {
        var (target, parcel) = Route(id, message);
        target.Tell(parcel, ActorRefs.NoSender);
    }

    /// <summary>Asks the actor and waits for its answer. Not for use inside an actor.</summary>
    /// <exception cref="AskTimeoutException">No answer in time.</exception>
    /// <exception cref="ActorUnavailableException">The actor has stopped, or its mailbox is full.</exception>
    public Task<TReply> AskAsync<TPart, TReply>(
        string id, IQuestion<TPart, TReply> question, TimeSpan timeout, CancellationToken cancellationToken = default)
        where TPart : TMessage
    {
        var (target, parcel) = Route(id, question);
        return target.AskAsync<TReply>(parcel, $"{kind} {id}", timeout, time, cancellationToken);
    }

    /// <summary>Whom to tell what, so that the message reaches the actor of that id.</summary>
    private protected abstract (ICanTell Target, object Parcel) Route(string id, object message);
}
