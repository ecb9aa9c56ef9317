using System.Collections.Concurrent;
using Akka.Actor;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Hosting;

/// <summary>Actors of one kind in this process: a message goes straight to its actor.</summary>
internal sealed class LocalEntities<TMessage>(string kind, Func<string, IActorRef> make, TimeProvider time) : Entities<TMessage>(kind, time)
    where TMessage : notnull
{
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _actors = new(StringComparer.Ordinal);

    public override void Start(string id) => Find(id);

    private protected override (ICanTell Target, object Parcel) Route(string id, object message) => (Find(id), message);

    private IActorRef Find(string id) =>
        _actors.GetOrAdd(id, static (id, make) => new Lazy<IActorRef>(() => make(id)), make).Value;
}
