using Akka.Actor;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Hosting;

/// <summary>Gives the actors at the top of the tree their supervision; Akka makes it by its name.</summary>
internal sealed class BackOffConfigurator : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => new BackOff();
}
