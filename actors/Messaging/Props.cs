using Akka.Actor;

namespace Xunke.Actors.Messaging;

/// <summary>How to make an actor, and its mailbox.</summary>
/// <typeparam name="TMessage">The base record of its messages.</typeparam>
public sealed class Props<TMessage>
    where TMessage : notnull
{
    private Props(Props untyped) => Untyped = untyped;

    internal Props Untyped { get; }

    /// <summary>For an actor that <paramref name="make"/> makes, at the start and at every restart.</summary>
    public static Props<TMessage> Of<TActor>(Func<TActor> make, MailboxBound mailbox)
        where TActor : TypedActor<TMessage> => new(Props.CreateBy(new Producer<TActor>(make)).WithMailbox(mailbox.Id));

    private sealed class Producer<TActor>(Func<TActor> make) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => make();

        public void Release(ActorBase actor)
        {
            // An actor owns nothing beyond its PostStop.
        }
    }
}
