using Akka.Actor;
using Akka.Cluster.Sharding;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Hosting;

/// <summary>Actors of one kind in a cluster: their region knows on which node each one lives.</summary>
internal sealed class ShardedEntities<TMessage>(string kind, IActorRef region, TimeProvider time) : Entities<TMessage>(kind, time)
    where TMessage : notnull
{
    /// <summary>About ten for each of the most nodes that there may be. All nodes must have the same number.</summary>
    private const int Shards = 400;

    /// <summary>Finds the shard of an id. Every message comes in Akka's envelope, which names its id.</summary>
    public static IMessageExtractor Extractor { get; } = HashCodeMessageExtractor.Create(Shards, static _ => null);

    public override void Start(string id) => region.Tell(new ShardRegion.StartEntity(id), ActorRefs.NoSender);

    private protected override (ICanTell Target, object Parcel) Route(string id, object message) =>
        (region, new ShardingEnvelope(id, message));
}
