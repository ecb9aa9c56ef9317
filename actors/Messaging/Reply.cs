using Akka.Actor;

namespace Xunke.Actors.Messaging;

/// <summary>The answer to a question that takes longer than one message. It is given once.</summary>
/// <typeparam name="TReply">The answer.</typeparam>
public sealed class Reply<TReply>
    where TReply : notnull
{
    private readonly IActorRef _asker;
    private readonly IActorRef _actor;

    internal Reply(IActorRef asker, IActorRef actor) => (_asker, _actor) = (asker, actor);

    /// <summary>Answers.</summary>
    public void Give(TReply reply) => _asker.Tell(reply, _actor);

    /// <summary>Lets the asker's <see cref="ActorRef{TMessage}.AskAsync{TReply}"/> throw.</summary>
    public void Fail(Exception cause) => _asker.Tell(new Status.Failure(cause), _actor);
}
