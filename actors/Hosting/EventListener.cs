using Akka.Actor;

namespace Xunke.Actors.Hosting;

/// <summary>Hears the events of a system on the thread that publishes them: nothing queues up, and nothing is late.</summary>
internal sealed class EventListener<TEvent>(string name, ExtendedActorSystem system, Action<TEvent> hear) : MinimalActorRef
{
    public override ActorPath Path { get; } = system.Provider.RootPath / "listeners" / name;

    public override IActorRefProvider Provider { get; } = system.Provider;

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is TEvent heard)
        {
            hear(heard);
        }
    }
}
