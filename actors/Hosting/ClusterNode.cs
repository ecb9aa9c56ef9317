using System.Collections.Immutable;

namespace Xunke.Actors.Hosting;

/// <summary>One node of a cluster.</summary>
/// <param name="Host">The address that other nodes reach it at.</param>
/// <param name="Port">Its TCP port for them; 0 takes any.</param>
/// <param name="Seeds">Nodes to join, as <c>host:port</c>; the first one of the cluster names itself first.</param>
public sealed record ClusterNode(string Host, int Port, ImmutableArray<string> Seeds)
{
    /// <summary>
    /// Akka's configuration of it. The times are those with which a dead node's rooms answer elsewhere within 10 to 13 s.
    /// </summary>
    internal string Hocon => $$"""
        akka {
            actor.provider = cluster
            remote.dot-netty.tcp { hostname = "{{Host}}", port = {{Port}} }
            cluster {
                seed-nodes = [{{string.Join(", ", Seeds.Select(seed => $"\"akka.tcp://{ActorHost.SystemName}@{seed}\""))}}]
                downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
                split-brain-resolver { active-strategy = keep-majority, stable-after = 3s }
                failure-detector { heartbeat-interval = 500ms, acceptable-heartbeat-pause = 2s, expected-response-after = 500ms }
                singleton.hand-over-retry-interval = 500ms
                # Durable data would need a database of their own on each node; where rooms are is found anew.
                sharding { retry-interval = 500ms, distributed-data.durable.keys = [] }
            }
        }
        """;
}
